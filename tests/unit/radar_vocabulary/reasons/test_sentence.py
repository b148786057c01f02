"""Every reason can be said in every language, with its numbers, and reads as it was written down here."""

import re

import pytest
from msgspec.structs import replace

from radar_vocabulary.contracts.health import Driver, ForecastDriver, ModelRef
from radar_vocabulary.language.tags import LANGUAGES
from radar_vocabulary.reasons.sentence import COMPARED_WITH, PHRASES, driver_in, sentence, snapshot_in
from tests.support.health import snapshot

GOLDEN = [
    (
        ("usage_trend", -0.4155, {}),
        "Usage down 34% vs the previous 4 weeks",
        "利用は前の4週間より34%減少しました",
        "使用量较前4周下降34%",
    ),
    (
        ("usage_trend", -3.0, {}),
        "Usage stopped: none in the last 4 weeks",
        "利用が止まりました：直近4週間は一度もありません",
        "使用已停止：近4周没有任何使用",
    ),
    (
        ("seat_utilisation", 0.4, {"mau": 8.0, "seats": 20.0}),
        "8 of 20 seats used",
        "20シート中8シートが利用されています",
        "20个席位中使用了8个",
    ),
    (
        ("seat_utilisation", 0.004, {}),
        "under 1% of seats used",
        "シートの1%未満が利用されています",
        "席位使用率为不足1%",
    ),
    (
        ("days_since_decision_maker", 41.0, {}),
        "The decision maker was last active 41 days ago",
        "決裁者の最後の利用は41日前です",
        "决策人上次使用是41天前",
    ),
    (
        ("invoices_overdue", 0.0, {}),
        "No invoices are overdue",
        "支払期限を過ぎた請求書はありません",
        "没有逾期账单",
    ),
    (
        ("invoices_overdue", 1.0, {}),
        "1 invoice is overdue",
        "支払期限を過ぎた請求書が1件あります",
        "有1张账单逾期未付",
    ),
    (
        ("nps_latest", 4.0, {}),
        "Latest NPS rating: 4 of 10 (detractor)",
        "最新のNPS回答は10点中4点（批判者）です",
        "最近一次NPS评分为4分（满分10分，贬损者）",
    ),
    (
        ("days_to_renewal", -3.0, {}),
        "Renewal 3 days overdue",
        "更新日を3日過ぎています",
        "续约已逾期3天",
    ),
]
VALUES = (-40.0, -3.0, -0.5, 0.0, 0.004, 0.3, 1.0, 2.0, 40.0, 12345.0)


@pytest.mark.parametrize(("said", "english", "japanese", "chinese"), GOLDEN)
def test_reasons_read_as_people_in_the_business_say_them(said, english, japanese, chinese):
    assert [sentence(*said, language) for language in LANGUAGES] == [english, japanese, chinese]


@pytest.mark.parametrize("metric", sorted(PHRASES))
def test_every_metric_can_be_said_in_every_language_at_any_value(metric):
    beside = dict.fromkeys(COMPARED_WITH.get(metric, ()), 7.0)
    for value in VALUES:
        for others in ({}, beside):
            english, japanese, chinese = (sentence(metric, value, others, one) for one in LANGUAGES)
            assert len({english, japanese, chinese}) == 3
            assert all("{" not in text and len(text) > 3 for text in (english, japanese, chinese))
            assert _numbers(japanese) >= _numbers(english)
            assert _numbers(chinese) >= _numbers(english)


def _numbers(text: str) -> set[str]:
    """Return the values in a sentence; those that English spells out (four weeks) are no matter."""
    return set(re.findall(r"\d[\d,.]*%?", text))


def test_a_driver_is_worded_again_from_what_it_carries():
    english = Driver(
        metric="seat_utilisation", dimension="users", value=0.4, unit="share", points=-4.0,
        text="8 of 20 seats used", beside={"mau": 8.0, "seats": 20.0},
    )  # fmt: skip
    japanese = driver_in(english, "ja")
    assert japanese.text == "20シート中8シートが利用されています"
    assert driver_in(japanese, "en") == english


def test_a_driver_of_a_metric_that_is_no_more_keeps_its_words():
    old = Driver(metric="gone", dimension="users", value=1, unit="x", points=1, text="It was so")
    assert driver_in(old, "ja") == old


def test_a_snapshot_says_which_language_it_is_in():
    told = snapshot_in(snapshot(31.0), "zh-Hans")
    assert told.language == "zh-Hans"
    assert told.drivers[0].text == "使用量较前4周下降34%"
    assert snapshot_in(told, "zh-Hans") is told


def test_the_model_s_reasons_are_worded_again_with_the_scorecard_s():
    sign = ForecastDriver(
        about="silence", logit=-0.4, text="x", metric="days_since_last_activity", value=12.0
    )
    bare = ForecastDriver(about="use", logit=0.1, text="")
    group = ForecastDriver(about="trend", logit=0.1, text="x", together=True)
    model = ModelRef(version="m1", drivers=(sign, bare, group))
    told = snapshot_in(replace(snapshot(31.0), model=model), "ja").model
    assert [one.text for one in told.drivers] == ["12日間、利用がありません", "", "1年間の利用の推移（総合）"]
