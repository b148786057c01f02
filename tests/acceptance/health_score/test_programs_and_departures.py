"""Users that are programs, and people who will leave: what they do counts, and whom they count as."""

from datetime import timedelta
from typing import Any

from tests.support.health_service import HealthService
from tests.support.health_state import NOON, event, used
from tests.support.wait import eventually

HOUR = timedelta(hours=1)


def metrics(service: HealthService) -> dict[str, Any]:
    found = service.get("/v1/accounts/acme/metrics")["items"]
    return {one["metric"]: one["value"] for one in found}


def test_what_a_program_does_is_use_by_nobody(health_service: HealthService) -> None:
    hourly = [used("export", user="bot", at=NOON - n * HOUR) for n in range(1, 30)]
    health_service.publish(*hourly, used("export", user="ann", at=NOON - 2 * HOUR))
    eventually(lambda: metrics(health_service)["mau"] == 2)
    health_service.publish(event("user_updated", user="bot", at=NOON - HOUR, kind="service"))
    eventually(lambda: metrics(health_service)["mau"] == 1)
    now = metrics(health_service)
    assert (now["users_seen"], now["activated_users"], now["concentration"]) == (1, 1, 1)
    (feature,) = health_service.get("/v1/accounts/acme/features")["items"]
    assert feature["total"] == 30
    people = health_service.get("/v1/accounts/acme/users")["items"]
    assert [one["user_id"] for one in people] == ["ann"]


def test_who_will_leave_is_a_user_until_then(health_service: HealthService) -> None:
    leaves = (NOON + timedelta(days=120)).isoformat()
    health_service.publish(
        used("export", user="ann", at=NOON - HOUR),
        event("user_updated", user="ann", at=NOON - HOUR, left_at=leaves, role="decision_maker"),
    )
    eventually(lambda: metrics(health_service)["active_decision_makers"] == 1)
    assert metrics(health_service)["users_seen"] == 1
