"""The health snapshot of an account: everything measured, scored and put in words."""

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.account.override_acts import standing_override
from radar_health_score.domain.contracts.renewals import next_of, renewals_of, revenue_of, undated_of
from radar_health_score.domain.contracts.standing import standing_of
from radar_health_score.domain.contracts.term_records import term_records
from radar_health_score.domain.metrics.catalogue import CATALOGUE
from radar_health_score.domain.metrics.explain import beside, sentence
from radar_health_score.domain.metrics.reading import Readings, known_values
from radar_health_score.domain.scoring.assessment import Assessment, assess
from radar_health_score.domain.scoring.funnel import steps_of
from radar_health_score.domain.scoring.lifecycle import stage_of
from radar_health_score.domain.scoring.override import overridden
from radar_health_score.domain.scoring.score import Contribution, causes_of
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_health_score.domain.scoring.segments import effective_segment
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.health import (
    AccountRef,
    Driver,
    Freshness,
    HealthSnapshot,
    ScorecardRef,
)
from radar_vocabulary.language.tags import Language


def build_snapshot(facts: AccountFacts, scorecard: Scorecard, workspace: WorkspaceSettings) -> HealthSnapshot:
    """Return the account's health as of ``facts.as_of`` under ``scorecard``: a pure function of the three."""
    return snapshot_of(assess(facts, scorecard, workspace), workspace)


def snapshot_of(assessment: Assessment, workspace: WorkspaceSettings) -> HealthSnapshot:
    """Return the snapshot of an account that was assessed already."""
    facts, scorecard, result = assessment.facts, assessment.scorecard, assessment.score
    today = workspace.today(facts.as_of)
    renewals = renewals_of(facts.contracts, today, lambda _: assessment.renewal_probability, "scorecard")
    snapshot = HealthSnapshot(
        account_id=facts.account_id,
        account=_account(facts, workspace),
        as_of=facts.as_of,
        score=result.score,
        band=result.band,
        dimensions=dict(result.dimensions),
        drivers=tuple(
            _driver(each, assessment.readings, workspace.language) for each in result.contributions
        ),
        language=workspace.language,
        coverage=result.coverage,
        freshness=Freshness(last_event_at=facts.last_event_at, stale=assessment.stale),
        scorecard=ScorecardRef(name=scorecard.name, version=scorecard.version, neutral=scorecard.neutral),
        renewal=next_of(renewals, facts.contracts, today),
        renewals=renewals,
        revenue=revenue_of(facts.contracts, renewals, today),
        undated=undated_of(facts.contracts, today),
        causes=causes_of(result.contributions),
        readings=known_values(assessment.readings),
        terms=term_records(facts.contracts, today),
    )
    return overridden(snapshot, standing_override(facts.overrides, facts.as_of), scorecard)


def _account(facts: AccountFacts, workspace: WorkspaceSettings) -> AccountRef:
    profile = facts.profile
    return AccountRef(
        name=profile.name,
        segment=effective_segment(facts, workspace),
        industry=profile.industry,
        region=profile.region,
        language=profile.language,
        time_zone=profile.time_zone,
        owner=profile.owner,
        standing=standing_of(facts.contracts, workspace.today(facts.as_of)),
        stage=stage_of(facts, workspace),
        parent_id=profile.parent_id,
        reached=steps_of(facts, workspace),
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
        cause=contribution.cause,
    )
