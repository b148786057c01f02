"""How metrics moved, over HTTP: each day says what was known by its end."""

from datetime import timedelta

import pytest

from tests.support.health_service import HealthService
from tests.support.health_state import NOON, used

DAY = timedelta(days=1)
PATH = "/v1/accounts/acme/metrics/history"


def day(back: int) -> str:
    return (NOON - back * DAY).date().isoformat()


def use(service: HealthService, first: int, last: int) -> None:
    service.publish(
        *(
            used("export", user=f"u{user}", at=NOON - back * DAY - timedelta(hours=1))
            for back in range(first, last, -1)
            for user in range(3)
        )
    )
    service.scored()


def test_every_metric_every_week_as_the_metrics_of_that_day(health_service: HealthService) -> None:
    use(health_service, 80, 40)
    answer = health_service.get(PATH)
    assert (answer["days"][-1], len(answer["days"])) == (day(0), 14)
    assert answer["days"][0] == day(91)
    for at, when in enumerate(answer["days"]):
        then = health_service.get("/v1/accounts/acme/metrics", **({"as_of": when} if when != day(0) else {}))
        assert [(one["metric"], one["points"][at]["value"]) for one in answer["items"]] == [
            (one["metric"], one["value"]) for one in then["items"]
        ]


def test_one_metric_every_day_with_its_points(health_service: HealthService) -> None:
    use(health_service, 30, 10)
    answer = health_service.get(PATH, metric="days_since_last_activity", every=1, **{"from": day(20)})
    (series,) = answer["items"]
    assert (series["metric"], series["unit"]) == ("days_since_last_activity", "days")
    assert [one["value"] for one in series["points"]] == [0.0] * 10 + [float(quiet) for quiet in range(1, 12)]
    now = {one["metric"]: one["points"] for one in health_service.get("/v1/accounts/acme/health")["drivers"]}
    assert series["points"][-1]["points"] == pytest.approx(now["days_since_last_activity"])
    assert series["points"][-1]["points"] < series["points"][0]["points"]


def test_a_day_before_anything_was_known_says_why_it_is_missing(health_service: HealthService) -> None:
    use(health_service, 5, 0)
    answer = health_service.get(PATH, metric="mau", every=7)
    first = answer["items"][0]["points"][0]
    assert first == {"value": None, "points": None, "missing": "no usage has ever been reported"}


def test_what_cannot_be_asked_is_answered_with_what_to_do(health_service: HealthService) -> None:
    use(health_service, 5, 0)
    client = health_service.client
    unknown = client.get(PATH, params={"metric": "happiness"})
    assert (unknown.status_code, unknown.json()["detail"]) == (
        404,
        "There is no metric 'happiness'; see /v1/metrics/catalogue for all of them.",
    )
    assert client.get(PATH, params={"from": day(1), "to": day(3)}).status_code == 422
    assert client.get(PATH, params={"from": day(500), "every": 1}).status_code == 422
    assert client.get(PATH, params={"every": 0}).status_code == 422
    assert client.get("/v1/accounts/nobody/metrics/history").status_code == 404
