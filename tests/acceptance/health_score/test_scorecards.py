"""Scorecards over HTTP: those in force, and every one that ever was."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml

from radar_chassis.clock import ManualClock
from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards
from tests.support.health_service import HealthService, StartHealth
from tests.support.health_state import NOON, event, used
from tests.support.wait import eventually

DAY = timedelta(days=1)


def folder_of(folder: Path, **cards: dict[str, Any]) -> Path:
    folder.mkdir()
    for name, changes in cards.items():
        content = {**load_default_scorecards()["mid"].content(), "name": name, **changes}
        (folder / f"{name}.yaml").write_text(json.dumps(content))
    return folder


def versions(service: HealthService, count: int) -> list[dict[str, Any]]:
    def probe() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = service.get("/v1/scorecards/versions")["items"]
        assert len(items) == count, items
        return items

    return eventually(probe)


def test_every_version_that_was_ever_in_force_is_kept(start_health: StartHealth, tmp_path: Path) -> None:
    first = start_health()
    versions(first, 3)
    folder = folder_of(tmp_path / "own", trials={"applies_to": {"stage": ["trial"]}, "when_stale": "unknown"})
    second = start_health(clock=ManualClock(NOON + DAY), scorecards=folder)
    assert versions(second, 4)[0]["name"] == "trials"
    third = start_health(clock=ManualClock(NOON + 3 * DAY))
    in_force = third.get("/v1/scorecards")["items"]
    assert [one["name"] for one in in_force] == ["key", "mid", "long_tail"]
    (trials,) = eventually(
        lambda: [one for one in third.get("/v1/scorecards/versions")["items"] if _over(one)]
    )
    assert trials["periods"] == [{"since": "2026-11-19T12:00:00Z", "until": "2026-11-21T12:00:00Z"}]
    whole = third.get(f"/v1/scorecards/{trials['version']}")
    assert (whole["in_force"], whole["scorecard"]["applies_to"]) == (False, {"stage": ["trial"]})
    assert whole["scorecard"]["when_stale"] == "unknown"
    assert yaml.safe_load(whole["yaml"]) == json.loads((folder / "trials.yaml").read_text())
    assert third.client.get("/v1/scorecards/never-used").status_code == 404


def _over(line: dict[str, Any]) -> bool:
    return bool(line["periods"][-1]["until"])


def test_the_stage_of_an_account_decides_which_scorecard_speaks(
    start_health: StartHealth, tmp_path: Path
) -> None:
    folder = folder_of(
        tmp_path / "own", trials={"applies_to": {"stage": ["trial"], "business_model": ["hardware"]}}
    )
    service = start_health(scorecards=folder)
    service.publish(
        used("export", user="u1"),
        event("account_updated", business_model="hardware", segment="mid"),
        event("contract_updated", contract_id="c1", starts_on="2026-11-01", renews_on="2026-12-01"),
    )
    assert service.scored()["scorecard"]["name"] == "trials"
    mrr = {"amount": 100.0, "currency": "EUR"}
    service.publish(event("contract_updated", contract_id="c1", mrr=mrr, renews_on="2027-11-01"))
    eventually(lambda: service.scored()["scorecard"]["name"] == "mid")
