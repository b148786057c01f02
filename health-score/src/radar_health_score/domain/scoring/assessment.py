"""From facts to a score and a renewal probability: one way, online, in replay, in training and in backtests."""

from dataclasses import dataclass

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.domain.scoring.score import Score, score
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What a scorecard says of an account as of ``facts.as_of``, before anybody overrides it by hand.

    Attributes:
        readings: every metric of the catalogue on these facts.
        stale: whether the last event is older than the scorecard allows.
        renewal_probability: 0 to 1, by the scorecard; None where it gives no score or its band is unknown.
    """

    facts: AccountFacts
    readings: Readings
    scorecard: Scorecard
    stale: bool
    score: Score
    renewal_probability: float | None


def assess(facts: AccountFacts, scorecard: Scorecard, workspace: WorkspaceSettings) -> Assessment:
    """Return what ``scorecard`` says of ``facts``."""
    return assess_measured(facts, measure(facts, workspace), scorecard)


def assess_measured(facts: AccountFacts, readings: Readings, scorecard: Scorecard) -> Assessment:
    """Like ``assess``, for a caller that compares several scorecards on the same ``readings``."""
    stale = scorecard.is_stale(facts.last_event_at, facts.as_of)
    result = score(readings, scorecard, stale=stale)
    is_known = result.score is not None and result.band != "unknown"
    return Assessment(
        facts=facts,
        readings=readings,
        scorecard=scorecard,
        stale=stale,
        score=result,
        renewal_probability=scorecard.renewal(result.score)
        if is_known and result.score is not None
        else None,
    )
