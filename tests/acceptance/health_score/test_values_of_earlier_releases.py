"""Values that no contract can have, accepted by an earlier release: skipped, named, and no question fails over them."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.support.every_question import every_question
from tests.support.health_service import HealthService, StartHealth
from tests.support.health_state import NOON, event, used

EUROS = {"amount": 100, "currency": "EUR"}
GOOD = {"starts_on": "2026-01-01", "renews_on": "2027-01-01", "mrr": EUROS}
BAD: dict[str, tuple[str, dict[str, Any]]] = {
    "on": ("contract_closed", {"outcome": "churned", "on": "0001-01-01"}),
    "starts_on": ("contract_updated", {**GOOD, "starts_on": "0001-01-01"}),
    "renews_on": ("contract_updated", {**GOOD, "renews_on": "9999-12-31"}),
    "notice_days": ("contract_updated", {**GOOD, "notice_days": 800_000}),
    "mrr": ("contract_updated", {**GOOD, "mrr": {"amount": -5, "currency": "EUR"}}),
    "new_mrr": (
        "contract_closed",
        {"outcome": "renewed", "on": "2026-06-01", "new_mrr": {"amount": 5, "currency": "eu r"}},
    ),
}


@pytest.fixture(params=["Europe/Berlin", "America/New_York"])
def service(request: pytest.FixtureRequest, start_health: StartHealth) -> HealthService:
    """The service with a good account, and one that has a contract with each of the values.

    They go on the log, as an earlier release's ingest put them there.
    """
    service = start_health(time_zone=request.param)
    at = NOON - timedelta(days=30)
    for account in ("old", "good"):
        service.publish(
            *(used("export", account=account, at=at + timedelta(days=day)) for day in range(30)),
            event("contract_updated", account=account, at=at, contract_id="c", **GOOD),
        )
    for field, (event_type, data) in BAD.items():
        service.publish(
            event("contract_updated", account="old", at=at, contract_id=field, **GOOD),
            event(event_type, account="old", at=at + timedelta(days=1), contract_id=field, **data),
        )
    service.scored("good")
    service.scored("old")
    return service


def test_they_are_named_and_the_account_is_scored_without_them(service: HealthService) -> None:
    detail = service.get("/v1/accounts/old")
    assert {(one["contract_id"], one["field"]) for one in detail["skipped"]} == {
        (field, field) for field in BAD
    }
    assert {one["field"]: one["value"] for one in detail["skipped"]}["notice_days"] == "800000"
    assert detail["unscorable"] is None
    assert detail["health"]["score"] is not None
    assert service.get("/v1/accounts/good")["skipped"] == []


def test_they_change_no_sum(service: HealthService) -> None:
    [money] = service.get("/v1/portfolio", by="region")["total"]["money"]
    assert money["mrr"] == 100 * (2 + len(BAD))


def test_every_question_is_answered(service: HealthService) -> None:
    asked = 0
    for path, answer in every_question(service, "old", date(2026, 11, 10)):
        assert answer.status_code in {200, 404, 422}, f"{path}: {answer.text}"
        asked += answer.status_code == 200
    assert asked > 25
