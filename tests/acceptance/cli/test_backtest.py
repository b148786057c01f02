"""`radar backtest` while the product runs: on real renewals, in JSON, CSV, a report, over HTTP and in the console."""

import csv
import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sklearn.metrics import brier_score_loss, roc_auc_score

from tests.support.radar_cli import Done, Running, radar, running
from tests.support.wait import eventually

EXCERPT = Path(__file__).parents[2] / "data" / "git_dpdk_excerpt.ndjson.gz"
SPLIT = "2018-01-01"


@dataclass
class Made:
    """A backtest and everything that was written."""

    product: Running
    done: Done
    told: dict[str, Any]
    predictions: list[dict[str, str]]
    report: Path

    def row(self, scorer: str, lead: int) -> dict[str, Any]:
        (found,) = [
            row
            for row in self.told["rows"]
            if (row["scorer"], row["lead_days"], row["segment"]) == (scorer, lead, "all")
        ]
        return dict(found)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    folder = tmp_path_factory.mktemp("backtest")
    with running(folder / "data", "--no-sample") as product:
        loaded = radar("import", "--history", EXCERPT, **product.settings())
        assert loaded.status == 0, loaded.err
        _wait(product)
        files = (
            "--json",
            folder / "b.json",
            "--predictions",
            folder / "p.csv",
            "--report",
            folder / "report",
        )
        done = radar("backtest", "--split", SPLIT, *files, **product.settings())
        assert done.status == 0, done.err
        with (folder / "p.csv").open() as file:
            predictions = list(csv.DictReader(file))
        yield Made(product, done, json.loads((folder / "b.json").read_text()), predictions, folder / "report")


def _wait(product: Running) -> None:
    eventually(product.idle, within=60, every=0.2, what="everything is counted")


def outcomes() -> dict[tuple[str, date], bool]:
    """Return how each contract ended, as the file says: (contract, day) -> churned."""
    found = {}
    for line in gzip.decompress(EXCERPT.read_bytes()).splitlines():
        event = json.loads(line)
        if event["type"] == "contract_closed":
            data = event["data"]
            found[data["contract_id"], date.fromisoformat(data["on"])] = data["outcome"] == "churned"
    return found


def test_every_end_observed_from_the_split_on_is_predicted_with_its_true_outcome(made: Made) -> None:
    split = date.fromisoformat(SPLIT)
    expected = {
        (contract, lead): churned
        for lead in (90, 60, 30)
        for (contract, on), churned in outcomes().items()
        if on - timedelta(days=lead) >= split
        for contract in [(contract, on)]
    }
    seen = {
        ((row["contract_id"], date.fromisoformat(row["renews_on"])), int(row["lead_days"])): row["churned"]
        == "1"
        for row in made.predictions
    }
    assert seen == expected
    for row in made.predictions:
        observed = datetime.fromisoformat(row["observed_at"]).date()
        assert observed == date.fromisoformat(row["renews_on"]) - timedelta(days=int(row["lead_days"]))


def test_the_figures_are_those_of_the_predictions(made: Made) -> None:
    for scorer in ("scorecard", "days_since_last_use", "rfm"):
        for lead in (90, 60, 30):
            rows = [row for row in made.predictions if int(row["lead_days"]) == lead and row[scorer]]
            churned, risk = [int(row["churned"]) for row in rows], [float(row[scorer]) for row in rows]
            told = made.row(scorer, lead)
            assert told["n"] == len(rows)
            assert told["base_rate"] == pytest.approx(sum(churned) / len(churned))
            assert told["auc"]["value"] == pytest.approx(roc_auc_score(churned, risk), abs=1e-6)
            assert told["auc"]["low"] <= told["auc"]["value"] <= told["auc"]["high"]
            if scorer == "scorecard":
                assert told["brier"]["value"] == pytest.approx(brier_score_loss(churned, risk), abs=1e-6)
            else:
                assert told["brier"]["value"] is None


@cache
def of_contracts() -> list[dict[str, Any]]:
    """Return what the file says of contracts, in order."""
    lines = gzip.decompress(EXCERPT.read_bytes()).splitlines()
    return [event for event in map(json.loads, lines) if event["type"].startswith("contract_")]


def lost(first: date, last: date, *, seen: date) -> float:
    """Return the ARR, as it was on the day ``seen``, of the contracts told of by then that churned in between."""
    worth: dict[str, float] = {}
    total = 0.0
    for event in of_contracts():
        data, day = event["data"], date.fromisoformat(event["occurred_at"][:10])
        if event["type"] == "contract_updated" and day <= seen:
            worth[data["contract_id"]] = 12 * data["mrr"]["amount"]
        if event["type"] == "contract_closed" and data["outcome"] == "churned":
            total += worth.get(data["contract_id"], 0.0) * (first <= date.fromisoformat(data["on"]) <= last)
    return total


