"""The main job on real input: `radar import --history`, then accounts, health of any day, renewals and alerts answer.

Once on an excerpt that lies beside the tests, once on the whole of both data sets where they are there.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.support.missing import missing
from tests.support.radar_cli import Done, Running, radar, running
from tests.support.wait import eventually

HERE = Path(__file__).parents[2]
EXCERPT = [HERE / "data" / "git_dpdk_excerpt.ndjson.gz"]
BESIDE = HERE.parents[1] / "shared" / "data"
WHOLE = [BESIDE / "git_dpdk.ndjson.gz", BESIDE / "git_nova.ndjson.gz"]


@dataclass
class Truth:
    """What the files say, counted here once more in the plainest way."""

    events: int = 0
    uses: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    active: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    renewals: dict[str, date] = field(default_factory=dict)
    accounts: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, files: list[Path]) -> "Truth":
        """Read the files; some accounts are in both, with one contract, so time decides what comes after what."""
        lines = [line for file in files for line in gzip.decompress(file.read_bytes()).splitlines()]
        truth = cls()
        for event in sorted(map(json.loads, lines), key=lambda event: event["occurred_at"]):
            truth.take(event)
        return truth

    def take(self, event: dict[str, Any]) -> None:
        account, data = event["account_id"], event["data"]
        self.events += 1
        self.accounts.add(account)
        if event["type"] == "feature_used":
            self.uses[account] += data.get("count", 1)
        if event["type"] in {"feature_used", "login"}:
            self.active[account].append(date.fromisoformat(event["occurred_at"][:10]))
        if event["type"] == "contract_updated":
            self.renewals[account] = date.fromisoformat(data["renews_on"])
        if event["type"] == "contract_closed":
            self.renewals.pop(account, None)

    def busiest(self) -> str:
        return max(self.uses, key=lambda account: self.uses[account])


@dataclass
class Job:
    product: Running
    truth: Truth
    files: list[Path]
    done: Done


@pytest.fixture(scope="module", params=["excerpt", pytest.param("whole", marks=pytest.mark.data)])
def job(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Job]:
    files = EXCERPT if request.param == "excerpt" else WHOLE
    if not all(file.is_file() for file in files):
        missing(f"the data sets aren't beside the repository: {', '.join(file.name for file in files)}")
    truth = Truth.of(files)
    with running(tmp_path_factory.mktemp("job") / "data", "--no-sample") as product:
        done = radar("import", "--history", *files, "--json", **product.settings())
        assert done.status == 0, done.err
        busiest = truth.busiest()
        eventually(
            lambda: (
                product.idle()
                and used(product, busiest) == truth.uses[busiest]
                and len(product.every("/v1/accounts")) == len(truth.accounts)
            ),
            within=240,
            every=0.5,
            what="everything is counted and scored",
        )
        yield Job(product, truth, files, done)


def used(product: Running, account: str) -> int:
    return sum(feature["total"] for feature in product.get(f"/v1/accounts/{account}/features")["items"])


def explained(snapshot: dict[str, Any]) -> float:
    return float(snapshot["scorecard"]["neutral"] + sum(driver["points"] for driver in snapshot["drivers"]))


def test_every_event_has_a_receipt(job: Job) -> None:
    told = job.done.json()
    assert (told["accepted"], told["duplicate"], told["rejected"]) == (job.truth.events, 0, 0)
    assert "sending" in job.done.err  # the progress bar


def test_every_account_is_listed_with_its_health(job: Job) -> None:
    accounts = job.product.every("/v1/accounts")
    assert {account["account_id"] for account in accounts} == job.truth.accounts
    assert len(accounts) == len(job.truth.accounts)
    assert all(account["band"] in {"healthy", "watch", "at_risk", "unknown"} for account in accounts)
    assert len({account["score"] for account in accounts}) >= 10  # long silent accounts are all alike


def test_every_use_is_counted_once(job: Job) -> None:
    most = sorted(job.truth.uses, key=lambda account: -job.truth.uses[account])[:12]
    assert {account: used(job.product, account) for account in most} == {
        account: job.truth.uses[account] for account in most
    }


def test_health_now_explains_itself(job: Job) -> None:
    snapshot = job.product.get(f"/v1/accounts/{job.truth.busiest()}/health")
    assert 0 <= snapshot["score"] <= 100
    assert snapshot["drivers"]
    assert all(driver["text"] for driver in snapshot["drivers"])
    assert explained(snapshot) == pytest.approx(snapshot["score"], abs=1e-6)


def test_health_of_a_past_day_knows_what_was_known_then(job: Job) -> None:
    account = job.truth.busiest()
    days = sorted(job.truth.active[account])
    then = days[len(days) // 2]
    midnight = f"{then + timedelta(days=1)}T00:00:00Z"  # the whole of that day, and nothing of the next
    snapshot = job.product.get(f"/v1/accounts/{account}/health", as_of=midnight)
    assert snapshot["band"] in {"healthy", "watch"}
    assert explained(snapshot) == pytest.approx(snapshot["score"], abs=1e-6)
    last = datetime.fromisoformat(snapshot["freshness"]["last_event_at"])
    assert last.date() == then
    # Long after its last event it had gone silent.
    later = job.product.get(
        f"/v1/accounts/{account}/health", as_of=f"{days[-1] + timedelta(days=80)}T00:00:00Z"
    )
    assert later["score"] < snapshot["score"]


def test_renewals_are_those_of_the_open_contracts(job: Job) -> None:
    today = datetime.now(UTC).date()
    soon = {
        account: str(day)
        for account, day in job.truth.renewals.items()
        if today < day < today + timedelta(days=364)
    }
    answer = job.product.get("/v1/renewals", within_days=364, limit=200)
    shown = {item["account_id"]: item["renewal"]["renews_on"] for item in answer["items"]}
    assert {account: day for account, day in shown.items() if date.fromisoformat(day) > today} == soon


def test_cases_stand_for_customers_with_a_contract_and_say_why(job: Job) -> None:
    former = {account["account_id"] for account in job.product.every("/v1/accounts", standing="former")}
    cases = eventually(lambda: job.product.every("/v1/cases"), within=30, what="cases")
    assert former
    assert {case["account_id"] for case in cases} <= set(job.truth.renewals) - former
    assert all(case["signals"] and case["rule"] for case in cases)


def test_no_alert_was_opened_on_a_story_half_told(job: Job) -> None:
    assert [alert["state"] for alert in job.product.every("/v1/alerts") if alert["state"] != "open"] == []


def test_former_customers_add_to_no_total(job: Job) -> None:
    totals = job.product.get("/v1/accounts")["totals"]
    count = {one["standing"]: one["accounts"] for one in totals["standings"]}
    assert count["former"] > 0
    assert sum(count.values()) == len(job.truth.accounts)
    assert totals["accounts"] == count["customer"] + count["prospect"]


def test_importing_it_again_counts_nothing_twice(job: Job) -> None:
    done = radar("import", "--history", job.files[0], "--json", **job.product.settings())
    told = done.json()
    assert done.status == 0
    assert told["accepted"] + told["duplicate"] > 0
    assert told["rejected"] == 0
    eventually(job.product.idle, within=120, every=0.5)
    test_every_use_is_counted_once(job)
