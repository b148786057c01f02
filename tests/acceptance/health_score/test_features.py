"""Features over the whole portfolio, over HTTP, on both stores."""

from datetime import timedelta
from typing import Any

import pytest

from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_service import HealthService, StartHealth
from tests.support.health_state import NOON, event, used
from tests.support.wait import eventually

DAY = timedelta(days=1)


def account(
    name: str, mrr: float, *use: EventRecord, currency: str = "EUR", renews_on: str = "2027-03-01"
) -> list[EventRecord]:
    """Return an account with a contract and some use."""
    begun = NOON - 100 * DAY
    terms: dict[str, Any] = {"starts_on": f"{begun:%Y-%m-%d}", "renews_on": renews_on}
    money = {"amount": mrr, "currency": currency}
    return [
        event("account_updated", account=name, at=begun, name=name.title(), segment="mid"),
        event("contract_updated", account=name, at=begun, contract_id="c1", mrr=money, **terms),
        event("login", account=name, user="u1", at=NOON - 90 * DAY),
        *use,
    ]


def use(name: str, feature: str, *backs: int, users: int = 1) -> list[EventRecord]:
    return [
        used(feature, account=name, user=f"u{user}", at=NOON - back * DAY)
        for back in backs
        for user in range(users)
    ]


@pytest.fixture
def service(start_health: StartHealth) -> HealthService:
    """Three accounts: one uses export a lot, one a little and abroad, one no longer."""
    service = start_health(key_features=["export"], currency="EUR", rates={"USD": 0.5})
    service.publish(
        *account(
            "acme",
            100,
            *use("acme", "export", 1, 2, 30, users=3),
            *use("acme", "a/b c", 5),
            renews_on="2027-01-15",
        ),
        *account("bolt", 300, *use("bolt", "export", 3), currency="USD"),
        *account("core", 900, *use("core", "export", 40), *use("core", "old", 80)),
    )
    for name in ("acme", "bolt", "core"):
        service.scored(name)
    eventually(lambda: service.get("/v1/features")["items"])
    return service


def test_every_named_feature_with_who_and_what_stands_behind_it(service: HealthService) -> None:
    answer = service.get("/v1/features")
    assert (answer["active_accounts"], [one["feature"] for one in answer["items"]]) == (
        2,
        ["export", "a/b c", "old"],
    )
    export, _, old = answer["items"]
    assert [export[name] for name in ("key", "accounts_28d", "accounts_28d_before", "users_28d", "uses_28d", "uses_28d_before")] == [True, 2, 2, 4, 7, 4]  # fmt: skip
    assert (export["adoption"], export["uses_per_account"], export["trend"]) == (
        1.0,
        3.5,
        pytest.approx(0.75),
    )
    assert export["arr"] == [{"amount": 12 * (100 + 150), "currency": "EUR"}]
    assert export["last_used_at"] == (NOON - DAY).isoformat().replace("+00:00", "Z")
    assert (old["key"], old["accounts_28d"], old["trend"], old["arr"]) == (False, 0, None, [])
    assert export["arr_due_90d"] == [{"amount": 1200, "currency": "EUR"}]
    assert (export["accounts_only_key"], export["arr_only_key"]) == (2, export["arr"])
    assert (old["accounts_only_key"], old["arr_due_90d"]) == (0, [])
    assert old["missing"].keys() == {"uses_per_account", "trend", "last_used_at"}


def test_retiring_a_feature_would_touch_these_accounts(service: HealthService) -> None:
    answer = service.get("/v1/features/export", limit=1)
    assert answer["feature"] == service.get("/v1/features")["items"][0]
    (bolt,) = answer["items"]
    assert (bolt["account_id"], bolt["name"], bolt["segment"]) == ("bolt", "Bolt", "mid")
    assert (bolt["users_28d"], bolt["uses_28d"], bolt["renews_on"]) == (1, 1, "2027-03-01")
    assert bolt["arr"] == [{"amount": 1800.0, "currency": "EUR"}]
    assert (bolt["arr_due_90d"], bolt["only_key"]) == ([], True)
    assert bolt["band"] == service.get("/v1/accounts/bolt/health")["band"]
    following = service.get("/v1/features/export", limit=1, cursor=answer["next_cursor"])
    assert [one["account_id"] for one in following["items"]] == ["acme"]
    assert following["next_cursor"] is None


def test_a_name_with_signs_in_it_is_found_and_logins_are_no_feature(service: HealthService) -> None:
    assert service.get("/v1/features/a/b%20c")["feature"]["uses_28d"] == 1
    for name in ("$login", "nothing"):
        answer = service.client.get(f"/v1/features/{name}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert service.client.get("/v1/features", params={"cursor": "x"}).status_code == 422
    with service.client_for("ingest") as other:
        assert other.get("/v1/features").status_code == 403


def test_without_56_days_of_use_no_trend_is_told(health_service: HealthService) -> None:
    health_service.publish(*use("acme", "export", 1, 30))
    health_service.scored()
    (export,) = health_service.get("/v1/features")["items"]
    assert (export["trend"], export["missing"]["trend"]) == (None, "fewer than 56 days of usage are known")
    assert export["arr"] == []
