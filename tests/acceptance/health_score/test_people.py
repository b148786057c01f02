"""The people of an account over HTTP: who they are, where each stands, who has gone quiet."""

from datetime import datetime, timedelta

from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_service import HealthService
from tests.support.health_state import NOON, event, used

DAY = timedelta(days=1)
PATH = "/v1/accounts/acme/users"


def days_ago(days: int) -> datetime:
    return NOON - days * DAY - timedelta(hours=1)


def uses(user: str, *days: int) -> list[EventRecord]:
    return [used("export", user=user, at=days_ago(back)) for back in days]


def named(user: str, role: str) -> EventRecord:
    return event("user_updated", user=user, at=days_ago(100), role=role, name=user.title())


def company() -> list[EventRecord]:
    """A decision maker silent for 40 days, a champion who went silent, one who does what is left."""
    return [
        named("dana", "decision_maker"),
        named("max", "manager"),
        named("ivy", "executor"),
        *uses("dana", 80, 40),
        *uses("max", *range(60, 20, -1)),
        *uses("eve", *range(50, -1, -1)[::6]),
        *uses("new", 1),
        *uses("old", 85),
    ]


def test_people_are_listed_with_their_life_and_their_part_of_the_use(health_service: HealthService) -> None:
    health_service.publish(*company())
    health_service.scored()
    page = health_service.get(PATH)
    lives = {one["user_id"]: one["life"] for one in page["items"]}
    assert list(lives) == ["new", "eve", "max", "dana", "old", "ivy"]
    assert lives == {
        "new": "new", "eve": "active", "max": "active", "dana": "dormant", "old": "lost", "ivy": None,
    }  # fmt: skip
    assert [one["user_id"] for one in page["items"] if one["champion"]] == ["max"]
    assert sum(one["share_28d"] for one in page["items"]) == 1
    assert page["people"]["lives"] == {"new": 1, "active": 2, "dormant": 1, "lost": 1, "never_active": 1}
    roles = {one["role"]: (one["people"], one["active_28d"]) for one in page["people"]["roles"]}
    assert roles == {"decision_maker": (1, 0), "manager": (1, 1), "executor": (1, 0), None: (3, 2)}
    maker = page["people"]["roles"][0]
    assert (maker["role"], maker["last_active_on"]) == ("decision_maker", days_ago(40).date().isoformat())


def test_people_are_found_by_role_and_life(health_service: HealthService) -> None:
    health_service.publish(*company())
    health_service.scored()
    for query, found in (
        ({"role": "decision_maker"}, ["dana"]),
        ({"role": ["manager", "executor"]}, ["max", "ivy"]),
        ({"life": ["dormant", "lost"]}, ["dana", "old"]),
        ({"role": "manager", "life": "lost"}, []),
    ):
        page = health_service.get(PATH, **query)
        assert [one["user_id"] for one in page["items"]] == found, query
        assert page["people"]["lives"]["active"] == 2
    assert health_service.client.get(PATH, params={"life": "happy"}).status_code == 422
    first = health_service.get(PATH, limit=2)
    rest = health_service.get(PATH, limit=10, cursor=first["next_cursor"])
    assert [one["user_id"] for one in (*first["items"], *rest["items"])][1:4] == ["eve", "max", "dana"]


def test_findings_name_who_has_gone_quiet_and_agree_with_the_metrics(health_service: HealthService) -> None:
    health_service.publish(*company())
    health_service.scored()
    findings = health_service.get(PATH)["people"]["findings"]
    quiet, silent = findings
    assert (quiet["kind"], quiet["user_id"], quiet["name"]) == ("decision_maker_quiet", "dana", "Dana")
    assert quiet["since"] == days_ago(40).date().isoformat()
    assert (silent["kind"], silent["user_id"], silent["role"]) == ("champion_silent", "max", "manager")
    metrics = {
        one["metric"]: one["value"] for one in health_service.get("/v1/accounts/acme/metrics")["items"]
    }
    assert {one["metric"]: one["value"] for one in findings}.items() <= metrics.items()
    assert health_service.get("/v1/accounts/acme")["people"]["findings"] == findings


def test_the_people_of_a_past_day_are_as_they_were_then(health_service: HealthService) -> None:
    health_service.publish(*company())
    health_service.scored()
    page = health_service.get(PATH, as_of=days_ago(30).date())
    assert {one["user_id"]: one["life"] for one in page["items"]} == {
        "max": "active", "eve": "new", "dana": "active", "old": "dormant", "ivy": None,
    }  # fmt: skip
    (one,) = page["people"]["findings"]
    assert (one["kind"], one["user_id"]) == ("one_person", "max")
