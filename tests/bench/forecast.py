"""What training and asking the forecast cost: fitting 100,000 snapshots, and probabilities for as many accounts."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import numpy as np

from radar_health_score.adapters.forecast.learner import InstalledLearner
from radar_health_score.domain.account.facts import AccountFacts, Contract, Person
from radar_health_score.domain.account.year_use import DayVolume, YearUse
from radar_health_score.domain.forecast.features import FEATURES, FEATURES_HASH, NAMES, features_of
from radar_health_score.domain.forecast.model import FittedModel, Model
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.metrics.catalogue import measure as measured
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.service.forecast.learner import Shape
from tests.bench.observed import observed
from tests.bench.result import Figure, Result

NAME = "forecast"
DAY = date(2026, 11, 21)


def measure(*, quick: bool) -> Result:
    """Fit both models once, ask them for everybody, and explain a hundred accounts."""
    rows = 5_000 if quick else 100_000
    generator = np.random.default_rng(1)
    features = generator.normal(size=(rows, len(NAMES)))
    features[:, NAMES.index("watched_days")] = np.log1p(392)
    churned = (generator.random(rows) < 1 / (1 + np.exp(1 - features[:, 0]))).astype(np.float64)
    trained: list[FittedModel] = []
    train = _wall(lambda: trained.append(_fitted(features, churned)))
    fitted = trained[0]
    ask = _wall(lambda: _in_chunks(fitted, features))
    explain = _wall(lambda: fitted.contributions(features[:100]))
    return Result(
        name=NAME,
        title=f"Forecast over {rows:,} snapshots x {len(NAMES)} features",
        figures=(
            observed(quick=quick),
            Figure(what="fit of both models", value=train, unit="s", aim="at most", bound=60.0),
            Figure(
                what="probabilities, 200 accounts at a time", value=ask, unit="s", aim="at most", bound=5.0
            ),
            Figure(what="exact reasons of one account", value=explain * 10, unit="ms"),
            Figure(what="features of one account, after its metrics", value=_features_ms(), unit="ms"),
        ),
    )


def _fitted(features: FloatArray, churned: FloatArray) -> FittedModel:
    learner, weights = InstalledLearner(), np.ones(len(churned))
    trees = learner.trees(features, churned, weights, Shape(), tuple(one.risk for one in FEATURES))
    linear = learner.linear(features, churned, weights, 0.02)
    model = Model(
        features_hash=FEATURES_HASH, features=NAMES, linear=linear, trees=trees.text(), tree_share=0.5
    )
    return FittedModel(model=model, trees=trees)


def _in_chunks(fitted: FittedModel, features: FloatArray, size: int = 200) -> None:
    for at in range(0, len(features), size):
        fitted.churn(features[at : at + size])


def _features_ms() -> float:
    through = DAY.toordinal() - 1
    people = tuple(
        Person(
            number=no,
            user_id=f"u{no}",
            first_day=DAY - timedelta(days=300),
            last_day=DAY - timedelta(days=no),
        )
        for no in range(1, 31)
    )
    term = Contract(
        contract_id="c1", starts_on=DAY - timedelta(days=300), renews_on=DAY + timedelta(days=65), seats=30
    )
    facts = AccountFacts(
        account_id="acme",
        as_of=datetime(2026, 11, 21, tzinfo=UTC),
        through=DAY - timedelta(days=1),
        year=YearUse.of({through - back: DayVolume(9, 4, 60.0) for back in range(0, 392, 2)}, through),
        people=people,
        contracts=(term,),
        first_event_at=datetime(2026, 1, 1, tzinfo=UTC),
        last_event_at=datetime(2026, 11, 20, tzinfo=UTC),
    )
    readings = measured(facts, WorkspaceSettings(key_features=None, north_star={}, time_zone="UTC"))
    return _wall(lambda: [features_of(facts, readings, term, DAY) for _ in range(1000)])


def _wall(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
