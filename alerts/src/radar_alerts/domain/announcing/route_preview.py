"""Whom a case would go to if it opened now, by which way, and when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from radar_alerts.domain.announcing.tiers import TierDecision, TierFacts, tier_for
from radar_alerts.domain.routing.match import RouteFacts
from radar_alerts.domain.routing.receiver import Receiver
from radar_alerts.domain.routing.tree import Tree, route
from radar_vocabulary.answers.routes import WaitsFor
from radar_vocabulary.contracts.alerts import CaseKind, Severity
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal
from radar_vocabulary.contracts.scalars import Owner
from radar_vocabulary.language.messages import Sentence


@dataclass(frozen=True, kw_only=True)
class PreviewedReceiver:
    """A receiver, and when it would be told."""

    receiver: Receiver
    decision: TierDecision
    told_at: datetime
    waits_for: WaitsFor


@dataclass(frozen=True, kw_only=True)
class RoutePreview:
    """What would happen, and why."""

    at: datetime
    facts: RouteFacts
    receivers: tuple[PreviewedReceiver, ...]
    explanation: tuple[Sentence, ...]


def tier_facts(
    snapshot: HealthSnapshot, renewal: Renewal | None, *, severity: Severity, kind: CaseKind = "renewal"
) -> TierFacts:
    """Return what decides whether a case about ``renewal`` is told at once."""
    probability = renewal.probability if renewal else None
    return TierFacts(
        severity=severity,
        segment=snapshot.account.segment,
        kind=kind,
        churn_probability=None if probability is None else 1 - probability,
        notice_by=renewal.notice_by if renewal else None,
        renews_on=renewal.renews_on if renewal else None,
        by_hand=snapshot.override is not None,
    )


def route_facts(
    snapshot: HealthSnapshot,
    facts: TierFacts,
    *,
    rule: str | None,
    now: datetime,
    tree: Tree,
    assignee: Owner | None = None,
) -> RouteFacts:
    """Return what a case is routed by.

    Its receivers aren't known yet, so the tier is the one for a receiver of the workspace: with a digest on every day,
    in its time zone.
    """
    anybody = Receiver(id="", kind="operators", name="", destinations=(), time_zone=tree.receivers.time_zone)
    return RouteFacts(
        account_id=snapshot.account_id,
        account=snapshot.account,
        arr=snapshot.revenue[0].arr if snapshot.revenue else None,
        rule=rule,
        severity=facts.severity,
        tier=tier_of(facts, anybody, now).tier,
        assignee=assignee,
    )


def preview(
    facts: RouteFacts,
    case: TierFacts,
    tree: Tree,
    now: datetime,
    told_today: Callable[[Receiver], int],
) -> RoutePreview:
    """Return what would happen to a case. ``told_today``: messages at once since the receiver's day began."""
    routed = route(facts, tree)
    return RoutePreview(
        at=now,
        facts=facts,
        receivers=tuple(_previewed(routed.receivers, case, now, told_today)),
        explanation=routed.explanation,
    )


def _previewed(
    receivers: tuple[Receiver, ...], case: TierFacts, now: datetime, told_today: Callable[[Receiver], int]
) -> Iterator[PreviewedReceiver]:
    for one in receivers:
        decision = tier_of(case, one, now)
        waits: WaitsFor = "digest" if decision.tier == "digest" else "nothing"
        told_at = one.told_at(decision.tier, now)
        if waits == "nothing" and case.severity != "critical" and told_today(one) >= one.budget:
            waits, told_at = "budget", one.next_digest(now)
        elif waits == "nothing" and told_at > now:
            waits = "quiet_hours"
        yield PreviewedReceiver(receiver=one, decision=decision, told_at=told_at, waits_for=waits)


def tier_of(case: TierFacts, receiver: Receiver, now: datetime) -> TierDecision:
    """Return how a case is told to a receiver, and why."""
    return tier_for(case, now=now, next_digest=receiver.next_digest(now), time_zone=receiver.time_zone)
