"""Fault 34: 2,000 accounts that can't be scored cost no other account its score, and each is shown with the reason."""

from typing import Any

import pytest

from tests.support.product import Process, Product, uses
from tests.support.records import publish_events
from tests.support.wait import eventually

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180)]
BROKEN = 2_000
GOOD = 50


def broken(number: int, *, turn: int = 1) -> dict[str, Any]:
    """Return an invoice that ingest would refuse: no money has such a currency."""
    data = {"invoice_id": "i", "due_on": "2026-12-01", "amount": {"amount": 5, "currency": "e r"}}
    return {
        "id": f"broken-{number}",
        "type": "invoice_updated",
        "account_id": f"broken-{number}",
        "data": data,
    }


def as_of(score: Process) -> dict[str, str]:
    """Return when each good account was scored last."""
    listed = score.get("/v1/accounts", q="account-", limit=200)["items"]
    return {one["account_id"]: one["as_of"] for one in listed if one["score"] is not None}


def test_accounts_that_break_scoring_cost_only_themselves(product: Product) -> None:
    bus = product.bus()
    publish_events(bus, [broken(number) for number in range(BROKEN)])
    publish_events(bus, uses(GOOD * 3, accounts=GOOD))
    score = product.start("score").ready()
    eventually(lambda: len(as_of(score)) == GOOD, within=60, what="the good accounts are scored")
    eventually(
        lambda: f"radar_accounts_unscorable {BROKEN}.0" in score.client.get("/metrics").text,
        within=60,
        every=0.5,
        what="the broken accounts are counted",
    )
    before = as_of(score)
    publish_events(bus, [*uses(GOOD, accounts=GOOD), *(broken(number, turn=2) for number in range(BROKEN))])
    eventually(
        lambda: all(moment > before[account] for account, moment in as_of(score).items()),
        within=10,
        what="the good accounts are scored again while broken ones are tried again",
    )
    [shown] = score.get("/v1/accounts", q="broken-1999")["items"]
    assert shown["score"] is None
    assert "ValidationError" in shown["unscorable"]["text"]
    bus.close()
