"""The words of the model's reasons never contradict the direction that they are given with."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.forecast.features import FEATURES
from radar_health_score.domain.forecast.reason_wording import DESCRIBED_BY, ReasonWording
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_vocabulary.contracts.health import ForecastDriver
from radar_vocabulary.language.messages import message
from radar_vocabulary.language.tags import LANGUAGES, Language
from radar_vocabulary.reasons.feature_groups import FEATURE_GROUPS
from radar_vocabulary.reasons.sentence import PHRASES

METRICS: Final = sorted({metric for metrics in DESCRIBED_BY.values() for metric in metrics})
NEVER: Final = Missing("no contract has been seen")
BUSY: Final = {"active_weeks": 0.9, "regularity": 0.2}


def driver(
    about: str,
    flock: dict[str, float],
    readings: dict[str, Reading],
    points: dict[str, float],
    language: Language = "en",
) -> ForecastDriver:
    return ReasonWording(readings, points, language).driver(about, flock)


def test_a_metric_speaks_where_the_scorecard_counts_it_the_same_way() -> None:
    said = driver("use", {"uses_28": 0.7}, {**BUSY}, {"active_weeks": 4.0, "regularity": -3.0})
    assert (said.metric, said.text) == ("active_weeks", "Used in 90% of the last 12 weeks")


def test_the_next_metric_speaks_where_the_first_would_contradict_the_arrow() -> None:
    said = driver("use", {"uses_28": -0.7}, {**BUSY}, {"active_weeks": 4.0, "regularity": -3.0})
    assert (said.metric, said.text) == ("regularity", "Used on 20% of working days in the last 4 weeks")


@pytest.mark.parametrize("points", [{"active_weeks": 4.0, "regularity": 3.0}, {"active_weeks": 0.0}, {}])
def test_where_none_agrees_the_flock_is_named_and_nothing_is_claimed(points: dict[str, float]) -> None:
    said = driver("use", {"uses_28": -0.5, "uses_84": -0.2}, {**BUSY}, points)
    assert said.metric is None
    assert said.together
    assert said.text == "Volume and frequency of use over a year, combined"
    assert said.logit == pytest.approx(-0.7)


def test_of_metrics_that_are_features_the_one_that_weighs_most_that_way_speaks() -> None:
    readings: dict[str, Reading] = {"stickiness": 0.1, "nps_latest": 2.0, "csat_mean": 1.5}
    points = {"stickiness": -2.0, "nps_latest": -1.0, "csat_mean": -3.0}
    flock = {"stickiness": -0.1, "nps_latest": -0.9, "csat_mean": 0.2}
    assert driver("metrics", flock, readings, points).metric == "nps_latest"
    assert driver("metrics", {"csat_mean": 0.2, "nps_mean": -0.9}, readings, points).metric == "stickiness"


def test_of_what_nothing_is_known_a_reason_says_why() -> None:
    said = driver("seats", {"uses_per_seat_84": 0.1}, {"seat_utilisation": NEVER}, {})
    assert (said.metric, said.together, said.text) == (None, False, NEVER.reason)


def test_the_reason_why_nothing_is_known_keeps_its_message_and_values_for_other_readers() -> None:
    young = Missing.told(message("the first use was less than {days} days ago"), days=42)
    said = driver("seats", {"uses_per_seat_84": 0.1}, {"seat_utilisation": young}, {}, "ja")
    assert said.text == "最初の利用から42日経っていません"
    assert said.unknown is not None
    assert said.unknown.sentence() == young.reason


def test_no_metric_speaks_twice() -> None:
    words = ReasonWording({"user_retention": 0.9}, {"user_retention": 2.0}, "en")
    assert words.driver("people", {"people_28": 2.0}).metric == "user_retention"
    assert words.driver("metrics", {"user_retention": 1.0}).together


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_flock_has_words_and_metrics_that_have_sentences(language: Language) -> None:
    flocks = {feature.about for feature in FEATURES}
    assert flocks == DESCRIBED_BY.keys() == FEATURE_GROUPS.keys()
    assert set(METRICS) <= PHRASES.keys()
    texts = {about: driver(about, {"x": 1.0}, {METRICS[0]: 1.0}, {}, language).text for about in flocks}
    assert all(texts.values())


@given(
    points=st.fixed_dictionaries({}, optional={one: st.floats(-20, 20) for one in METRICS}),
    parts=st.dictionaries(
        st.sampled_from([feature.name for feature in FEATURES]), st.floats(-3, 3), min_size=1
    ),
    about=st.sampled_from(sorted(DESCRIBED_BY)),
    known=st.sets(st.sampled_from(METRICS)),
)
def test_whatever_is_measured_no_metric_s_words_go_against_the_logit(
    points: dict[str, float], parts: dict[str, float], about: str, known: set[str]
) -> None:
    said = driver(about, parts, dict.fromkeys(known, 0.5), points)
    assert said.logit == sum(parts.values())
    assert said.metric is None or points[said.metric] * said.logit > 0
    assert said.metric is None or said.metric in known
