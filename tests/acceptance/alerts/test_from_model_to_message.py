"""A model speaks, an account goes quiet, and the alert says what its chance to renew rests on: one real process."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import exp
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import pytest

from radar.settings import Settings
from radar_health_score.adapters.forecast.learner import InstalledLearner
from radar_health_score.domain.forecast.features import FEATURES, FEATURES_HASH, NAMES
from radar_health_score.domain.forecast.model import Model
from radar_health_score.main import database, migrate
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_health_score.service.forecast.learner import Shape
from radar_vocabulary.answers.models import ChampionPeriod
from tests.support.learnable import learnable
from tests.support.model_cards import card
from tests.support.radar_cli import Running, running
from tests.support.wait import eventually

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Running]:
    """The product with a champion of its own: trees and a regression fitted to 240 contract ends."""
    settings = Settings(data=tmp_path / "data")
    settings.data.mkdir()
    migrate(settings)
    store, registry = database(settings), ModelRegistry()
    with store.transaction() as connection:
        registry.keep(connection, card("aaa1"), fitted())
        registry.set_champion(
            connection, ChampionPeriod(since=NOW - DAY, version="aaa1", act="promoted", note="")
        )
    store.dispose()
    with running(
        settings.data, "--no-sample", RADAR_HEALTH__SETTLE_SECONDS="1", RADAR_ALERTS__FIRST_CONTACT_HOURS="0"
    ) as product:
        yield product


def fitted() -> Model:
    cases = learnable()
    features = np.array([one.features for one in cases])
    churned = np.array([float(bool(one.churned)) for one in cases])
    learner, even = InstalledLearner(), np.ones(len(cases))
    trees = learner.trees(features, churned, even, Shape(rounds=60), tuple(one.risk for one in FEATURES))
    return Model(
        features_hash=FEATURES_HASH,
        features=NAMES,
        linear=learner.linear(features, churned, even, 0.02),
        trees=trees.text(),
        tree_share=0.5,
    )


def event(event_type: str, at: datetime, **data: Any) -> dict[str, Any]:
    user = data.pop("user", None)
    about = {"type": event_type, "account_id": "acme", "user_id": user, "data": data}
    return {"id": f"{event_type}-{user}-{at:%Y%m%d}", "occurred_at": at.isoformat(), **about}


def went_quiet() -> list[dict[str, Any]]:
    """Return a year of three people's work that ended six weeks ago, and a contract due in a month."""
    days = [NOW - back * DAY for back in range(42, 400, 3)]
    return [
        event("account_updated", NOW - 400 * DAY, name="Acme", language="ja"),
        event(
            "contract_updated",
            NOW - 335 * DAY,
            contract_id="c1",
            starts_on=f"{NOW - 335 * DAY:%Y-%m-%d}",
            renews_on=f"{NOW + 30 * DAY:%Y-%m-%d}",
            mrr={"amount": 1000, "currency": "EUR"},
        ),
        *(event("feature_used", day, user=f"u{no}", feature="export") for day in days for no in range(3)),
    ]


def test_an_alert_says_what_its_chance_to_renew_rests_on(product: Running) -> None:
    headers = {"Authorization": f"Bearer {product.key}", "Radar-History": "true"}
    sent = httpx2.post(f"{product.url}/v1/events", json=went_quiet(), headers=headers, trust_env=False)
    assert sent.status_code < 300, sent.text
    (alert,) = eventually(lambda: product.every("/v1/alerts"), within=30, what="an alert")
    model = alert["model"]
    total = model["base"] + sum(driver["logit"] for driver in model["drivers"])
    assert model["version"] == "aaa1"
    assert 1 / (1 + exp(-total)) == pytest.approx(alert["probability"], abs=1e-6)
    health = product.get("/v1/accounts/acme/health")
    assert [one["logit"] for one in health["model"]["drivers"]] == pytest.approx(
        [one["logit"] for one in model["drivers"]]
    )
