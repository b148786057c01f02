"""Parent accounts over HTTP: what is below one, rolled up, whatever parents were told."""

from datetime import timedelta
from typing import Any

import pytest

from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_service import HealthService
from tests.support.health_state import NOON, event, used
from tests.support.wait import eventually

DAY = timedelta(days=1)


def account(name: str, parent: str | None, *, mrr: float = 100.0, until: int = 0) -> list[EventRecord]:
    """Return events of a customer that was used until ``until`` days ago."""
    begun = NOON - 80 * DAY
    return [
        event("account_updated", account=name, at=begun, name=name.title(), parent_id=parent),
        event(
            "contract_updated",
            account=name,
            at=begun,
            contract_id="c1",
            starts_on=begun.date(),
            renews_on=(NOON + 60 * DAY).date(),
            mrr={"amount": mrr, "currency": "EUR"},
        ),
        *(
            used("export", account=name, user=f"u{user}", at=NOON - back * DAY - timedelta(hours=1))
            for back in range(79, until - 1, -1)
            for user in range(3)
        ),
    ]


def listed(service: HealthService, count: int) -> dict[str, float]:
    """Wait for so many accounts; return their scores."""
    items = eventually(lambda: _items(service, count))
    return {item["account_id"]: item["score"] for item in items}


def _items(service: HealthService, count: int) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = service.get("/v1/accounts")["items"]
    return items if len(items) == count and all(one["score"] for one in items) else []


def test_a_family_is_rolled_up_by_arr_with_its_worst_member(health_service: HealthService) -> None:
    health_service.publish(
        *account("top", None),
        *account("north", "top", mrr=300.0),
        *account("south", "top", mrr=500.0, until=60),
        *account("deep", "north", mrr=100.0),
    )
    scores = listed(health_service, 4)
    family = health_service.get("/v1/accounts/top")["family"]
    weighed = {"top": 1, "north": 3, "south": 5, "deep": 1}
    mean = sum(scores[one] * weight for one, weight in weighed.items()) / 10
    assert family["score"] == pytest.approx(mean)
    assert (family["children"], family["members"], family["levels"], family["ancestors"]) == (2, 4, 2, [])
    assert (family["worst"]["account_id"], family["worst"]["score"]) == ("south", scores["south"])
    assert family["arr"] == [{"amount": 12_000.0, "currency": "EUR"}]
    at_risk = sum(one["arr_at_risk"]["amount"] for one in health_service.get("/v1/accounts")["items"])
    assert family["arr_at_risk"][0]["amount"] == pytest.approx(at_risk)
    page = health_service.get("/v1/accounts/top/children", sort="name")
    assert [one["account_id"] for one in page["items"]] == ["north", "south"]
    assert page["family"] == family
    assert health_service.get("/v1/accounts/deep")["family"]["ancestors"] == ["north", "top"]
    below = health_service.get("/v1/accounts", parent="north")["items"]
    assert [one["account_id"] for one in below] == ["deep"]


def test_a_family_follows_its_members(health_service: HealthService) -> None:
    health_service.publish(*account("top", None), *account("north", "top"), *account("alone", None))
    listed(health_service, 3)
    assert health_service.get("/v1/accounts/alone")["family"] is None
    assert health_service.get("/v1/accounts/alone/children")["items"] == []
    health_service.publish(event("account_updated", account="north", at=NOON, parent_id="alone"))
    moved = eventually(lambda: health_service.get("/v1/accounts/alone")["family"])
    assert (moved["members"], moved["worst"]["account_id"]) == (2, "north")
    assert health_service.get("/v1/accounts/top")["family"] is None


def test_a_parent_may_be_known_by_its_children_alone(health_service: HealthService) -> None:
    health_service.publish(*account("north", "holding"))
    listed(health_service, 1)
    page = health_service.get("/v1/accounts/holding/children")
    assert [one["account_id"] for one in page["items"]] == ["north"]
    assert (page["family"]["members"], page["family"]["children"]) == (1, 1)
    assert health_service.client.get("/v1/accounts/nobody/children").status_code == 404


def test_circles_are_ignored_and_said_to_be(health_service: HealthService) -> None:
    health_service.publish(*account("self", "self"), *account("one", "two"), *account("two", "one"))
    health_service.publish(*account("below", "two"))
    listed(health_service, 4)
    own = health_service.get("/v1/accounts/self")["family"]
    assert (own["members"], own["ancestors"]) == (1, [])
    assert "its own parent" in own["ignored"]
    assert health_service.get("/v1/accounts/self/children")["items"] == []
    page = health_service.get("/v1/accounts/two/children")
    assert [one["account_id"] for one in page["items"]] == ["below"]
    assert "leads back to it" in page["family"]["ignored"]
    assert health_service.get("/v1/accounts/below")["family"]["ancestors"] == ["two"]
