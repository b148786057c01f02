"""The demand pool over HTTP, on both stores."""

from datetime import timedelta
from typing import Any

from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_service import HealthService
from tests.support.health_state import NOON, event
from tests.support.wait import eventually

DAY = timedelta(days=1)


def request(account: str, request_id: str, back: int, **data: Any) -> EventRecord:
    return event("request_updated", account=account, at=NOON - back * DAY, request_id=request_id, **data)


def contract(account: str, mrr: float) -> EventRecord:
    return event(
        "contract_updated", account=account, at=NOON - 90 * DAY, contract_id="c1", renews_on="2027-03-01",
        mrr={"amount": mrr, "currency": "EUR"},
    )  # fmt: skip


def test_the_pool_merges_ranks_and_filters(health_service: HealthService) -> None:
    health_service.publish(
        contract("acme", 100),
        contract("globex", 300),
        event("account_updated", account="acme", at=NOON - 90 * DAY, name="Acme", region="DACH"),
        request("acme", "r1", 9, description="Export reports to Excel", module="reports", kind="money"),
        request("acme", "r1", 2, status="planned", follow_up="Kim"),
        request(
            "globex", "r2", 5, description="export of reports to excel", module="Reports", kind="wins_deal"
        ),
        request("globex", "r3", 4, description="Saving crashes", module="editor", kind="blocks_use"),
        request("globex", "r4", 3, description="A pony", module="stable", status="worthless"),
    )
    for account in ("acme", "globex"):
        health_service.scored(account)
    eventually(lambda: health_service.get("/v1/requests", account_id="acme")["items"])
    pool = health_service.get("/v1/requests")
    assert (pool["kinds"], pool["left_out"]) == (
        {"blocks_use": 1, "wins_deal": 1, "money": 0, "other": 0},
        1,
    )
    crash, export = pool["items"]
    assert (crash["rank"], crash["kind"], crash["description"]) == (1, "blocks_use", "Saving crashes")
    assert (export["kind"], export["accounts"], export["arr"]) == (
        "wins_deal",
        2,
        [{"amount": 4_800, "currency": "EUR"}],
    )
    assert (export["first_asked_on"], export["regions"], export["follow_up"]) == (
        "2026-11-09",
        ["DACH"],
        ["Kim"],
    )
    assert [(one["name"], one["request_id"]) for one in export["requests"]] == [("Acme", "r1"), (None, "r2")]
    assert [one["rank"] for one in health_service.get("/v1/requests", limit=1)["items"]] == [1]
    assert health_service.get("/v1/requests", kind="money")["items"][0]["accounts"] == 1
    assert health_service.client.get("/v1/requests", params={"kind": "urgent"}).status_code == 422
