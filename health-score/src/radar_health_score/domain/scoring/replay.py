"""What a scorecard says of an account at a moment, without words: the unit of a replay."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from radar_health_score.domain.account.facts import AccountFacts, Profile
from radar_health_score.domain.account.override_acts import standing_override
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.domain.scoring.assessment import assess_measured
from radar_health_score.domain.scoring.override import shown_by_hand
from radar_health_score.domain.scoring.score import Contribution
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_vocabulary.contracts.scalars import Band


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A score and its parts under one scorecard.

    ``by_hand``: the points that a person has set; None where nobody has. neutral + the points of all contributions +
    these = the score.
    """

    scorecard: str
    version: str
    score: float | None
    band: Band
    coverage: float
    neutral: float
    contributions: Sequence[Contribution]
    by_hand: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayPoint:
    """One account at one moment, under each scorecard that was asked for, in that order."""

    account_id: str
    as_of: datetime
    verdicts: tuple[Verdict, ...]


def verdict_of(
    facts: AccountFacts, readings: Readings, scorecard: Scorecard, *, with_overrides: bool
) -> Verdict:
    """Return what ``scorecard`` says of ``facts``, and where asked for what people had set in its place."""
    result = assess_measured(facts, readings, scorecard).score
    act = standing_override(facts.overrides, facts.as_of) if with_overrides else None
    shown = None if act is None else shown_by_hand(act, result.score, scorecard)
    return Verdict(
        scorecard=scorecard.name,
        version=scorecard.version,
        score=shown.score if shown else result.score,
        band=shown.band if shown else result.band,
        coverage=result.coverage,
        neutral=scorecard.neutral,
        contributions=result.contributions,
        by_hand=shown.points if shown else None,
    )


def is_known(facts: AccountFacts) -> bool:
    """Return whether anything was known of the account by then."""
    return facts.first_event_at is not None or bool(facts.contracts) or facts.profile != Profile()
