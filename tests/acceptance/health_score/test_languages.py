"""Whoever asks gets reasons in their own language: by ?language=, by Accept-Language, else in the workspace's."""

from datetime import timedelta
from typing import Any

import pytest

from tests.support.account_events import history
from tests.support.health_service import HealthService

PATHS = (
    "/v1/accounts",
    "/v1/accounts/acme",
    "/v1/accounts/acme/health",
    "/v1/accounts/acme/health/changes",
    "/v1/accounts/acme/metrics",
    "/v1/accounts/acme/metrics/history",
    "/v1/metrics/catalogue",
    "/v1/renewals",
    "/v1/portfolio",
    "/v1/features",
)


@pytest.fixture
def told(health_service: HealthService) -> HealthService:
    health_service.publish(*history())
    health_service.scored(band="healthy")
    return health_service


def test_each_answer_is_in_the_language_asked_for(told: HealthService) -> None:
    for path in PATHS:
        for asked, language in (("ja-JP", "ja"), ("zh-CN, en;q=0.5", "zh-Hans"), ("fr", "en")):
            answer = told.client.get(path, headers={"Accept-Language": asked})
            assert answer.status_code == 200, answer.text
            assert (answer.headers["Content-Language"], answer.headers["Vary"]) == (
                language,
                "Accept-Language",
            )
        by_name = told.client.get(path, params={"language": "zh-CN"}, headers={"Accept-Language": "ja"})
        assert by_name.headers["Content-Language"] == "zh-Hans"
        assert told.client.get(path, params={"language": "tlh"}).status_code == 422


def test_all_that_is_said_is_worded_and_nothing_else_changes(told: HealthService) -> None:
    english, japanese = (told.get("/v1/accounts/acme/health", language=one) for one in ("en", "ja"))
    assert [without_words(one) for one in japanese["drivers"]] == [
        without_words(one) for one in english["drivers"]
    ]
    assert not any(one["text"].isascii() for one in japanese["drivers"])
    (line,) = told.get("/v1/renewals", language="ja")["items"]
    assert all(ord(one["text"][-1]) > 0x3000 for one in line["drivers"])
    (account,) = told.get("/v1/accounts", language="zh")["items"]
    assert account["top_driver"]["text"].isascii() is False
    changes = told.get("/v1/accounts/acme/health/changes", language="ja")
    assert (changes["from"]["language"], changes["to"]["language"]) == ("ja", "ja")
    assert not any(one["text"].isascii() for one in changes["drivers"])
    metrics = {one["metric"]: one for one in told.get("/v1/accounts/acme/metrics", language="ja")["items"]}
    assert metrics["nps_latest"]["missing"] == "過去1年間にNPSの回答がありません"
    assert metrics["mau"]["description"] == "直近28日間のアクティブユーザー"


def test_a_past_snapshot_is_worded_again(told: HealthService) -> None:
    shown = told.clock.now()
    told.clock.advance(timedelta(days=3))
    for language in ("ja", "en"):
        then = told.get("/v1/accounts/acme/health", as_of=shown.date().isoformat(), language=language)
        assert (then["as_of"][:10], then["language"]) == (shown.date().isoformat(), language)
        assert {one["text"].isascii() for one in then["drivers"]} == {language == "en"}


def without_words(driver: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in driver.items() if name != "text"}
