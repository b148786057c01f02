"""Adoption within an account is counted in distinct people, exactly: by feature and by role, on both stores."""

from datetime import datetime, timedelta
from random import Random

import msgspec

from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_service import HealthService
from tests.support.health_state import NOON, event, used
from tests.support.wait import eventually

DAY = timedelta(days=1)
FEATURES = ("export", "import", "report")
ROLES = {"u0": "decision_maker", "u1": "manager", "u2": "manager", "u3": "executor", "u4": "executor"}


def made_up(dice: Random) -> list[EventRecord]:
    """Half a year of use by eight people, some of it told late."""
    records = []
    for _ in range(150):
        at = NOON - dice.randrange(180) * DAY - timedelta(minutes=dice.randrange(600))
        known = min(NOON, at + dice.choice([0, 0, 9]) * DAY)
        user = f"u{dice.randrange(8)}"
        records.append(used(dice.choice(FEATURES), user=user, at=at, known=known, count=dice.randint(1, 4)))
    return records


def uses_of(feature: str, records: list[EventRecord]) -> list[tuple[str | None, datetime, int]]:
    """Return (user, when, count) of each use."""
    told = [(one, msgspec.json.decode(one.data)) for one in records]
    return [(one.user_id, one.occurred_at, data["count"]) for one, data in told if data["feature"] == feature]


def test_distinct_people_by_feature_and_role_however_often_and_late_they_are_told(
    health_service: HealthService,
) -> None:
    dice = Random(7)
    records = made_up(dice)
    log = [*records, *dice.choices(records, k=60)]
    dice.shuffle(log)
    told = [event("user_updated", user=user, at=NOON - 200 * DAY, role=role) for user, role in ROLES.items()]
    health_service.publish(*told, *log)
    window = NOON.date() - 27 * DAY
    expected = {}
    for feature in FEATURES:
        uses = uses_of(feature, records)
        late = [use for use in uses if use[1].date() >= window]
        expected[feature] = {
            "total": sum(count for *_, count in uses),
            "users": len({user for user, *_ in uses}),
            "uses_28d": sum(count for *_, count in late),
            "users_28d": len({user for user, *_ in late}),
        }

    def adopted() -> bool:
        items = health_service.get("/v1/accounts/acme/features")["items"]
        assert {one["feature"]: {name: one[name] for name in expected["export"]} for one in items} == expected
        return True

    health_service.scored()
    eventually(adopted)
    active = {one.user_id for one in records if one.occurred_at.date() >= window}
    metrics = {
        one["metric"]: one["value"] for one in health_service.get("/v1/accounts/acme/metrics")["items"]
    }
    for role, metric in (
        ("decision_maker", "active_decision_makers"),
        ("manager", "active_managers"),
        ("executor", "active_executors"),
    ):
        assert metrics[metric] == len({user for user, has in ROLES.items() if has == role} & active)
    assert metrics["mau"] == len(active)
