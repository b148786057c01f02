"""The receivers of a case, by the routing tree."""

from dataclasses import dataclass
from datetime import datetime

from radar_alerts.domain.announcing.route_preview import route_facts, tier_facts
from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.cases.renewals import renewal_of
from radar_alerts.domain.routing import AvailableChannels
from radar_alerts.domain.routing.receiver import Receiver
from radar_alerts.domain.routing.tree import Tree, route
from radar_vocabulary.contracts.health import AccountRef, HealthSnapshot


@dataclass(frozen=True, kw_only=True)
class Routes:
    """Who is told of what."""

    tree: Tree

    @property
    def channels(self) -> AvailableChannels:
        """Return the channels that are set up, and where teams look."""
        return self.tree.receivers.channels

    def of_case(self, case: Case, snapshot: HealthSnapshot, now: datetime) -> tuple[Receiver, ...]:
        """Return whom to tell of a case."""
        known = tier_facts(snapshot, renewal_of(case, snapshot), severity=case.severity, kind=case.kind)
        facts = route_facts(
            snapshot, known, rule=case.opened_by, now=now, tree=self.tree, assignee=case.assignee
        )
        return route(facts, self.tree).receivers

    def queue(self, account: AccountRef) -> Receiver:
        """Return the queue of the account's segment."""
        return self.tree.receivers.queue(account)

    def operators(self) -> Receiver:
        """Return those who run the product."""
        return self.tree.receivers.operators()
