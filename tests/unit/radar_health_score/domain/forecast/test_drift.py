import numpy as np
import pytest

from radar_health_score.domain.forecast.drift import FEWEST, shifts, stability_index, surprise_of

generator = np.random.default_rng(7)


def test_the_same_values_have_not_shifted() -> None:
    values = generator.normal(size=400)
    assert stability_index(values, values) == pytest.approx(0, abs=1e-9)


def test_a_shift_of_two_bins_is_worked_out_by_hand() -> None:
    # Two bins of half each become a quarter and three quarters: 0.25 ln 0.5 x -1 + 0.25 ln 1.5.
    reference = np.r_[np.zeros(5000), np.ones(5000)]
    recent = np.r_[np.zeros(2500), np.ones(7500)]
    expected = -0.25 * np.log(0.5) + 0.25 * np.log(1.5)
    assert stability_index(reference, recent) == pytest.approx(expected, rel=0.01)


def test_more_of_it_missing_is_a_shift_too() -> None:
    values = generator.normal(size=1000)
    gone = np.where(np.arange(1000) < 400, np.nan, values)
    assert stability_index(values, gone) > 0.25
    assert stability_index(np.full(50, np.nan), np.full(50, np.nan)) == pytest.approx(0, abs=1e-9)


def test_a_value_never_seen_before_makes_a_large_shift_not_an_infinite_one() -> None:
    found = stability_index(np.zeros(100), np.full(100, 9.0))
    assert np.isfinite(found)
    assert found > 1


def test_the_largest_shift_comes_first() -> None:
    reference = generator.normal(size=(300, 2))
    recent = reference + np.array([0.0, 1.5])
    first, second = shifts(("still", "moved"), reference, recent)
    assert (first.feature, second.feature) == ("moved", "still")
    assert first.psi > 0.25 > second.psi


def test_few_rows_are_not_compared() -> None:
    assert shifts(("one",), np.zeros((500, 1)), np.zeros((FEWEST - 1, 1))) == ()


def test_surprise_counts_in_standard_deviations_of_what_was_foretold() -> None:
    # 100 coins: 60 heads where 50 were foretold, standard deviation 5.
    foretold, churned = np.full(100, 0.5), np.r_[np.ones(60), np.zeros(40)]
    assert surprise_of(foretold, churned) == pytest.approx(2.0)
    assert surprise_of(np.zeros(3), np.zeros(3)) is None
