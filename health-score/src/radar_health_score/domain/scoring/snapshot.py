"""The health snapshot of an account: everything measured, scored and put in words."""

from datetime import date

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.account.override_acts import standing_override
from radar_health_score.domain.contracts.renewals import next_of, renewals_of, revenue_of
from radar_health_score.domain.contracts.standing import standing_of
from radar_health_score.domain.metrics.catalogue import CATALOGUE, measure
from radar_health_score.domain.metrics.explain import beside, sentence
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.domain.scoring.funnel import steps_of
from radar_health_score.domain.scoring.lifecycle import stage_of
from radar_health_score.domain.scoring.override import overridden
from radar_health_score.domain.scoring.score import Contribution, Score, score
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_health_score.domain.scoring.segments import effective_segment
from radar_health_score.domain.workspace.rules import WorkspaceRules
from radar_vocabulary.contracts.health import (
    AccountRef,
    Driver,
    Freshness,
    HealthSnapshot,
    Renewal,
    ScorecardRef,
)
from radar_vocabulary.language.tags import Language


def build_snapshot(facts: AccountFacts, scorecard: Scorecard, rules: WorkspaceRules) -> HealthSnapshot:
    """Return the account's health as of ``facts.as_of`` under ``scorecard``: a pure function of the three."""
    readings = measure(facts, rules)
    return snapshot_of(facts, readings, scorecard, rules)


def snapshot_of(
    facts: AccountFacts, readings: Readings, scorecard: Scorecard, rules: WorkspaceRules
) -> HealthSnapshot:
    """Like ``build_snapshot``, for a caller that has measured ``facts`` already."""
    freshness = _freshness(facts, scorecard)
    result = score(readings, scorecard, stale=freshness.stale)
    today = rules.today(facts.as_of)
    renewals = _renewals(facts, result, scorecard, today)
    said = HealthSnapshot(
        account_id=facts.account_id,
        account=_account(facts, rules),
        as_of=facts.as_of,
        score=result.score,
        band=result.band,
        dimensions=dict(result.dimensions),
        drivers=tuple(_driver(each, readings, rules.language) for each in result.contributions),
        language=rules.language,
        coverage=result.coverage,
        freshness=freshness,
        scorecard=ScorecardRef(name=scorecard.name, version=scorecard.version, neutral=scorecard.neutral),
        renewal=next_of(renewals, facts.contracts, today),
        renewals=renewals,
        revenue=revenue_of(facts.contracts, renewals, today),
    )
    return overridden(said, standing_override(facts.overrides, facts.as_of), scorecard)


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
        stage=stage_of(facts, rules),
        parent_id=profile.parent_id,
        reached=steps_of(facts, rules),
    )


def _driver(contribution: Contribution, readings: Readings, language: Language) -> Driver:
    return Driver(
        metric=contribution.metric,
        dimension=contribution.dimension,
        value=contribution.value,
        unit=CATALOGUE[contribution.metric].unit,
        points=contribution.points,
        text=sentence(contribution.metric, contribution.value, readings, language),
        beside=beside(contribution.metric, readings),
    )


def _freshness(facts: AccountFacts, scorecard: Scorecard) -> Freshness:
    last = facts.last_event_at
    return Freshness(last_event_at=last, stale=scorecard.is_stale(last, facts.as_of))


def _renewals(facts: AccountFacts, result: Score, scorecard: Scorecard, today: date) -> tuple[Renewal, ...]:
    told = result.score is not None and result.band != "unknown"
    probability = scorecard.renewal(result.score) if told and result.score is not None else None
    return renewals_of(facts.contracts, today, lambda _: probability, "scorecard")
