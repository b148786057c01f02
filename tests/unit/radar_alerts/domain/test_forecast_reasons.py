"""The model's reasons in a notice: the strongest, and which way they point."""

import pytest
from msgspec.structs import replace

from radar_alerts.domain.decision import NoticeKind
from radar_alerts.domain.notice import plain
from radar_vocabulary.contracts.health import ForecastDriver, ModelRef
from radar_vocabulary.language.tags import Language
from tests.support.health import FORECAST, snapshot
from tests.support.notices import notice, translated

STRONGEST = (
    "Nobody has used it for 23 days (against renewal)",
    "Renewed 3 times so far (for renewal)",
    "12 people used it in the last 28 days (for renewal)",
)


def test_the_three_strongest_are_told_with_their_direction_below_the_scorecard_s() -> None:
    said = notice(about=snapshot(31.0, model=FORECAST))
    assert said.forecast == STRONGEST
    text = plain(said)
    assert text.index("\nWhy\n- Usage down") < text.index("\nWhy this renewal probability\n- Nobody")
    assert text.index("(for renewal)") < text.index("What to do")


def test_the_strongest_is_first_whatever_order_they_come_in() -> None:
    backwards = replace(FORECAST, drivers=FORECAST.drivers[::-1])
    assert notice(about=snapshot(31.0, model=backwards)).forecast == STRONGEST


@pytest.mark.parametrize(("logit", "told"), [(-9.0, True), (9.0, False)])
def test_words_that_the_scorecard_counts_the_other_way_are_left_out(logit: float, told: bool) -> None:
    fell = ForecastDriver(
        about="trend", logit=logit, metric="usage_trend", value=-0.42, text="Usage down 34% vs before"
    )
    model = replace(FORECAST, drivers=(*FORECAST.drivers, fell))
    said = notice(about=snapshot(31.0, model=model)).forecast
    assert (said[0] == "Usage down 34% vs before (against renewal)") == told
    assert any("Usage down" in one for one in said) == told


@pytest.mark.parametrize("model", [None, ModelRef(version="4c1d")])
def test_where_the_model_told_no_reasons_nothing_is_said_of_them(model: ModelRef | None) -> None:
    said = notice(about=snapshot(31.0, model=model))
    assert said.forecast == ()
    assert "Why this chance" not in plain(said)


@pytest.mark.parametrize(("kind", "told"), [("woken", 3), ("escalated", 3), ("resolved", 0)])
def test_they_are_told_as_long_as_there_is_something_to_do(kind: NoticeKind, told: int) -> None:
    assert len(notice(kind, snapshot(31.0, model=FORECAST)).forecast) == told


@pytest.mark.parametrize(
    ("language", "heading", "first"),
    [
        ("ja", "更新確率の根拠", "（見込みを下げる）"),
        ("zh-Hans", "续约概率的依据", "（拉低概率）"),
    ],
)
def test_they_are_in_the_reader_s_language(language: Language, heading: str, first: str) -> None:
    said = translated("東都商事", language, model=FORECAST)
    assert f"\n{heading}\n" in plain(said)
    assert said.forecast[0].endswith(first)
    assert "23" in said.forecast[0]
    assert not any(word in "".join(said.forecast) for word in ("renew", "used"))
