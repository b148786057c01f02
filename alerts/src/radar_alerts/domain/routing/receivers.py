"""The receivers that there are: owners, the segments' queues, operators, and those that the workspace names."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from radar_alerts.domain.languages import Languages
from radar_alerts.domain.routing.destinations import (
    AvailableChannels,
    Destination,
    to_operators,
    to_owner,
    to_queue,
)
from radar_alerts.domain.routing.match import RouteFacts
from radar_alerts.domain.routing.quiet_hours import QuietHours
from radar_alerts.domain.routing.receiver import BUDGET, Receiver, ReceiverKind
from radar_alerts.domain.threads import receiver_id
from radar_vocabulary.contracts.alerts import Channel
from radar_vocabulary.contracts.health import AccountRef
from radar_vocabulary.contracts.scalars import Owner
from radar_vocabulary.language.tags import Language

OWNER: Final = "owner"
QUEUE: Final = "queue"
OPERATORS: Final = "operators"
BUILT_IN: Final = (OWNER, QUEUE, OPERATORS)
# A team shares what it gets out among its people, so nothing is kept from it unless the workspace says so.
TEAM_BUDGET: Final = 1_000


@dataclass(frozen=True, kw_only=True)
class ReceiverSettings:
    """What the workspace has set for a receiver; None: as for everybody.

    Attributes:
        channels: by which to reach it, in order; None: all that are set up.
        targets: where it is on each channel; unused for owners, queues and operators.
        quiet: when it isn't told.
    """

    channels: tuple[Channel, ...] | None = None
    targets: Mapping[Channel, str] = field(default_factory=dict)
    language: Language | None = None
    time_zone: str | None = None
    quiet: QuietHours | None = None
    budget: int | None = None
    digest_hour: int = 8
    digest_weekday: int | None = None


@dataclass(frozen=True, kw_only=True)
class Receivers:
    """Makes receivers.

    Attributes:
        channels: those that are set up, and where teams are on them.
        languages: which language to tell it in.
        time_zone: of the workspace, for those who have none of their own.
        budget: messages a day that a receiver gets at once, unless it has a budget of its own.
        settings: of receivers by name; also of the built-in ones.
    """

    channels: AvailableChannels
    languages: Languages = field(default_factory=Languages)
    time_zone: str = "UTC"
    budget: int = BUDGET
    settings: Mapping[str, ReceiverSettings] = field(default_factory=dict)

    def of(self, name: str, facts: RouteFacts) -> Receiver:
        """Return the receiver of that name for a case. Raises KeyError for one that isn't there."""
        if name == OWNER and facts.owner is not None:
            return self.owner(facts.owner, facts.account)
        if name in {OWNER, QUEUE}:
            return self.queue(facts.account)
        return self.operators() if name == OPERATORS else self.named(name)

    def owner(self, owner: Owner, account: AccountRef) -> Receiver:
        """Return an account's owner; without any way to reach them the segment's queue is tried."""
        known_by = owner.email or owner.slack_id or owner.name or ""
        chain = to_owner(owner, account.segment, self.channels, self._order(OWNER))
        name = owner.name or owner.email or owner.slack_id or OWNER
        made = self._receiver("owner", known_by.casefold(), name, chain, self.languages.for_owner(account))
        return self._as_set(made, OWNER)

    def queue(self, account: AccountRef) -> Receiver:
        """Return the queue of the account's segment."""
        chain = to_queue(account.segment, self._ordered(QUEUE))
        language = self.languages.for_queue(account)
        made = self._receiver("queue", account.segment, chain[-1].target, chain, language)
        return self._as_set(made, QUEUE)

    def operators(self) -> Receiver:
        """Return those who run the product."""
        chain = to_operators(self._ordered(OPERATORS))
        made = self._receiver("operators", OPERATORS, OPERATORS, chain, self.languages.operators)
        return self._as_set(made, OPERATORS)

    def named(self, name: str) -> Receiver:
        """Return a receiver that the workspace names. Raises KeyError for one that it doesn't."""
        targets = self.settings[name].targets
        reached = (
            (one.name, one.only_target or targets.get(one.name)) for one in self._ordered(name).channels
        )
        chain = [Destination(channel=channel, target=target) for channel, target in reached if target]
        console = Destination(channel="console", target=name)
        made = self._receiver("named", name, name, (*chain, console), self.languages.workspace)
        return self._as_set(made, name)

    def _receiver(
        self, kind: ReceiverKind, known_by: str, name: str, chain: tuple[Destination, ...], language: Language
    ) -> Receiver:
        return Receiver(
            id=receiver_id(kind, known_by),
            kind=kind,
            name=name,
            destinations=chain,
            language=language,
            time_zone=self.time_zone,
            budget=TEAM_BUDGET if kind in {"queue", "operators"} else self.budget,
        )

    def _as_set(self, receiver: Receiver, name: str) -> Receiver:
        given = self.settings.get(name)
        if given is None:
            return receiver
        return Receiver(
            id=receiver.id,
            kind=receiver.kind,
            name=receiver.name,
            destinations=receiver.destinations,
            language=given.language or receiver.language,
            time_zone=given.time_zone or receiver.time_zone,
            quiet=given.quiet,
            budget=receiver.budget if given.budget is None else given.budget,
            digest_hour=given.digest_hour,
            digest_weekday=given.digest_weekday,
        )

    def _order(self, name: str) -> tuple[Channel, ...] | None:
        given = self.settings.get(name)
        return given.channels if given else None

    def _ordered(self, name: str) -> AvailableChannels:
        return replace(self.channels, channels=self.channels.in_order(self._order(name)))
