"""A store of the last release, opened by today's code: the past is as it was told, and everything goes on."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.postgres import empty_database
from tests.support.radar_cli import Running, radar, running
from tests.support.release_answers import (
    PAST,
    accounts,
    alerts,
    dead_letters,
    health_at,
    overrides,
    portfolio,
    uses,
)
from tests.support.release_rows import copy_to_postgres
from tests.support.release_store import (
    OPENED_AT,
    SETTINGS,
    UNREAD,
    answers,
    compatibility,
    events,
    radar_at,
    unpack,
)
from tests.support.wait import eventually

LISTS = (
    "/v1/renewals?within_days=365",
    "/v1/portfolio",
    "/v1/portfolio/cohorts",
    "/v1/portfolio/growth",
    "/v1/portfolio/forecast",
    "/v1/losses",
    "/v1/alerts",
    "/v1/deliveries",
)


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """What the release answered."""
    return answers()


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Today's product on the release's data folder."""
    yield from opened(unpack(tmp_path_factory.mktemp("release")))


@pytest.fixture(scope="module")
def on_postgres(tmp_path_factory: pytest.TempPathFactory, postgres_url: str) -> Iterator[Running]:
    """Today's product on the release's log, and its databases in PostgreSQL."""
    data = unpack(tmp_path_factory.mktemp("release"))
    with empty_database(postgres_url) as url:
        copy_to_postgres(data, url, compatibility()["migrations"])
        yield from opened(data, RADAR_DATABASE_URL=url)


@pytest.fixture(params=["on_sqlite", pytest.param("on_postgres", marks=pytest.mark.postgres)])
def product(request: pytest.FixtureRequest) -> Running:
    """Each of the two, started once for all tests."""
    found: Running = request.getfixturevalue(request.param)
    return found


def opened(data: Path, **settings: str) -> Iterator[Running]:
    with running(data, "--no-sample", command=radar_at(OPENED_AT), **SETTINGS, **settings) as product:
        eventually(product.idle, within=60, what="the log is read to its end")
        yield product


@pytest.mark.parametrize("moment", PAST)
def test_scores_of_a_past_moment_are_those_of_the_release(
    product: Running, told: dict[str, Any], moment: str
) -> None:
    now = health_at(product, moment)
    for account, then in told["health"][moment].items():
        assert now[account]["band"] == then["band"], account
        assert now[account]["score"] == pytest.approx(then["score"], abs=1e-9), account
        assert now[account]["points"] == pytest.approx(then["points"], abs=1e-9), account


def test_the_portfolio_of_a_past_day_is_that_of_the_release(product: Running, told: dict[str, Any]) -> None:
    assert portfolio(product) == pytest.approx(told["portfolio"])


def test_alerts_and_messages_are_there_and_none_is_sent_again(product: Running, told: dict[str, Any]) -> None:
    known = {one["alert_id"] for one in told["alerts"]}
    assert [one for one in alerts(product) if one["alert_id"] in known] == told["alerts"]


def test_what_was_set_by_hand_and_what_was_refused_is_there(product: Running, told: dict[str, Any]) -> None:
    assert overrides(product) == told["overrides"]
    assert dead_letters(product) == told["dead_letters"]


def test_the_health_of_every_account_answers(product: Running, told: dict[str, Any]) -> None:
    listed = {one["account_id"]: one["score"] for one in product.every("/v1/accounts")}
    assert listed.keys() >= told["uses"].keys()
    for account in accounts(product):
        assert product.get(f"/v1/accounts/{account}/health")["account_id"] == account


@pytest.mark.parametrize("path", LISTS)
def test_a_list_answers(product: Running, path: str) -> None:
    assert product.get(path)


def test_events_sent_again_count_once(product: Running, told: dict[str, Any]) -> None:
    send(product, events(), **{"Radar-History": "true"})
    send(product, UNREAD)
    eventually(product.idle, within=60, what="the log is read to its end")
    assert uses(product) == {**told["uses"], "unread": {"report.export": len(UNREAD)}}


def test_the_log_is_read_on(product: Running) -> None:
    def total() -> int:
        (feature,) = product.get("/v1/accounts/unread/features")["items"]
        return int(feature["total"])

    before = total()
    assert before >= len(UNREAD)
    send(product, [{**UNREAD[0], "id": f"new-{before}"}])
    assert eventually(lambda: total() == before + 1, within=30)


def test_the_databases_can_be_upgraded_ahead_of_the_start(tmp_path: Path) -> None:
    data = unpack(tmp_path)
    assert radar("db", "upgrade", "--data", data).status == 0
    found = radar("doctor", "--data", data, "--json").json()["findings"]
    assert {one["state"] for one in found if one["check"].startswith("database")} == {"ok"}


def send(product: Running, batch: list[dict[str, Any]], **headers: str) -> None:
    whole = {"Authorization": f"Bearer {product.key}", **headers}
    answer = httpx2.post(f"{product.url}/v1/events", json=batch, headers=whole, timeout=60, trust_env=False)
    assert answer.status_code == 200, answer.text
    assert answer.json()["rejected"] == 0, answer.text
