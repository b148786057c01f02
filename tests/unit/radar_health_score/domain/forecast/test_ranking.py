import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score, roc_auc_score

from radar_health_score.domain.forecast.ranking import (
    Ranked,
    amount_recall_at,
    average_precision,
    lift_at,
    lift_curve,
    precision_at,
    recall_at,
    roc_auc,
)

Floats = NDArray[np.float64]
rows = st.lists(
    st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 1.0]), st.integers(0, 3)),
    min_size=2,
    max_size=40,
).filter(lambda found: {one[0] for one in found if one[2]} == {True, False})


def ranked(churned: list[float], risk: list[float], weights: list[float] | None = None) -> Ranked:
    return Ranked.of(
        np.array(churned, float), np.array(risk, float), np.array([weights or [1.0] * len(risk)], float)
    )


def columns(found: list[tuple[bool, float, int]]) -> tuple[Floats, Floats, Floats]:
    churned, risk, weights = (np.array(column, float) for column in zip(*found, strict=True))
    return churned, risk, weights


@given(rows)
def test_area_and_average_precision_agree_with_scikit_learn(found: list[tuple[bool, float, int]]) -> None:
    churned, risk, weights = columns(found)
    ours = Ranked.of(churned, risk, weights[None])
    assert roc_auc(ours)[0] == pytest.approx(roc_auc_score(churned, risk, sample_weight=weights))
    expected = average_precision_score(churned, risk, sample_weight=weights)
    assert average_precision(ours)[0] == pytest.approx(expected)


@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(found: list[tuple[bool, float, int]], random) -> None:
    shuffled = random.sample(found, len(found))
    one, other = (Ranked.of(c, r, w[None]) for c, r, w in (columns(found), columns(shuffled)))
    for measure in (roc_auc, average_precision, lambda each: recall_at(each, 0.1)):
        assert measure(one)[0] == pytest.approx(measure(other)[0])


@given(rows)
def test_a_weight_is_that_many_rows(found: list[tuple[bool, float, int]]) -> None:
    churned, risk, weights = columns(found)
    times = weights.astype(int)
    weighted = Ranked.of(churned, risk, weights[None])
    repeated = Ranked.of(np.repeat(churned, times), np.repeat(risk, times), np.ones((1, int(times.sum()))))
    for share in (0.05, 0.1, 0.2):
        assert precision_at(weighted, share)[0] == pytest.approx(precision_at(repeated, share)[0])


def test_the_riskiest_tenth_of_ten_is_one() -> None:
    ten = ranked([1, 0, 1, 0, 0, 0, 0, 0, 0, 0], [0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0])
    assert (precision_at(ten, 0.1)[0], recall_at(ten, 0.1)[0], lift_at(ten, 0.1)[0]) == (1.0, 0.5, 5.0)
    assert precision_at(ten, 0.2)[0] == pytest.approx(0.5)


def test_a_cut_through_equal_risks_takes_their_share() -> None:
    tied = ranked([1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5])
    assert precision_at(tied, 0.2)[0] == pytest.approx(0.25)
    assert lift_at(tied, 0.1)[0] == pytest.approx(1.0)


def test_a_draw_without_some_of_the_rows_still_answers() -> None:
    found = Ranked.of(
        np.array([1.0, 0.0, 1.0]), np.array([0.9, 0.5, 0.1]), np.array([[1, 1, 1], [0, 2, 1.0]])
    )
    assert np.isfinite(precision_at(found, 0.2)).all()
    assert np.isfinite(roc_auc(found)).all()


def test_the_amount_found_counts_money_not_heads() -> None:
    churned, arr = np.array([1.0, 1.0, 0.0, 0.0]), np.array([100.0, 900.0, 50.0, 50.0])
    found = Ranked.of(churned, np.array([0.9, 0.2, 0.1, 0.0]), np.ones((1, 4)))
    lost = (arr * churned)[None]
    assert amount_recall_at(found, lost, 0.25)[0] == pytest.approx(0.1)
    assert recall_at(found, 0.25)[0] == pytest.approx(0.5)


def test_without_both_kinds_there_is_no_area() -> None:
    assert np.isnan(roc_auc(ranked([0, 0], [0.1, 0.2]))[0])
    assert np.isnan(average_precision(ranked([0, 0], [0.1, 0.2]))[0])
    assert np.isnan(recall_at(ranked([0, 0], [0.1, 0.2]), 0.1)[0])


def test_the_lift_curve_goes_from_nothing_to_everything() -> None:
    curve = lift_curve(ranked([1, 0, 0, 1], [0.9, 0.8, 0.2, 0.1]), steps=4)
    assert curve.tolist() == [0.0, 0.5, 0.5, 0.5, 1.0]
