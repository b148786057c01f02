from datetime import UTC, datetime

import pytest

from radar_health_score.domain.forecast.promotion import MARGIN, objections
from radar_vocabulary.answers.estimates import NO_ESTIMATE, Estimate
from radar_vocabulary.answers.models import Evaluation, ModelComparison


def judged(*gains: tuple[float, float], cases: int = 200, churned: int = 50) -> Evaluation:
    names = ("scorecard", "champion", "base_rate")
    return Evaluation(
        since=datetime(2026, 1, 1, tzinfo=UTC),
        cases=cases,
        churned=churned,
        auc=NO_ESTIMATE,
        brier=NO_ESTIMATE,
        log_loss=NO_ESTIMATE,
        calibration_slope=NO_ESTIMATE,
        rivals=tuple(
            ModelComparison(name=name, cases=cases, gain=Estimate(value=value, low=low, high=1.0))
            for name, (value, low) in zip(names, gains, strict=False)
        ),
    )


def test_who_surely_beats_scorecard_and_champion_is_promoted() -> None:
    assert objections(judged((0.05, 0.01), (0.02, 0.001))) == ()


@pytest.mark.parametrize("gain", [(MARGIN / 2, 0.001), (0.05, -0.01), (0.05, 0.0), (-0.02, -0.05)])
def test_who_does_not_surely_beat_the_champion_is_not_promoted(gain: tuple[float, float]) -> None:
    (said,) = objections(judged((0.05, 0.01), gain))
    assert "over the champion" in said


def test_nobody_is_promoted_who_could_not_be_judged() -> None:
    assert objections(None)
    (said,) = objections(judged((0.5, 0.4), cases=60, churned=9))
    assert "9 churned" in said
