"""The HTTP API: filters, pages, scopes, and what it says to those who ask for what can't be."""

from datetime import timedelta

import pytest

from radar_vocabulary.contracts.scalars import Owner
from tests.support.alerts import Alerts, StartAlerts, now
from tests.support.health import snapshot

BEN = Owner(name="Ben Ode", email="ben@vendor.example")


@pytest.fixture
def alerts(start_alerts: StartAlerts, store_url: str) -> Alerts:
    running = start_alerts(store=store_url)
    at = now()
    running.take(
        *(
            snapshot(
                30.0, as_of=at + timedelta(microseconds=n), account_id=f"a{n}", owner=BEN if n == 3 else None
            )
            for n in range(5)
        )
    )
    return running


def path_of(alerts: Alerts, account: str) -> str:
    return f"/v1/alerts/{alerts.alerts(account_id=account)[0]['alert_id']}"


def test_pages_hold_every_alert_once(alerts: Alerts) -> None:
    seen: list[str] = []
    cursor = ""
    while cursor is not None:
        page = alerts.get("/v1/alerts", limit=2, cursor=cursor)
        seen += [one["account_id"] for one in page["items"]]
        cursor = page["next_cursor"]
    assert seen == ["a4", "a3", "a2", "a1", "a0"]


def test_alerts_are_found_by_state_account_and_owner(alerts: Alerts) -> None:
    assert alerts.post(f"{path_of(alerts, 'a1')}/resolve", {"outcome": "false_alarm"}).status_code == 200
    assert [one["account_id"] for one in alerts.alerts(state="resolved")] == ["a1"]
    assert len(alerts.alerts(state=["open", "resolved"])) == 5
    assert [one["account_id"] for one in alerts.alerts(owner="BEN@vendor.example")] == ["a3"]
    assert [one["account_id"] for one in alerts.alerts(owner="ben ode")] == ["a3"]
    assert alerts.alerts(owner="nobody@vendor.example") == []


def test_acknowledging_twice_is_once(alerts: Alerts) -> None:
    path = path_of(alerts, "a1")
    first = alerts.post(f"{path}/acknowledge", {"by": "Anna"}).json()
    second = alerts.post(f"{path}/acknowledge", {"by": "Ben"}).json()
    for one in (first, second):
        del one["deliveries"]  # the message is on its way meanwhile
    assert first == second
    assert second["acknowledged_by"] == "Anna"


def test_what_cannot_be_is_refused_with_a_sentence(alerts: Alerts) -> None:
    path = path_of(alerts, "a1")
    past, bare = (now() - timedelta(hours=1)).isoformat(), "2030-01-01T00:00:00"
    for body in ({"until": past}, {"until": bare}, {"until": "soon"}, {}, {"until": past, "extra": 1}):
        answer = alerts.post(f"{path}/snooze", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert alerts.post(f"{path}/resolve", {"outcome": "nonsense"}).status_code == 422
    assert alerts.post(f"{path}/acknowledge", {"by": "Eva\0"}).status_code == 422
    assert alerts.post(f"{path}/resolve", {"outcome": "renewed", "note": "signed"}).status_code == 200
    again = alerts.post(f"{path}/resolve", {"outcome": "renewed"})
    assert (again.status_code, again.json()["code"]) == (409, "conflict")
    assert "has ended" in again.json()["detail"]
    missing = alerts.post("/v1/alerts/al_none/acknowledge", {})
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    assert alerts.client("read").get("/v1/alerts", params={"cursor": "x"}).status_code == 422
    assert alerts.client("read").get("/v1/alerts", params={"state": "asleep"}).status_code == 422
    assert alerts.client("read").get("/v1/alerts", params={"limit": 0}).status_code == 422


def test_reading_needs_read_and_acting_needs_act(alerts: Alerts) -> None:
    path = path_of(alerts, "a1")
    assert alerts.client("act").get("/v1/alerts").status_code == 403
    assert alerts.client("act").get("/v1/deliveries").status_code == 403
    assert alerts.client("read").post(f"{path}/acknowledge", json={}).status_code == 403
    assert (
        alerts.client("read").post("/v1/notifications/test", json={"channel": "console"}).status_code == 403
    )


def test_a_channel_can_be_tried(alerts: Alerts) -> None:
    tried = alerts.post("/v1/notifications/test", {"channel": "console"})
    assert (tried.status_code, tried.json()["state"]) == (200, "sent")
    absent = alerts.post("/v1/notifications/test", {"channel": "slack"})
    assert (absent.status_code, absent.json()["code"]) == (409, "conflict")
    assert alerts.post("/v1/notifications/test", {"channel": "pigeon"}).status_code == 422


def test_it_is_ready_when_the_worker_runs(alerts: Alerts) -> None:
    answer = alerts.client("read").get("/readyz")
    assert (answer.status_code, set(answer.json()["checks"].values())) == (200, {"ok"})
