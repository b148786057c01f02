"""`radar train` and `radar models` while the product runs: a champion speaks without a restart, and is taken back."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from math import exp
from pathlib import Path
from typing import Any

import pytest

from tests.support.radar_cli import Running, radar, running
from tests.support.wait import eventually

pytestmark = pytest.mark.timeout(400)
ACCOUNTS = 160
TODAY = datetime.now(UTC).date()
SETTINGS = {"RADAR_HEALTH__SWEEP_SECONDS": "3"}


def history() -> Iterator[dict[str, Any]]:
    """Yield a year of customers: who is silent before the renewal mostly churns; the others have a next term."""
    dice = random.Random(4)
    for at in range(ACCOUNTS):
        account = f"customer-{at:03}"
        renews = TODAY - timedelta(days=20 + 2 * at)
        starts = renews - timedelta(days=182)
        churns = at % 5 < 2
        quiet = churns if dice.random() < 0.9 else not churns
        yield _event(account, "account_updated", starts, {"name": account})
        yield _contract(account, starts, renews)
        for day in range(0, 182, 6):
            if not quiet or day < 100:
                yield _event(
                    account, "feature_used", starts + timedelta(days=day), {"feature": "report"}, user="u1"
                )
        outcome = "churned" if churns else "renewed"
        closing = {"contract_id": f"{account}-1", "outcome": outcome, "on": renews.isoformat()}
        yield _event(account, "contract_closed", renews, closing)
        if not churns:
            # Nobody was seen further ahead than a term, so beyond that the model would say nothing.
            yield _contract(account, renews, TODAY + timedelta(days=20 + at % 80))


def _contract(account: str, starts: date, renews: date) -> dict[str, Any]:
    data = {
        "contract_id": f"{account}-1",
        "starts_on": starts.isoformat(),
        "renews_on": renews.isoformat(),
        "seats": 3,
        "mrr": {"amount": 100.0, "currency": "EUR"},
    }
    return _event(account, "contract_updated", starts, data)


def _event(
    account: str, kind: str, day: date, data: dict[str, Any], user: str | None = None
) -> dict[str, Any]:
    at = datetime.combine(day, time(), UTC)
    said = {"type": kind, "account_id": account, "occurred_at": at.isoformat(), "data": data}
    return {"id": f"{account}-{kind}-{at:%Y%m%d}", **said, **({"user_id": user} if user else {})}


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("models")
    file = folder / "history.ndjson"
    file.write_text("".join(json.dumps(event) + "\n" for event in history()))
    with running(folder / "data", "--no-sample", **SETTINGS) as product:
        loaded = radar("import", "--history", file, **product.settings())
        assert loaded.status == 0, loaded.err
        eventually(product.idle, within=60, every=0.2, what="everything is counted")
        eventually(
            lambda: sources(product) == {"scorecard"}, within=60, every=0.5, what="everybody is scored"
        )
        yield product


def sources(product: Running) -> set[str]:
    renewals = product.get("/v1/renewals", within_days=730, limit=200)["items"]
    return {one["renewal"]["source"] for one in renewals}


def test_a_model_is_trained_promoted_heard_explained_and_rolled_back(product: Running) -> None:
    trained = radar("train", "--json", **product.settings())
    assert trained.status == 0, trained.err
    told = trained.json()
    assert told["objections"] == [], told
    version = told["champion"]["version"]
    assert told["model"]["learnt"]["ends"] == ACCOUNTS
    eventually(lambda: sources(product) == {"model"}, within=60, every=0.5, what="the model speaks")
    (line,) = product.get("/v1/models")["items"]
    assert (line["champion"], line["fits"], line["version"]) == (True, True, version)
    champion = product.get("/v1/models/champion")
    assert champion["judged"]["rivals"]
    assert len(champion["feature_list"]) == champion["features"]
    health = product.get("/v1/accounts/customer-002/health")
    renewal = health["renewal"]
    assert health["model"]["version"] == version
    assert renewal["arr_at_risk"]["amount"] == pytest.approx(1200 * (1 - renewal["probability"]))

    model = health["model"]
    logit = model["base"] + sum(driver["logit"] for driver in model["drivers"])
    assert 1 / (1 + exp(-logit)) == pytest.approx(renewal["probability"], abs=1e-6)
    assert all(driver["text"] for driver in model["drivers"])

    past = product.get("/v1/accounts/customer-002/health", as_of=(TODAY - timedelta(days=3)).isoformat())
    assert (past["renewal"]["source"], past["model"]) == ("scorecard", None)

    listed = radar("models", "list", **product.settings())
    assert f"*  {version}" in listed.out
    assert radar("models", "list", "--json", **product.settings()).json() == product.get("/v1/models")
    shown = radar("models", "show", version[:6], "--json", **product.settings()).json()
    assert shown == product.get(f"/v1/models/{version}")
    again = radar("models", "promote", version, "--json", **product.settings())
    assert (again.json()["version"], again.json()["act"]) == (version, "promoted")
    back = radar("models", "rollback", "--note", "only a test", **product.settings())
    assert back.status == 0
    assert "the scorecard is in use: only a test." in back.out
    eventually(lambda: sources(product) == {"scorecard"}, within=60, every=0.5, what="the scorecard speaks")
    assert radar("models", "rollback", **product.settings()).status == 1


def test_failures_are_one_sentence(product: Running, tmp_path: Path) -> None:
    unknown = radar("models", "show", "feed", **product.settings())
    assert (unknown.status, unknown.out) == (1, "")
    assert "`radar models list` shows them" in unknown.err
    silent = radar("train", "--promote", "force", **product.settings())
    assert silent.status == 2
    assert "--note" in silent.err
    nowhere = radar("train", "--data", tmp_path / "nothing")
    assert nowhere.status == 1
    assert "There is no product in" in nowhere.err
