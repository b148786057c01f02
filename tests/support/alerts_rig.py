"""The alerts service's use cases on a real database, with a clock that the test moves and no threads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from radar_alerts.domain.announcing.guards import MassLimit
from radar_alerts.domain.announcing.routes import Routes
from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.cases.machine import Machine
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.domain.delivery import Delivery, RetryPolicy
from radar_alerts.domain.routing import AvailableChannels
from radar_alerts.domain.routing.receivers import Receivers
from radar_alerts.domain.routing.tree import Tree
from radar_alerts.domain.rules.load import load_rules
from radar_alerts.domain.rules.rule import RuleSet
from radar_alerts.notifiers.console.console import Console
from radar_alerts.notifiers.email.allowed import AllowedAddresses
from radar_alerts.notifiers.email.smtp import Smtp, smtp_server
from radar_alerts.notifiers.set_up import channel_titles
from radar_alerts.notifiers.slack.bot import SlackBot
from radar_alerts.service.announce_cases import AnnounceCases
from radar_alerts.service.apply_timeouts import ApplyTimeouts
from radar_alerts.service.case_commands import CaseCommands
from radar_alerts.service.case_queries import CaseFilter, CaseQueries
from radar_alerts.service.delivery_queries import DeliveryFilter, DeliveryQueries
from radar_alerts.service.dispatch import Dispatch
from radar_alerts.service.holds import Holds
from radar_alerts.service.operator_notes import OperatorNotes
from radar_alerts.service.surroundings_now import SurroundingsNow
from radar_alerts.service.take_snapshots import TakeSnapshots
from radar_chassis.clock import ManualClock
from radar_chassis.store.database import Database
from radar_chassis.store.migrate import migrate
from radar_vocabulary.contracts.alerts import Channel
from radar_vocabulary.contracts.health import HealthSnapshot
from tests.support.alert_rules import RULES
from tests.support.channels import reachable
from tests.support.health import NOON
from tests.support.mailbox import Mailbox
from tests.support.slack import Slack

if TYPE_CHECKING:
    from radar_alerts.service.ports import Notifier

QUEUES = {"key": {"slack": "C0KEY", "email": "key@vendor.example"}}
OURS = AllowedAddresses(domains=frozenset({"vendor.example"}))
OPERATORS = {"slack": "C0OPS", "email": "ops@vendor.example"}
CONSOLE = "https://radar.vendor.example"


def low_score_rules() -> RuleSet:
    """Return one rule: a score below 40 opens a case at once, 50 or more ends it at once."""
    return load_rules(RULES)


@dataclass
class Rig:
    """Everything between the topic and the channels."""

    database: Database
    client: httpx2.Client
    slack: Slack
    mailbox: Mailbox
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOON))
    policy: CasePolicy = field(default_factory=CasePolicy)
    rules: RuleSet = field(default_factory=low_score_rules)
    limit: MassLimit = field(default_factory=lambda: MassLimit(least=1000, first_contact=timedelta(0)))
    channels: AvailableChannels = field(
        default_factory=lambda: reachable("slack", "email", queues=QUEUES, operators=OPERATORS)
    )
    retry_policy: RetryPolicy = field(default_factory=RetryPolicy)
    tree: Tree | None = None

    @property
    def routes(self) -> Routes:
        return Routes(tree=self.tree or Tree(receivers=Receivers(channels=self.channels)))

    def take(self, *snapshots: HealthSnapshot) -> None:
        """Take snapshots as one batch."""
        use_case = TakeSnapshots(
            machine=Machine(rules=self.rules, policy=self.policy),
            surroundings=SurroundingsNow(clock=self.clock),
            clock=self.clock,
        )
        self.database.run(lambda connection: use_case(connection, snapshots))

    def announce(self) -> None:
        """Let one pass announce what waits."""
        AnnounceCases(
            database=self.database,
            routes=self.routes,
            rules=self.rules,
            policy=self.policy,
            clock=self.clock,
            wake=lambda: None,
            console=CONSOLE,
            limit=self.limit,
        )()

    @property
    def holds(self) -> Holds:
        return Holds(database=self.database, routes=self.routes, clock=self.clock, wake=lambda: None)

    @property
    def act(self) -> CaseCommands:
        return CaseCommands(database=self.database, policy=self.policy, clock=self.clock)

    def dispatch(self, channel: Channel) -> Dispatch:
        """Return a new dispatcher, as a restarted process would have."""
        notifiers: dict[Channel, Notifier] = {
            "slack": SlackBot("xoxb", self.client, api=self.slack.api),
            "email": Smtp(
                smtp_server(self.mailbox.url), sender="radar@vendor.example", allowed=OURS, timeout=2.0
            ),
            "console": Console(),
        }
        return Dispatch(
            channel=channel,
            notifier=notifiers[channel],
            database=self.database,
            notes=OperatorNotes(channels=self.channels, titles=channel_titles()),
            clock=self.clock,
            retry_policy=self.retry_policy,
            wake=lambda: None,
        )

    def deliver(self, **after: float) -> None:
        """Move the clock (timedelta's words), announce what waits, and let every channel deliver what is due."""
        self.clock.advance(timedelta(**after))
        self.announce()
        for channel in ("slack", "email", "console"):
            self.dispatch(channel)()

    def apply_timeouts(self) -> ApplyTimeouts:
        """Return a scheduler."""
        return ApplyTimeouts(
            database=self.database,
            policy=self.policy,
            clock=self.clock,
            wake=lambda: None,
        )

    def cases(self) -> list[Case]:
        """Return the cases that changed last first."""
        found = CaseQueries(self.database).cases(CaseFilter(), "changed", None, 1000)
        return [one.case for one in found]

    def deliveries(self, kind: str | None = None) -> list[Delivery]:
        """Return the deliveries, the oldest first."""
        found = DeliveryQueries(self.database).deliveries(DeliveryFilter(), None, 1000)
        in_order = sorted(found, key=lambda one: (one.created_at, len(one.key)))
        return [one for one in in_order if kind is None or one.notice.kind == kind]

    def ends(self, kind: str | None = None) -> list[tuple[Any, ...]]:
        """Return where each delivery went and what became of it."""
        return [(one.destination.channel, one.destination.target, one.state) for one in self.deliveries(kind)]


@pytest.fixture
def rig(store_url: str, slack: Slack, mailbox: Mailbox) -> Iterator[Rig]:
    """The use cases on an empty database."""
    database = Database(store_url, schema="alerts")
    migrate(database, "radar_alerts.repositories.migrations")
    with httpx2.Client(timeout=2.0) as client:
        yield Rig(database=database, client=client, slack=slack, mailbox=mailbox)
    database.dispose()
