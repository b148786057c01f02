"""The receivers of a case where the workspace has written no routing tree: the owner, else the segment's queue."""

from dataclasses import dataclass, field

from radar_alerts.domain.announcing.receiver import BUDGET, Receiver
from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.languages import Languages
from radar_alerts.domain.routing import AvailableChannels, to_operators, to_owner, to_queue
from radar_alerts.domain.threads import receiver_id
from radar_vocabulary.contracts.health import AccountRef, HealthSnapshot
from radar_vocabulary.contracts.scalars import Owner


@dataclass(frozen=True, kw_only=True)
class Routes:
    """Who is told of what.

    Attributes:
        channels: those that are set up, and where teams look.
        languages: which language to tell it in.
        time_zone: of the workspace, for digests of whoever has none of their own.
        budget: messages a day that a person gets at once.
    """

    channels: AvailableChannels
    languages: Languages = field(default_factory=Languages)
    time_zone: str = "UTC"
    budget: int = BUDGET

    def of_case(self, case: Case, snapshot: HealthSnapshot) -> tuple[Receiver, ...]:
        """Return whom to tell of a case."""
        person = case.assignee or snapshot.account.owner
        if person is None:
            return (self.queue(snapshot.account),)
        return (self.owner(person, snapshot.account),)

    def owner(self, owner: Owner, account: AccountRef) -> Receiver:
        """Return an account's owner as a receiver; without any way to reach them the segment's queue is tried."""
        name = owner.email or owner.slack_id or owner.name or "?"
        return Receiver(
            id=receiver_id("owner", name.lower()),
            kind="owner",
            name=owner.name or owner.email or owner.slack_id or "?",
            destinations=to_owner(owner, account.segment, self.channels),
            language=self.languages.for_owner(account),
            time_zone=self.time_zone,
            budget=self.budget,
        )

    def queue(self, account: AccountRef) -> Receiver:
        """Return the queue of the account's segment."""
        return Receiver(
            id=receiver_id("queue", account.segment),
            kind="queue",
            name=f"{account.segment.replace('_', ' ')} queue",
            destinations=to_queue(account.segment, self.channels),
            language=self.languages.for_queue(account),
            time_zone=self.time_zone,
            budget=1_000,
        )

    def operators(self) -> Receiver:
        """Return those who run the product."""
        return Receiver(
            id=receiver_id("operators", "operators"),
            kind="operators",
            name="operators",
            destinations=to_operators(self.channels),
            language=self.languages.operators,
            time_zone=self.time_zone,
            budget=1_000,
        )
