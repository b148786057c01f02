"""The health snapshot of an account: everything measured, scored and put in words."""

from datetime import timedelta

from radar_chassis.contracts.health import (
    AccountRef,
    Driver,
    Freshness,
    HealthSnapshot,
    Renewal,
    ScorecardRef,
)
from radar_chassis.contracts.scalars import Money
from radar_health_score.domain.explain import sentence
from radar_health_score.domain.facts import AccountFacts
from radar_health_score.domain.metrics.catalogue import CATALOGUE, measure
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.domain.rules import WorkspaceRules
from radar_health_score.domain.scorecard import Scorecard
from radar_health_score.domain.scoring import Contribution, Score, score
from radar_health_score.domain.segments import effective_segment
from radar_health_score.domain.standing import standing_of
from radar_health_score.domain.terms import arr_of, next_renewal


def build_snapshot(facts: AccountFacts, scorecard: Scorecard, rules: WorkspaceRules) -> HealthSnapshot:
    """Return the account's health as of ``facts.as_of`` under ``scorecard``: a pure function of the three."""
    readings = measure(facts, rules)
    return snapshot_of(facts, readings, scorecard, rules)


def snapshot_of(
    facts: AccountFacts, readings: Readings, scorecard: Scorecard, rules: WorkspaceRules
) -> HealthSnapshot:
    """Like ``build_snapshot``, for a caller that has measured ``facts`` already."""
    result = score(readings, scorecard)
    return HealthSnapshot(
        account_id=facts.account_id,
        account=_account(facts, rules),
        as_of=facts.as_of,
        score=result.score,
        band=result.band,
        dimensions=dict(result.dimensions),
        drivers=tuple(_driver(each, readings) for each in result.contributions),
        coverage=result.coverage,
        freshness=_freshness(facts, scorecard),
        scorecard=ScorecardRef(name=scorecard.name, version=scorecard.version, neutral=scorecard.neutral),
        renewal=_renewal(facts, result, scorecard, rules),
    )


def _account(facts: AccountFacts, rules: WorkspaceRules) -> AccountRef:
    profile = facts.profile
    return AccountRef(
        name=profile.name,
        segment=effective_segment(facts, rules),
        industry=profile.industry,
        region=profile.region,
        language=profile.language,
        time_zone=profile.time_zone,
        owner=profile.owner,
        standing=standing_of(facts.contracts),
    )


def _driver(contribution: Contribution, readings: Readings) -> Driver:
    return Driver(
        metric=contribution.metric,
        dimension=contribution.dimension,
        value=contribution.value,
        unit=CATALOGUE[contribution.metric].unit,
        points=contribution.points,
        text=sentence(contribution.metric, contribution.value, readings),
    )


def _freshness(facts: AccountFacts, scorecard: Scorecard) -> Freshness:
    last = facts.last_event_at
    stale = last is None or facts.as_of - last > timedelta(days=scorecard.stale_after_days)
    return Freshness(last_event_at=last, stale=stale)


def _renewal(
    facts: AccountFacts, result: Score, scorecard: Scorecard, rules: WorkspaceRules
) -> Renewal | None:
    today = rules.today(facts.as_of)
    contract = next_renewal(facts.contracts, today)
    if contract is None or contract.renews_on is None:
        return None
    told = result.score is not None and result.band != "unknown"
    probability = scorecard.renewal(result.score) if told and result.score is not None else None
    arr = arr_of(contract)
    return Renewal(
        contract_id=contract.contract_id,
        renews_on=contract.renews_on,
        days=(contract.renews_on - today).days,
        source="none" if probability is None else "scorecard",
        arr=arr,
        arr_at_risk=_at_risk(arr, probability),
        probability=probability,
    )


def _at_risk(arr: Money | None, probability: float | None) -> Money | None:
    if arr is None or probability is None:
        return None
    return Money(amount=arr.amount * (1 - probability), currency=arr.currency)
