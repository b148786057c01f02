"""``GET /v1/accounts/{id}/route`` and ``radar alerts route``: whom a case would go to, and why."""

import json
from typing import Any

import pytest

from radar_chassis.clock import ManualClock
from tests.support.alerts import Alerts, StartAlerts
from tests.support.health import NOON, snapshot
from tests.support.radar_cli import radar

ROUTING = {
    "receivers": {
        "dach": {
            "slack": "C0DACH",
            "email": "dach@vendor.example",
            "channels": ["email", "slack"],
            "time_zone": "Europe/Berlin",
            "working_days": ["mon", "tue", "wed", "thu", "fri"],
            "quiet_hours": {"from": "18:00", "to": "08:00"},
        }
    },
    "routes": [
        {"name": "the US", "match": {"region": "US"}, "to": "owner"},
        {"name": "DACH", "match": {"region": "DACH", "rule": "low_score"}, "to": ["dach", "owner"]},
    ],
    "fallback": ["operators"],
}
SETTINGS = {"slack_bot_token": "xoxb-1", "smtp_url": "smtp://127.0.0.1:9", "email_domains": "vendor.example"}


@pytest.fixture
def alerts(start_alerts: StartAlerts, store_url: str) -> Alerts:
    running = start_alerts(store=store_url, clock=ManualClock(NOON), routing=ROUTING, **SETTINGS)
    running.take(snapshot(70.0), snapshot(70.0, account_id="other/one", owner=None))
    return running


def route(alerts: Alerts, account: str = "acme", **query: str) -> dict[str, Any]:
    answer = alerts.client("read").get(f"/v1/accounts/{account}/route", params={"language": "en", **query})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_who_would_be_told_when_and_why(alerts: Alerts) -> None:
    found = route(alerts, rule="low_score")
    dach, anna = found["receivers"]
    assert (dach["name"], dach["kind"], dach["channels"]) == ("dach", "named", ["email", "slack", "console"])
    assert (dach["tier"], dach["waits_for"]) == ("now", "quiet_hours")
    assert dach["told_at"] == "2026-11-23T07:00:00Z"
    assert (anna["kind"], anna["waits_for"], anna["told_at"]) == ("owner", "nothing", found["at"])
    assert found["explanation"] == [
        "the US: no match: region is DACH; asked for: US.",
        "DACH: matches, to dach, owner.",
    ]
    assert "it is a key account" in anna["tier_reasons"]


def test_no_address_is_in_the_answer(alerts: Alerts) -> None:
    said = json.dumps(route(alerts, rule="low_score"))
    assert "@vendor.example" not in said
    assert "C0DACH" not in said
    assert "U0ANNA" not in said


def test_without_a_rule_no_route_that_asks_for_one_matches(alerts: Alerts) -> None:
    found = route(alerts)
    assert [one["kind"] for one in found["receivers"]] == ["operators"]
    assert found["explanation"][-1] == "No route matches: the fallback, to operators."


def test_the_severity_is_the_one_it_would_have_or_the_one_asked_for(alerts: Alerts) -> None:
    assert route(alerts)["severity"] == "critical"
    assert route(alerts, severity="normal")["severity"] == "normal"


def test_it_is_told_in_the_readers_language(alerts: Alerts) -> None:
    found = route(alerts, language="ja")
    assert found["explanation"][-1] == "一致するルートがないため、フォールバックの operators に通知します。"


def test_what_cannot_be_asked_is_refused_in_words(alerts: Alerts) -> None:
    reading = alerts.client("read")
    unknown = reading.get("/v1/accounts/nobody/route")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
    rule = reading.get("/v1/accounts/acme/route", params={"rule": "low_scor"})
    assert (rule.status_code, "low_score" in rule.json()["detail"]) == (422, True)
    assert reading.get("/v1/accounts/acme/route", params={"severity": "huge"}).status_code == 422
    assert alerts.client("act").get("/v1/accounts/acme/route").status_code == 403


def test_the_command_says_the_same(alerts: Alerts) -> None:
    settings = {"RADAR_URL": alerts.url, "RADAR_KEY": alerts.keys.create("cli", frozenset({"read"}))[0]}
    shown = radar("alerts", "route", "--account", "acme", "--rule", "low_score", **settings)
    assert shown.status == 0, shown
    assert "DACH: matches, to dach, owner." in shown.out
    assert "2026-11-23 08:00 (Europe/Berlin), when quiet hours end" in shown.out
    as_json = radar("alerts", "route", "--account", "acme", "--rule", "low_score", "--json", **settings)
    assert as_json.json() == route(alerts, rule="low_score")
    missing = radar("alerts", "route", "--account", "nobody", **settings)
    assert (missing.status, "knows no account" in missing.err) == (1, True)
