import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from radar_health_score.domain.forecast.baselines import DaysSinceLastUse, Scorecard
from radar_health_score.domain.forecast.evaluation import arr_of, curves_of, estimates, rows_of
from radar_health_score.domain.forecast.observation import Observation
from tests.support.forecast import company, observation


def risk_of(observations: list[Observation]) -> np.ndarray:
    return Scorecard().learn([]).risk(observations)


def test_there_is_a_row_for_each_lead_and_segment_all_of_them_first() -> None:
    observations = company()
    rows = list(rows_of(Scorecard(), observations, risk_of(observations)))
    assert [(row.lead_days, row.segment, row.n) for row in rows] == [
        (60, "all", 120), (60, "key", 24), (60, "long_tail", 96),
        (30, "all", 120), (30, "key", 24), (30, "long_tail", 96),
    ]  # fmt: skip


def test_a_row_says_what_scikit_learn_says() -> None:
    observations = [one for one in company() if one.lead_days == 30]
    (row, *_) = rows_of(Scorecard(), observations, risk_of(observations))
    expected = roc_auc_score([one.churned for one in observations], [one.scorecard for one in observations])
    assert row.auc.value == pytest.approx(expected)
    assert row.auc.low is not None
    assert row.auc.high is not None
    assert row.auc.low < row.auc.value < row.auc.high


def test_what_only_ranks_has_no_brier_score_and_no_reliability() -> None:
    observations = company()
    risk = DaysSinceLastUse().learn([]).risk(observations)
    (row, *_) = rows_of(DaysSinceLastUse(), observations, risk)
    assert (row.brier.value, row.log_loss.value, row.ece.value, row.calibration_slope.value) == (None,) * 4
    assert row.auc.value is not None
    (curves, *_) = curves_of(DaysSinceLastUse(), observations, risk)
    assert curves.reliability == ()
    assert (curves.found[0], curves.found[-1], len(curves.found)) == (0.0, 1.0, 101)


def test_where_a_scorer_abstains_it_is_judged_on_the_rest_and_that_is_said() -> None:
    observations = [one for one in company() if one.lead_days == 30]
    risk = risk_of(observations)
    risk[:20] = np.nan
    (row, *_) = rows_of(Scorecard(), observations, risk)
    assert (row.n, row.abstained) == (100, 20)
    expected = roc_auc_score([one.churned for one in observations[20:]], risk[20:])
    assert row.auc.value == pytest.approx(expected)


def test_who_says_nothing_has_a_row_without_figures() -> None:
    observations = company()
    (row, *_) = rows_of(Scorecard(), observations, np.full(len(observations), np.nan))
    assert (row.n, row.abstained, row.base_rate, row.auc.value) == (0, 120, None, None)
    assert list(curves_of(Scorecard(), observations, np.full(len(observations), np.nan))) == []


def test_amounts_of_several_currencies_are_not_added_up() -> None:
    mixed = [observation("a", churned=True, currency="EUR"), observation("b", currency="USD")]
    assert np.isnan(arr_of(mixed)).all()
    found = estimates(mixed, np.array([0.9, 0.1]), probabilities=True, draws=10)
    assert found["arr_recall_20"].value is None
    assert found["recall_20"].value == pytest.approx(0.4)


def test_intervals_are_wider_where_fewer_accounts_stand_behind_the_rows() -> None:
    many = [one for one in company() if one.lead_days == 30]
    width = []
    for observations in (many, many[:40]):
        auc = estimates(observations, risk_of(observations), probabilities=True)["auc"]
        assert auc.low is not None
        assert auc.high is not None
        width.append(auc.high - auc.low)
    assert width[0] < width[1]
