from datetime import date
from itertools import permutations

import numpy as np
import pytest

from radar_health_score.domain.forecast.baselines import (
    DaysSinceLastUse,
    RfmRanks,
    Scorecard,
    UseFellByHalf,
)
from tests.support.forecast import observation


def test_the_scorecard_says_what_it_said_then_and_abstains_where_it_did() -> None:
    risk = Scorecard().learn([]).risk([observation(scorecard=0.3), observation(scorecard=None)])
    assert risk[0] == 0.3
    assert np.isnan(risk[1])


def test_the_longer_silent_the_riskier_and_who_never_came_is_riskiest() -> None:
    risk = DaysSinceLastUse().learn([]).risk([observation(silent=days) for days in (0, 5, 400, None)])
    assert sorted(risk) == list(risk)
    assert len(set(risk.tolist())) == 4
    assert (risk[0], risk[-1]) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("uses", "usual", "alarm"), [(10, 10, 0), (5.1, 10, 0), (5, 10, 1), (0, 10, 1), (0, 0, 1), (3, 0, 0)]
)
def test_half_of_what_is_usual_or_less_is_an_alarm(uses: float, usual: float, alarm: float) -> None:
    assert UseFellByHalf().learn([]).risk([observation(uses=uses, usual=usual)]).tolist() == [alarm]


def test_rfm_ranks_among_what_was_known_and_not_among_each_other() -> None:
    known = [observation(f"a{at}", silent=at, active_days=100 - at, arr=1000.0 - at) for at in range(100)]
    forecast = RfmRanks().learn(known)
    good, bad = (
        observation(silent=0, active_days=365, arr=9e9),
        observation(silent=365, active_days=0, arr=0.0),
    )
    alone, together = forecast.risk([good]), forecast.risk([bad, good, bad])
    assert alone[0] == together[1]
    assert together[0] > together[1]


def test_rfm_ties_whom_the_same_ranks_in_another_order_speak_for() -> None:
    """The sum of 0.05, 0.35 and 0.45 depends on their order in its last digit."""
    known = [observation(f"a{at}", silent=at, active_days=10 - at, arr=10.0 - at) for at in range(10)]
    order = list(permutations((0, 3, 4)))
    observations = [
        observation(silent=9 - one, active_days=1 + two, arr=1.0 + three) for one, two, three in order
    ]
    assert len(set(RfmRanks().learn(known).risk(observations).tolist())) == 1


def test_rfm_takes_the_middle_rank_where_no_money_is_known() -> None:
    known = [observation(f"a{at}", arr=float(at)) for at in range(10)]
    rich, poor, unknown = (
        RfmRanks().learn(known).risk([observation(arr=100), observation(arr=-1), observation(arr=None)])
    )
    assert rich < unknown < poor
    assert unknown == pytest.approx((rich + poor) / 2)


def test_rfm_abstains_where_nothing_was_known_to_rank_against() -> None:
    assert RfmRanks().learn([]).abstains is not None


def test_nobody_needs_a_date_to_be_ranked() -> None:
    early, late = (
        DaysSinceLastUse().learn([]).risk([observation(renews_on=day)])
        for day in (date(2020, 1, 1), date(2026, 1, 1))
    )
    assert early == late
