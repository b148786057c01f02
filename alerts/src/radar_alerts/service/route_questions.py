"""Whom a case of an account would go to if it opened now."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from radar_alerts.domain.announcing.route_preview import (
    RoutePreview,
    preview,
    route_facts,
    tier_facts,
)
from radar_alerts.domain.cases.severity import SeverityThresholds, of_renewal, worst
from radar_alerts.domain.routing.receiver import Receiver
from radar_alerts.domain.routing.tree import Tree
from radar_alerts.domain.rules.rule import Rule, RuleSet
from radar_chassis.clock import Clock
from radar_chassis.errors import InvalidRequest, NotFound
from radar_vocabulary.contracts.alerts import Severity
from radar_vocabulary.contracts.health import HealthSnapshot


@dataclass(frozen=True, kw_only=True)
class RouteQuestions:
    """Answers them.

    Attributes:
        latest: the last snapshot of an account; None for one that isn't known.
        told_today: how many messages a receiver, by its id, got at once since a moment.
    """

    tree: Tree
    rules: RuleSet
    clock: Clock
    latest: Callable[[str], HealthSnapshot | None]
    told_today: Callable[[str, datetime], int]
    thresholds: SeverityThresholds = field(default_factory=SeverityThresholds)

    def route(self, account_id: str, rule: str | None, severity: Severity | None) -> RoutePreview:
        """Return what would happen to a case that ``rule`` opens; ``severity`` None: as it would be.

        Raises:
            NotFound: the account isn't known here.
            InvalidRequest: there is no such rule.
        """
        known = self._rule(rule) if rule is not None else None
        snapshot = self.latest(account_id)
        if snapshot is None:
            raise NotFound("Alerts knows no account with this id yet; it learns of one with its first score.")
        now = self.clock.now()
        found = of_renewal(snapshot, snapshot.renewal, self.thresholds)
        case = tier_facts(
            snapshot,
            snapshot.renewal,
            severity=severity or worst([found, *([known.severity] if known else [])]),
            kind=known.kind if known else "renewal",
        )
        facts = route_facts(snapshot, case, rule=rule, now=now, tree=self.tree)
        return preview(facts, case, self.tree, now, lambda one: self._told_today(one, now))

    def _rule(self, name: str) -> Rule:
        found = next((one for one in self.rules.rules if one.name == name), None)
        if found is None:
            names = ", ".join(one.name for one in self.rules.rules)
            raise InvalidRequest(f"`rule` must be one of {names}.")
        return found

    def _told_today(self, receiver: Receiver, now: datetime) -> int:
        return self.told_today(receiver.id, receiver.day_began(now))
