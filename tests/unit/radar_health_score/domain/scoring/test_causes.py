from math import fsum, isclose
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.metrics.catalogue import CATALOGUE
from radar_health_score.domain.metrics.reading import Reading
from radar_health_score.domain.scoring.causes import CAUSE_OF
from radar_health_score.domain.scoring.score import causes_of, score
from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards
from radar_vocabulary.contracts.scalars import Cause

VALUES = st.floats(-1e3, 1e3)
SCORECARDS = st.sampled_from(sorted(load_default_scorecards().values(), key=lambda one: one.name))
NEW = ("usual_gap_days", "active_days_14d", "sponsor_quiet_days", "open_complaints", "incidents_14d")


def test_every_metric_has_one_cause() -> None:
    assert CAUSE_OF.keys() == CATALOGUE.keys()
    assert set(CAUSE_OF.values()) == set(get_args(Cause))


@given(SCORECARDS, st.dictionaries(st.sampled_from(sorted(CATALOGUE)), VALUES))
def test_points_add_up_by_cause(scorecard, readings: dict[str, Reading]) -> None:
    result = score(readings, scorecard)
    causes = causes_of(result.contributions)
    assert {one.cause: one.points for one in causes} == {
        one.cause: fsum(each.points for each in result.contributions if CAUSE_OF[each.metric] == one.cause)
        for one in causes
    }
    assert [one.points for one in causes] == sorted(one.points for one in causes)
    if result.score is not None:
        assert isclose(scorecard.neutral + fsum(one.points for one in causes), result.score, abs_tol=1e-6)


@given(SCORECARDS, st.dictionaries(st.sampled_from(sorted(CATALOGUE)), VALUES), VALUES)
def test_what_is_measured_for_rules_alone_changes_no_score(scorecard, readings, value: float) -> None:
    without = {name: reading for name, reading in readings.items() if name not in NEW}
    assert score({**readings, **dict.fromkeys(NEW, value)}, scorecard) == score(without, scorecard)
