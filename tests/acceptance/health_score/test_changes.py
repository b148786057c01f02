"""Why a score changed, over HTTP: parts that add up, for the whole and for each driver."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from radar_chassis.clock import ManualClock
from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards
from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_service import HealthService, StartHealth
from tests.support.health_state import NOON, event, used
from tests.support.wait import eventually

DAY = timedelta(days=1)
PATH = "/v1/accounts/acme/health/changes"


def history(first: int, last: int, *, users: int = 3) -> list[EventRecord]:
    """Use on every day from ``first`` to ``last`` days ago, the last left out."""
    return [
        used("export", user=f"u{user}", at=NOON - back * DAY - timedelta(hours=1))
        for back in range(first, last, -1)
        for user in range(users)
    ]


def day(back: int) -> str:
    return (NOON - back * DAY).date().isoformat()


def check(changes: dict[str, Any]) -> None:
    """The parts add up: to the difference of the scores, and for each driver."""
    parts = changes["behaviour"] + changes["time"] + changes["configuration"]
    assert parts == pytest.approx(changes["to"]["score"] - changes["from"]["score"], abs=1e-6)
    for end, points in (("from", "points_from"), ("to", "points_to")):
        snapshot = changes[end]
        whole = snapshot["scorecard"]["neutral"] + sum(one[points] for one in changes["drivers"])
        assert whole == pytest.approx(snapshot["score"], abs=1e-6)
    for one in changes["drivers"]:
        assert one["behaviour"] + one["time"] + one["configuration"] == pytest.approx(
            one["points_to"] - one["points_from"], abs=1e-6
        )
        assert one["text"]


def test_silence_is_time_and_use_is_behaviour(health_service: HealthService) -> None:
    health_service.publish(*history(80, 40))
    health_service.scored()
    silent = health_service.get(PATH, **{"from": day(40), "to": day(20)})
    check(silent)
    assert silent["time"] < -10
    assert (silent["behaviour"], silent["configuration"]) == (0, 0)
    assert silent["from"] == health_service.get("/v1/accounts/acme/health", as_of=day(40))
    assert silent["to"] == health_service.get("/v1/accounts/acme/health", as_of=day(20))
    health_service.publish(*history(10, -1))
    back = eventually(lambda: _moved(health_service.get(PATH, **{"from": day(20)})))
    check(back)
    assert back["behaviour"] > 10
    assert back["time"] < 0
    assert back["configuration"] == 0
    texts = {one["metric"]: one["text"] for one in back["drivers"]}
    assert texts["days_since_last_activity"] == "Active today; before: no activity for 21 days"


def _moved(changes: dict[str, Any]) -> dict[str, Any] | None:
    return changes if changes["behaviour"] else None


def test_by_default_the_change_is_that_of_four_weeks(health_service: HealthService) -> None:
    health_service.publish(*history(80, 40))
    health_service.scored()
    usual = health_service.get(PATH)
    check(usual)
    assert usual["from"]["as_of"][:10] == day(27)  # the midnight that ends the 28th day before
    assert usual["to"]["as_of"] == NOON.isoformat().replace("+00:00", "Z")


def test_what_was_shown_inside_a_day_is_where_the_change_begins(health_service: HealthService) -> None:
    health_service.publish(*history(40, -1))
    shown = health_service.scored()
    health_service.clock.advance(3 * DAY)
    changes = health_service.get(PATH, **{"from": (NOON + timedelta(hours=1)).isoformat()})
    check(changes)
    assert changes["from"] == shown
    assert changes["time"] < 0


def strict(folder: Path) -> Path:
    """Write scorecards to which a day without use is worth nothing."""
    folder.mkdir()
    for segment, scorecard in load_default_scorecards().items():
        card = json.loads(scorecard.text())
        card["dimensions"]["behaviour"]["metrics"]["days_since_last_activity"]["curve"] = [[0, 90], [1, 0]]
        (folder / f"{segment}.yaml").write_text(json.dumps(card))
    return folder


def test_another_scorecard_is_configuration(start_health: StartHealth, tmp_path: Path) -> None:
    first = start_health()
    first.publish(*history(40, -1))
    before = first.scored()
    clock = ManualClock(NOON + DAY)
    second = start_health(clock=clock, scorecards=strict(tmp_path / "strict"))
    changes = eventually(lambda: _configured(second.get(PATH, **{"from": day(0)})))
    check(changes)
    assert changes["from"] == before
    assert changes["to"]["scorecard"]["version"] != before["scorecard"]["version"]
    assert changes["configuration"] < -1
    assert changes["behaviour"] == pytest.approx(0, abs=1e-6)
    idle = next(one for one in changes["drivers"] if one["metric"] == "days_since_last_activity")
    assert idle["configuration"] == pytest.approx(changes["configuration"])


def _configured(changes: dict[str, Any]) -> dict[str, Any] | None:
    return changes if changes["configuration"] else None


def test_other_key_features_are_configuration(start_health: StartHealth) -> None:
    first = start_health(key_features=["export", "share"])
    first.publish(*history(80, -1))
    before = first.scored()
    second = start_health(clock=ManualClock(NOON + DAY), key_features=["export"])
    changes = second.get(PATH, **{"from": day(0)})
    check(changes)
    assert changes["from"] == before
    breadth = next(one for one in changes["drivers"] if one["metric"] == "key_feature_breadth")
    assert breadth["configuration"] > 0
    assert (breadth["behaviour"], breadth["time"]) == (pytest.approx(0), pytest.approx(0))


def test_a_past_day_without_a_snapshot_is_seen_as_the_configuration_of_that_day_saw_it(
    start_health: StartHealth, tmp_path: Path
) -> None:
    first = start_health()
    first.publish(event(account="other", user="x"))
    first.scored("other")
    second = start_health(clock=ManualClock(NOON + 5 * DAY), scorecards=strict(tmp_path / "strict"))
    late = [used("export", user="u", at=NOON + DAY, known=NOON + DAY)]
    second.publish(*late)
    second.scored()
    then = second.get("/v1/accounts/acme/health", as_of=(NOON + 2 * DAY).date().isoformat())
    assert then["scorecard"]["version"] == load_default_scorecards()["long_tail"].version
    (point,) = second.get(
        "/v1/accounts/acme/health/history", **dict.fromkeys(("from", "to"), (NOON + 2 * DAY).date())
    )["items"]
    assert (point["score"], point["recomputed"]) == (then["score"], True)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"from": day(1), "to": day(2)}, "`from` must not be after `to`; swap them."),
        ({"to": day(2), "from": "2990-01-01"}, "`from` is in the future; leave it out"),
        ({"to": day(-1)}, "`to` is in the future; leave it out to ask for now."),
        ({"from": day(0), "to": day(1)}, "`from` must not be after `to`; swap them."),
        ({"from": "2026-11-01T10:00:00"}, "A moment needs an offset"),
        ({"from": "last week"}, "Times must be a date"),
        ({"from": "0001-01-01"}, "Ask for a time between the years 1970"),
    ],
)
def test_a_range_that_makes_no_sense_is_refused_with_a_sentence(
    health_service: HealthService, query: dict[str, str], sentence: str
) -> None:
    answer = health_service.client.get(PATH, params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert answer.json()["detail"].startswith(sentence)


def test_the_whole_of_time_may_be_asked_for(health_service: HealthService) -> None:
    health_service.publish(*history(10, -1))
    health_service.scored()
    whole = health_service.get(PATH, **{"from": "1970-01-01"})
    assert (whole["from"]["score"], whole["from"]["band"]) == (None, "unknown")
    parts = whole["behaviour"] + whole["time"] + whole["configuration"]
    assert parts == pytest.approx(whole["to"]["score"] - whole["to"]["scorecard"]["neutral"], abs=1e-6)
    assert health_service.client.get("/v1/accounts/nobody/health/changes").status_code == 404
