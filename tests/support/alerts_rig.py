"""The alerts service's use cases on a real database, with a clock that the test moves and no threads."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import httpx2
import pytest

from radar_alerts.domain.delivery import Delivery, RetryPolicy
from radar_alerts.domain.episode import Episode
from radar_alerts.domain.policy import Policy
from radar_alerts.domain.routing import AvailableChannels
from radar_alerts.notifiers.console.console import Console
from radar_alerts.notifiers.email.allowed import AllowedAddresses
from radar_alerts.notifiers.email.smtp import Smtp, smtp_server
from radar_alerts.notifiers.set_up import channel_titles
from radar_alerts.notifiers.slack.bot import SlackBot
from radar_alerts.service.announce import Announcer
from radar_alerts.service.apply_timeouts import ApplyTimeouts
from radar_alerts.service.dispatch import Dispatch
from radar_alerts.service.queries import AlertFilter, DeliveryFilter, Queries
from radar_alerts.service.take_snapshots import TakeSnapshots
from radar_chassis.clock import ManualClock
from radar_chassis.store.database import Database
from radar_chassis.store.migrate import migrate
from radar_vocabulary.contracts.alerts import Channel
from radar_vocabulary.contracts.health import HealthSnapshot
from tests.support.channels import reachable
from tests.support.health import NOON
from tests.support.mailbox import Mailbox
from tests.support.slack import Slack

if TYPE_CHECKING:
    from radar_alerts.service.ports import Notifier

QUEUES = {"key": {"slack": "C0KEY", "email": "key@vendor.example"}}
OURS = AllowedAddresses(domains=frozenset({"vendor.example"}))
OPERATORS = {"slack": "C0OPS", "email": "ops@vendor.example"}


@dataclass
class Rig:
    """Everything between the topic and the channels."""

    database: Database
    client: httpx2.Client
    slack: Slack
    mailbox: Mailbox
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOON))
    policy: Policy = field(default_factory=Policy)
    channels: AvailableChannels = field(
        default_factory=lambda: reachable("slack", "email", queues=QUEUES, operators=OPERATORS)
    )
    retry_policy: RetryPolicy = field(default_factory=RetryPolicy)

    @property
    def announcer(self) -> Announcer:
        return Announcer(
            channels=self.channels, titles=channel_titles(), console="https://radar.vendor.example"
        )

    def take(self, *snapshots: HealthSnapshot) -> None:
        """Take snapshots as one batch."""
        use_case = TakeSnapshots(policy=self.policy, announcer=self.announcer, clock=self.clock)
        self.database.run(lambda connection: use_case(connection, snapshots))

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
            announcer=self.announcer,
            clock=self.clock,
            retry_policy=self.retry_policy,
            wake=lambda: None,
        )

    def deliver(self, **after: float) -> None:
        """Move the clock (timedelta's words), then let every channel deliver what is due."""
        self.clock.advance(timedelta(**after))
        for channel in ("slack", "email", "console"):
            self.dispatch(channel)()

    def apply_timeouts(self) -> ApplyTimeouts:
        """Return a scheduler."""
        return ApplyTimeouts(
            database=self.database,
            policy=self.policy,
            announcer=self.announcer,
            clock=self.clock,
            wake=lambda: None,
        )

    def alerts(self) -> list[Episode]:
        return list(Queries(self.database).alerts(AlertFilter(), None, 1000))

    def deliveries(self, kind: str | None = None) -> list[Delivery]:
        """Return the deliveries, the oldest first."""
        found = Queries(self.database).deliveries(DeliveryFilter(), None, 1000)
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
