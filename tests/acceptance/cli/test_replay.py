"""``radar score replay`` and ``radar score check``, as people run them on a store."""

import csv
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from radar_health_score.domain.scoring.scorecard_defaults import load_default_scorecards
from tests.support.health_state import NOON, State, event, used
from tests.support.radar_cli import Done, radar

DAY = timedelta(days=1)
LAST = (NOON - DAY).date()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a product in which one account is busy, and the other has been silent for a month."""
    data = tmp_path_factory.mktemp("replay") / "data"
    data.mkdir()
    state = State(f"sqlite:///{data / 'health.db'}")
    mrr = {"amount": 6000.0, "currency": "EUR"}
    for account, first in (("busy", 0), ("silent", 30)):
        days = range(first, first + 60)
        state.fold(*(used("export", account=account, user=f"u{n % 3}", at=NOON - n * DAY) for n in days))
        term = event(
            "contract_updated",
            account=account,
            at=NOON - 80 * DAY,
            contract_id=f"c-{account}",
            renews_on="2027-03-01",
            mrr=mrr,
        )
        state.fold(term)
    state.close()
    return data


def replay(store: Path, *words: str | Path) -> Done:
    done = radar("score", "replay", "--to", str(LAST), *words, RADAR_DATA=str(store))
    assert done.status == 0, done.err
    return done


def card(path: Path, **changes: Any) -> Path:
    path.write_text(json.dumps({**load_default_scorecards()["key"].content(), "name": path.stem, **changes}))
    return path


def test_days_are_printed_by_account_oldest_first(store: Path) -> None:
    done = replay(store, "--from", str(LAST - 2 * DAY), "--account", "busy")
    head, *lines = done.out.splitlines()
    assert head.split()[:4] == ["DATE", "ACCOUNT", "SCORE", "BAND"]
    assert [line.split()[0] for line in lines] == [str(LAST - back * DAY) for back in (2, 1, 0)]
    assert {line.split()[1] for line in lines} == {"busy"}


def test_weeks_count_back_from_the_last_day(store: Path, tmp_path: Path) -> None:
    words = ("--from", str(LAST - 15 * DAY), "--every", "week", "--csv", tmp_path / "scores.csv", "--json")
    document = replay(store, *words).json()
    assert document["dates"] == [str(LAST - back * DAY) for back in (14, 7, 0)]
    with (tmp_path / "scores.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [(row["account_id"], row["date"]) for row in rows] == [
        (one["account_id"], one["date"]) for one in document["items"]
    ]
    assert [float(row["score"]) for row in rows] == [one["score"] for one in document["items"]]


def test_two_scorecards_are_compared_and_the_reasons_told(store: Path, tmp_path: Path) -> None:
    strict = card(tmp_path / "strict.yaml", bands={"healthy": 99, "watch": 98})
    text = replay(store, "--against", strict).out
    assert f"{strict} against then, 2 accounts, 1 dates up to {LAST}." in text
    assert "Difference of score over 2 scores: mean +0.0" in text
    assert "1 of 2 accounts change it" in text
    words = ("--scorecard", "long_tail", "--against", "key", "--json")
    document = replay(store, *words, "--workers", "2").json()
    assert document == replay(store, *words).json()
    comparison = document["comparison"]
    assert (comparison["accounts"], comparison["points"]) == (2, 2)
    first = comparison["movers"][0]
    assert first["difference"] == pytest.approx(first["after"] - first["before"])
    assert len(first["drivers"]) == 3
    assert document["items"][0]["against"]["scorecard"]["name"] == "key"


def test_a_moment_can_be_asked_for_and_a_version_by_its_beginning(store: Path) -> None:
    version = load_default_scorecards()["mid"].version
    words = ("--as-of", NOON.isoformat(), "--scorecard", version[:8], "--json")
    done = radar("score", "replay", *words, RADAR_DATA=str(store))
    assert done.status == 0, done.err
    assert {one["scorecard"]["version"] for one in done.json()["items"]} == {version}
    assert {one["as_of"] for one in done.json()["items"]} == {NOON.isoformat()}


def test_before_anything_was_known_there_is_nothing_to_print(store: Path) -> None:
    done = radar("score", "replay", "--as-of", "2001-01-01", RADAR_DATA=str(store))
    assert (done.status, done.out) == (0, "No account data at these moments.\n")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["--to", "2026-01-01", "--scorecard", "zzzz"],
            "zzzz is no file, no folder, and not the version or name",
        ),
        (["--to", "2026-01-01", "--account", "nobody"], "No event of the account nobody has arrived yet"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(store: Path, words: list[str], sentence: str) -> None:
    done = radar("score", "replay", *words, RADAR_DATA=str(store))
    assert (done.status, done.out) == (1, "")
    assert sentence in done.err
    assert "Traceback" not in done.err


def test_scorecards_are_checked_before_they_are_put_in_force(tmp_path: Path) -> None:
    card(tmp_path / "trials.yaml", applies_to={"stage": ["trial", "activate"]})
    done = radar("score", "check", tmp_path)
    assert (done.status, done.err) == (0, "")
    assert [line.split()[0] for line in done.out.splitlines()[1:]] == ["trials", "key", "mid", "long_tail"]
    assert "stage activate or trial" in done.out
    card(tmp_path / "wrong.yaml", applies_to={"stage": ["trail"]}, min_coverage=2)
    done = radar("score", "check", tmp_path)
    assert done.status == 1
    assert (
        "wrong.yaml: min_coverage must be between 0 and 1; wrong.yaml: applies_to.stage (value 1)" in done.err
    )