def test_quarters_are_foretold_up_to_a_year_ahead_beside_what_the_file_says_was_lost(made: Made) -> None:
    (told,) = [one for one in made.told["coverage"] if one["scorer"] == "scorecard"]
    assert {one["ahead"] for one in told["quarters"]} == {1, 2, 3, 4}
    for one in told["quarters"]:
        first = date.fromisoformat(one["first"])
        seen = _months_later(first, -3 * (one["ahead"] - 1))
        last = _months_later(first, 3) - timedelta(days=1)
        assert one["lost"] == pytest.approx(lost(first, last, seen=seen)), (one["first"], one["ahead"])
    assert "Forecast one quarter ahead: " in made.done.out


def _months_later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def test_where_too_few_churned_to_learn_from_the_model_says_so(made: Made) -> None:
    (model,) = [one for one in made.told["scorers"] if one["name"] == "model"]
    assert "churned" in model["abstains"]
    assert {row["model"] for row in made.predictions} == {""}
    assert f"Model gives no result: {model['abstains']}." in made.done.out


def test_a_person_sees_a_table_and_how_far_it_is(made: Made) -> None:
    assert made.told["split"] == SPLIT
    assert "Split: 2018-01-01, as requested." in made.done.out
    assert "T-30  Scorecard" in made.done.out
    assert "observing accounts" in made.done.err


def test_the_report_needs_nothing_but_itself(made: Made) -> None:
    page = (made.report / "report.html").read_text()
    assert page.count("<svg") == 2
    assert "http://" not in page.replace("http://www.w3.org", "").replace("http://purl.org", "").replace(
        "http://creativecommons.org", ""
    )
    assert "<script" not in page
    for name in ("lift", "reliability"):
        assert "<svg" in (made.report / f"{name}.svg").read_text()


def test_the_same_backtest_again_gives_the_same_figures(made: Made, tmp_path: Path) -> None:
    done = radar("backtest", "--split", SPLIT, "--json", tmp_path / "b.json", **made.product.settings())
    assert done.status == 0
    again = json.loads((tmp_path / "b.json").read_text())
    changing = {"id", "made_at"}
    assert {name: again[name] for name in again if name not in changing} == {
        name: made.told[name] for name in made.told if name not in changing
    }


def test_it_is_answered_over_http_and_shown_in_the_console(made: Made) -> None:
    listed = made.product.get("/v1/backtests")["items"]
    assert made.told["id"] in {one["id"] for one in listed}
    answer = made.product.get(f"/v1/backtests/{made.told['id']}")
    assert answer["rows"] == made.told["rows"]
    page = httpx2.get(f"{made.product.url}/backtests", timeout=30, trust_env=False)
    assert page.status_code == 200
    assert "Would it have warned us?" in page.text


def test_one_asked_for_over_http_comes_to_the_same(made: Made) -> None:
    asked = _ask(made, {"split": SPLIT})
    assert (asked.status_code, asked.json()["state"]) == (202, "running")
    another = _ask(made, {})
    assert (another.status_code, another.json()["code"]) == (409, "conflict")
    place = asked.headers["Location"]
    assert place == f"/v1/backtests/{asked.json()['id']}"
    eventually(
        lambda: made.product.get(place)["state"] == "done", within=120, every=0.5, what="the backtest is made"
    )
    assert made.product.get(place)["rows"] == made.product.get(f"/v1/backtests/{made.told['id']}")["rows"]
    late = _ask(made, {"split": "2030-01-01", "leads": [30]}).headers["Location"]
    eventually(lambda: made.product.get(late)["state"] == "failed", within=120, every=0.5, what="it failed")
    assert made.product.get(late)["failure"]["code"] == "too_few_outcomes"
    wrong: list[dict[str, Any]] = [{"leads": []}, {"leads": [366]}, {"lead": 30}]
    assert [_ask(made, body).status_code for body in wrong] == [422] * 3


def _ask(made: Made, body: dict[str, Any]) -> httpx2.Response:
    headers = {"Authorization": f"Bearer {made.product.key}"}
    url = f"{made.product.url}/v1/backtests"
    return httpx2.post(url, json=body, headers=headers, timeout=30, trust_env=False)


def test_failures_are_one_sentence(made: Made, tmp_path: Path) -> None:
    late = radar("backtest", "--split", "2030-01-01", **made.product.settings())
    assert (late.status, late.out) == (1, "")
    assert "a backtest needs 5 of each. Choose an earlier --split" in late.err
    nowhere = radar("backtest", "--data", tmp_path / "nothing")
    assert nowhere.status == 1
    assert "There is no product in" in nowhere.err
    odd = radar("backtest", "--leads", "thirty", **made.product.settings())
    assert odd.status == 1
    assert "such as 90,60,30" in odd.err
    unwritable = radar("backtest", "--json", tmp_path / "no" / "b.json", **made.product.settings())
    assert unwritable.status == 1
    assert "There is no folder" in unwritable.err
