"""From events on the log to health over HTTP and on its own topic."""

from datetime import timedelta
from typing import Any

import httpx2

from radar_chassis.http.paging import encode_cursor
from tests.support.account_events import history
from tests.support.health_service import HealthService, StartHealth
from tests.support.health_state import NOON, event, used
from tests.support.reading import read_all
from tests.support.wait import eventually

DAY = timedelta(days=1)


def test_an_event_becomes_a_score_and_a_record(health_service: HealthService) -> None:
    health_service.publish(*history())
    health = health_service.scored(band="healthy")
    assert health["score"] == health["scorecard"]["neutral"] + sum(one["points"] for one in health["drivers"])
    assert health["renewal"]["source"] == "scorecard"
    assert health["caused_by"] is not None
    last = eventually(health_service.health_records)[-1]
    assert (last.account_id, last.band) == ("acme", "healthy")


def test_use_that_stops_lowers_health_though_no_event_comes(start_health: StartHealth) -> None:
    service = start_health(sweep_seconds=0.2)
    service.publish(*history())
    before = service.scored(band="healthy")
    service.clock.advance(45 * DAY)
    after = service.scored(caused_by=None)
    assert after["score"] < before["score"] - 10
    assert after["as_of"] > before["as_of"]
    eventually(lambda: service.health_records()[-1].score == after["score"])


def test_the_past_is_answered_and_never_the_future(health_service: HealthService) -> None:
    health_service.publish(*history(until=30))
    now = health_service.scored()
    path = "/v1/accounts/acme/health"
    then = health_service.get(path, as_of=(NOON - 31 * DAY).date().isoformat())
    assert then["score"] > now["score"]
    assert then["as_of"] == (NOON - 30 * DAY).replace(hour=0).isoformat().replace("+00:00", "Z")
    assert health_service.get(path, as_of="2020-01-01")["band"] == "unknown"
    for wrong in ("2027-01-01", (NOON + DAY).isoformat(), "yesterday", "2026-11-01T10:00:00"):
        answer = health_service.client.get(path, params={"as_of": wrong})
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request"), wrong


def test_what_was_shown_is_shown_again_when_it_is_the_past(health_service: HealthService) -> None:
    health_service.publish(*history(days=10))
    shown = health_service.scored()
    health_service.clock.advance(3 * DAY)
    late = [
        used("import", user=f"late{n}", at=NOON - 2 * timedelta(hours=1), known=NOON + 2 * DAY)
        for n in range(9)
    ]
    health_service.publish(*late)
    eventually(lambda: health_service.get("/v1/accounts/acme/health")["as_of"] != shown["as_of"])
    again = health_service.get("/v1/accounts/acme/health", as_of=NOON.date().isoformat())
    assert again == shown


def test_history_has_a_point_a_day_whether_it_was_kept_or_not(health_service: HealthService) -> None:
    health_service.publish(*history(days=40, until=10))
    health_service.scored()
    first, last = (NOON - 20 * DAY).date(), NOON.date()
    items = health_service.get("/v1/accounts/acme/health/history", **{"from": first, "to": last})["items"]
    assert [item["day"] for item in items] == [(first + n * DAY).isoformat() for n in range(21)]
    assert [item["recomputed"] for item in items] == [True] * 20 + [False]
    one = health_service.get("/v1/accounts/acme/health", as_of=items[5]["day"])
    assert (one["score"], one["as_of"]) == (items[5]["score"], items[5]["as_of"])
    answer = health_service.client.get("/v1/accounts/acme/health/history", params={"from": "2020-01-01"})
    assert answer.status_code == 422


