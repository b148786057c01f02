"""What the model's probability is made of, on both stores: now, at past moments, and beside many contracts."""

from datetime import timedelta
from math import exp
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from radar.settings import Settings
from radar_chassis.store.database import Database
from radar_health_score.domain.forecast.features import FEATURES_HASH, NAMES
from radar_health_score.domain.forecast.linear import Linear, Scaling
from radar_health_score.domain.forecast.model import Model
from radar_health_score.main import migrate
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_vocabulary.answers.models import ChampionPeriod
from tests.support.account_events import contract, lived_in
from tests.support.health_service import HealthService, StartHealth
from tests.support.health_state import NOON, used
from tests.support.model_cards import card
from tests.support.wait import eventually

DAY = timedelta(days=1)
SEEN = np.random.default_rng(1).normal(size=(200, len(NAMES)))
WEIGHTS = tuple(0.05 * (1 + at % 5) for at in range(len(NAMES)))
MODEL = Model(
    features_hash=FEATURES_HASH,
    features=NAMES,
    linear=Linear(scaling=Scaling.of(SEEN, np.ones(200)), weights=WEIGHTS, base=-1.0),
)


@pytest.fixture
def heard(start_health: StartHealth, tmp_path: Path, store_url: str) -> HealthService:
    """A service in which a model has spoken for ten days, and an account that was busy three evenings ago."""
    migrate(Settings(data=tmp_path, database_url=store_url))
    database = Database(store_url, schema="health")
    registry = ModelRegistry()
    with database.transaction() as connection:
        registry.keep(connection, card("aaa1"), MODEL)
        registry.set_champion(
            connection, ChampionPeriod(since=NOON - 10 * DAY, version="aaa1", act="promoted", note="")
        )
    database.dispose()
    service = start_health()
    service.publish(
        *lived_in("acme"),
        contract("acme", "suite", renews_in=30, mrr=1000),
        contract("acme", "extra", renews_in=80, mrr=500),
        *(
            used("export", account="acme", user=f"v{at}", at=NOON - 3 * DAY + timedelta(hours=5))
            for at in range(9)
        ),
    )
    eventually(lambda: _all_by_model(service), what="the model speaks")
    return service


def _all_by_model(service: HealthService) -> bool:
    sources = [one["renewal"]["source"] for one in service.get("/v1/renewals")["items"]]
    assert sources == ["model", "model"]
    return True


def told(model: dict[str, Any]) -> float:
    """Return the probability that the reasons add up to."""
    return 1 / (1 + exp(-model["base"] - sum(driver["logit"] for driver in model["drivers"])))


def test_a_past_moment_in_an_active_day_has_reasons_that_add_up(heard: HealthService) -> None:
    health = heard.get("/v1/accounts/acme/health", as_of=(NOON - 3 * DAY).isoformat())
    assert health["renewal"]["source"] == "model"
    assert told(health["model"]) == pytest.approx(health["renewal"]["probability"], abs=1e-6)


def test_what_no_metric_tells_anything_of_is_worded_too(heard: HealthService) -> None:
    drivers = heard.get("/v1/accounts/acme/health")["model"]["drivers"]
    assert {driver["about"] for driver in drivers if driver.get("metric") is None}
    assert [driver["about"] for driver in drivers if not driver["text"]] == []


def test_no_reason_contradicts_what_the_score_makes_of_it(heard: HealthService) -> None:
    health = heard.get("/v1/accounts/acme/health")
    points = {driver["metric"]: driver["points"] for driver in health["drivers"]}
    beside_contracts = [one["model"]["drivers"] for one in heard.get("/v1/renewals", reasons=True)["items"]]
    said = [one for drivers in (health["model"]["drivers"], *beside_contracts) for one in drivers]
    assert [one for one in said if one.get("metric") and points[one["metric"]] * one["logit"] <= 0] == []
    assert any(one.get("metric") for one in said)


def test_renewals_have_reasons_of_their_own_where_they_are_asked_for(heard: HealthService) -> None:
    plain = heard.get("/v1/renewals")["items"]
    assert [one["model"] for one in plain] == [{"version": "aaa1", "base": None, "drivers": []}] * 2
    items = heard.get("/v1/renewals", reasons=True)["items"]
    for one in items:
        assert told(one["model"]) == pytest.approx(one["probability"], abs=1e-6)
    japanese = heard.client.get("/v1/renewals", params={"reasons": True}, headers={"Accept-Language": "ja"})
    first = japanese.json()["items"][0]["model"]["drivers"][0]
    assert first["text"] != items[0]["model"]["drivers"][0]["text"]
    assert heard.client.get("/v1/renewals", params={"reasons": True, "limit": 51}).status_code == 422
