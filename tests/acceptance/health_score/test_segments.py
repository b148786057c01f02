"""Segments over HTTP: told by hand, or from the cut of the portfolio."""

from datetime import timedelta
from typing import Any

import pytest

from radar_health_score import background
from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_service import HealthService, StartHealth
from tests.support.health_state import NOON, event
from tests.support.wait import eventually

DAY = timedelta(days=1)


def customer(account: str, mrr: float, segment: str | None = None) -> list[EventRecord]:
    return [
        event("account_updated", account=account, name=account, segment=segment),
        event(
            "contract_updated",
            account=account,
            contract_id="c1",
            renews_on=(NOON + 200 * DAY).date(),
            mrr={"amount": mrr, "currency": "EUR"},
        ),
    ]


def company() -> list[EventRecord]:
    """Five customers; one of the smallest was made a key account by hand."""
    return [
        *customer("a", 60.0),
        *customer("b", 25.0),
        *customer("c", 10.0),
        *customer("d", 3.0),
        *customer("e", 2.0, segment="key"),
    ]


def segments(service: HealthService) -> dict[str, str]:
    items = service.get("/v1/accounts")["items"]
    return {item["account_id"]: item["segment"] for item in items}


def test_key_accounts_are_the_largest_and_those_that_somebody_made_key(
    start_health: StartHealth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "CONFIGURE_SECONDS", 0.2)
    service = start_health()
    service.publish(*company())
    eventually(lambda: len(segments(service)) == 5)
    service.clock.advance(timedelta(hours=1))
    cut = {"a": "key", "b": "key", "c": "mid", "d": "long_tail", "e": "key"}
    eventually(lambda: segments(service) == cut)
    assert service.get("/v1/accounts/b/health")["scorecard"]["name"] == "key"


@pytest.mark.parametrize(
    ("settings", "found"),
    [
        (
            {"segments": "fixed", "key_from_arr": 300, "mid_from_arr": 36},
            {"a": "key", "b": "key", "c": "mid", "d": "mid", "e": "key"},
        ),
        ({"segments": "explicit"}, {**dict.fromkeys("abcd", "long_tail"), "e": "key"}),
    ],
)
def test_fixed_amounts_and_words_alone_do_without_a_cut(
    settings: dict[str, Any], found: dict[str, str], start_health: StartHealth
) -> None:
    service = start_health(**settings)
    service.publish(*company())
    eventually(lambda: segments(service) == found)