def test_lists_filter_sort_and_page(health_service: HealthService) -> None:
    names = [f"acct{n}" for n in range(7)]
    for number, name in enumerate(names):
        health_service.publish(*history(name, days=20 + number, until=number, renews_in=10 * number + 1))
    health_service.publish(event(account="newcomer", user="x"))
    for name in (*names, "newcomer"):
        health_service.scored(name)
    eventually(lambda: len(health_service.get("/v1/accounts")["items"]) == 8)
    seen: list[str] = []
    cursor = None
    while True:
        page = health_service.get(
            "/v1/accounts", sort="renews_on", limit=3, **({"cursor": cursor} if cursor else {})
        )
        seen += [item["account_id"] for item in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [*names, "newcomer"]
    assert page["totals"]["accounts"] == 8
    assert page["totals"]["arr"] == [{"amount": 84000.0, "currency": "EUR"}]
    for query, count in (
        ({"q": "CCT3"}, 1), ({"q": "%"}, 0), ({"owner": "ANNA@vendor.example"}, 7), ({"segment": "long_tail"}, 1),
        ({"industry": "Retail", "region": "DACH"}, 7), ({"industry": "Steel"}, 0),
    ):  # fmt: skip
        assert len(health_service.get("/v1/accounts", **query)["items"]) == count, query
    scores = [
        item["score"] for item in health_service.get("/v1/accounts", sort="score", segment="key")["items"]
    ]
    assert scores == sorted(scores)


def test_former_customers_are_listed_but_add_to_no_total_unless_asked_for(start_health: StartHealth) -> None:
    service = start_health(sweep_seconds=3600)
    service.publish(*history("stays", days=30), *history("left", days=30), event(account="asks", user="x"))
    churned = {"contract_id": "c1", "outcome": "churned", "on": NOON.date().isoformat()}
    service.publish(event("contract_closed", account="left", at=NOON, **churned))
    standings = {"stays": "customer", "left": "former", "asks": "prospect"}
    eventually(lambda: _standings(service) == standings)
    assert service.get("/v1/accounts/left")["standing"] == "former"
    assert service.get("/v1/accounts/left/health")["account"]["standing"] == "former"
    before = service.get("/v1/accounts/left/health", as_of=(NOON - 2 * DAY).date())
    assert before["account"]["standing"] == "customer"
    for asked, counted in (([], 2), (["former"], 1), (["customer", "former"], 2), (["prospect"], 1)):
        listed = _standings(service, standing=asked)
        assert listed == {one: it for one, it in standings.items() if it in (asked or standings.values())}
        totals = service.get("/v1/accounts", standing=asked)["totals"]
        assert totals["accounts"] == sum(one["accounts"] for one in totals["bands"]) == counted
        assert [one["accounts"] for one in totals["standings"]] == [1, 1, 1]
    assert service.client.get("/v1/accounts", params={"standing": "fiend"}).status_code == 422


def _standings(service: HealthService, **query: Any) -> dict[str, str]:
    items = service.get("/v1/accounts", **query)["items"]
    return {item["account_id"]: item["standing"] for item in items}


def test_renewals_within_days_with_totals(health_service: HealthService) -> None:
    for name, days in (("soon", 10), ("later", 80), ("never", 300), ("overdue", -5)):
        health_service.publish(*history(name, days=30, renews_in=days))
    for name in ("soon", "later", "never", "overdue"):
        health_service.scored(name)
    eventually(lambda: len(health_service.get("/v1/accounts")["items"]) == 4)
    answer = health_service.get("/v1/renewals", within_days=90)
    assert [item["account_id"] for item in answer["items"]] == ["overdue", "soon", "later"]
    assert answer["totals"]["contracts"] == 3
    assert answer["totals"]["arr"] == [{"amount": 36000.0, "currency": "EUR"}]
    at_risk = sum(item["renewal"]["arr_at_risk"]["amount"] for item in answer["items"])
    assert abs(answer["totals"]["arr_at_risk"][0]["amount"] - at_risk) < 0.01


def test_an_account_shows_who_it_is_and_what_it_agreed_to(health_service: HealthService) -> None:
    health_service.publish(
        *history(users=3), event("user_updated", user="u1", at=NOON - DAY, role="manager", name="Mia")
    )
    health_service.scored()
    account = health_service.get("/v1/accounts/acme")
    assert (account["name"], account["segment"], account["owner"]["email"]) == (
        "Acme",
        "key",
        "anna@vendor.example",
    )
    assert account["contracts"][0]["arr"] == {"amount": 12000.0, "currency": "EUR"}
    users = health_service.get("/v1/accounts/acme/users")["items"]
    assert [(one["user_id"], one["name"], one["role"]) for one in users][1] == ("u1", "Mia", "manager")
    assert users[0]["active_days_28d"] == 28
    (feature,) = health_service.get("/v1/accounts/acme/features")["items"]
    assert (feature["total"], feature["uses_28d"], feature["users"]) == (210, 84, 3)
    metrics = {one["metric"]: one for one in health_service.get("/v1/accounts/acme/metrics")["items"]}
    assert metrics["mau"]["value"] == 3
    assert metrics["nps_latest"]["value"] is None
    assert metrics["nps_latest"]["missing"]


def test_scorecards_name_their_versions(health_service: HealthService) -> None:
    items = health_service.get("/v1/scorecards")["items"]
    assert [one["applies_to"]["segment"] for one in items] == [["key"], ["mid"], ["long_tail"]]
    assert all(len(one["version"]) == 16 and one["dimensions"] for one in items)


def test_who_asks_wrongly_is_told_what_to_do(health_service: HealthService) -> None:
    client = health_service.client
    unknown = client.get("/v1/accounts/nobody/health")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
    assert client.get("/v1/accounts", params={"cursor": "x"}).status_code == 422
    for sort, value in (("score", "text"), ("name", 1), ("renews_on", 2.5)):
        foreign = {"sort": sort, "cursor": encode_cursor([sort, value, 1])}
        assert client.get("/v1/accounts", params=foreign).status_code == 422
    assert client.get("/v1/accounts", params={"sort": "colour"}).status_code == 422
    with health_service.client_for("ingest") as other:
        assert other.get("/v1/accounts").status_code == 403
    assert httpx2.get(f"{health_service.url}/v1/accounts").status_code == 401


def test_a_record_that_cannot_be_read_is_parked_and_the_rest_goes_on(health_service: HealthService) -> None:
    health_service.publish_bytes(b"\xff not json")
    health_service.publish(*history(days=3))
    health_service.publish_bytes(b'{"version":1,"id":"x"}')
    health_service.scored()
    letters = eventually(lambda: read_all(health_service.bus, "radar.dead-letter.v1"))
    assert all(b'"step":"score"' in (letter.value or b"") for letter in letters)


def test_operators_see_bands_and_revenue_at_risk(health_service: HealthService) -> None:
    health_service.publish(*history())
    health_service.scored()
    text = httpx2.get(f"{health_service.url}/metrics").text
    assert "radar_event_to_score_seconds_count" in text
    ready = httpx2.get(f"{health_service.url}/readyz")
    assert (ready.status_code, ready.json()["checks"]["health-score.worker"]) == (200, "ok")
