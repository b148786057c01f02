"""What production says of an account, and what training and backtests are given, are the same at every moment."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from radar_health_score.domain.forecast.features import FEATURES_HASH, NAMES
from radar_health_score.domain.forecast.linear import Linear, Scaling
from radar_health_score.domain.forecast.model import FittedModel, Model
from radar_health_score.domain.forecast.observation import observation_of
from radar_health_score.domain.forecast.observed_contract import ObservedContract
from radar_health_score.domain.forecast.renewal_model import RenewalModel
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.scorecard import WhenStale
from radar_health_score.domain.scoring.scorecard_defaults import built_in_scorecards
from radar_health_score.domain.scoring.scorecard_set import Scorecards
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.service.forecast.learning import risk
from radar_health_score.service.forecast.model_forecaster import observed_features
from radar_health_score.service.forecast.observing import Observing
from radar_health_score.service.scoring.scorer import ScorecardScorer
from radar_vocabulary.contracts.event_record import EventRecord
from radar_vocabulary.contracts.health import Renewal
from tests.support.health_state import State, event, used
from tests.support.raw_histories import raw_histories

LATER: Final = datetime(2028, 1, 1, tzinfo=UTC)
RULES: Final = WorkspaceSettings()
SEEN: Final = np.random.default_rng(7).normal(size=(200, len(NAMES)))
FITTED: Final = FittedModel(
    model=Model(
        features_hash=FEATURES_HASH,
        features=NAMES,
        linear=Linear(scaling=Scaling.of(SEEN, np.ones(200)), weights=(0.1,) * len(NAMES), base=-1.0),
    ),
    trees=None,
)


def configuration(when_stale: WhenStale) -> Configuration:
    cards = (replace(card, when_stale=when_stale) for card in built_in_scorecards().in_force())
    return Configuration(scorecards=Scorecards.of(cards), workspace=RULES)


def observed(state: State, judged_by: Configuration) -> Iterator[ObservedContract]:
    observing = Observing(
        database=state.database,
        rows=FactRows(state.bulk),
        reader=state.reader,
        scan=ScanRows(state.bulk),
        configuration=lambda _: judged_by,
        until=LATER,
    )
    return observing.every()


def renewal_of(renewals: tuple[Renewal, ...], observed: ObservedContract) -> Renewal | None:
    wanted = observed.contract_id, observed.renews_on
    return next((one for one in renewals if (one.contract_id, one.renews_on) == wanted), None)


def assert_one_way(state: State, configured: Configuration) -> int:
    """Return how many observations were compared."""
    by_card = ScorecardScorer(configured)
    by_model = ScorecardScorer(configured, RenewalModel(version="1", fitted=FITTED))
    compared = 0
    for one in observed(state, configured):
        facts = state.facts(one.observed_at, one.account_id)
        shown = by_card.snapshot(replace(facts, overrides=()))
        assert (shown.score, shown.band, shown.coverage) == (
            one.score.score,
            one.score.band,
            one.score.coverage,
        )
        renewal = renewal_of(shown.renewals, one)
        if renewal is None:
            continue
        assert renewal.probability == one.probability
        (churn,) = risk(
            FITTED, [observation_of(one, RULES.exchange, observed_features(one, RULES.exchange))]
        ).tolist()
        foretold = renewal_of(by_model.snapshot(facts).renewals, one)
        assert foretold is not None
        if foretold.source == "model":
            assert foretold.probability == pytest.approx(1 - churn, abs=1e-12)
        else:
            assert np.isnan(churn)
        compared += 1
    return compared


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(history=raw_histories)
def test_production_and_backtest_say_the_same_of_any_history(history: list[EventRecord]) -> None:
    state = State("sqlite://")
    try:
        state.fold(*history)
        for when_stale in ("keep", "unknown"):
            assert_one_way(state, configuration(when_stale))
    finally:
        state.close()


@pytest.mark.parametrize("when_stale", ["keep", "unknown"])
def test_a_stale_account_is_judged_in_a_backtest_as_it_was_shown(
    store_url: str, when_stale: WhenStale
) -> None:
    state = State(store_url)
    start = datetime(2025, 1, 1, tzinfo=UTC)
    try:
        state.fold(
            *(used("report", at=start.replace(day=day)) for day in range(1, 29)),
            event(
                "contract_updated", at=start, contract_id="c1", starts_on="2025-01-01", renews_on="2026-01-01"
            ),
        )
        found = list(observed(state, configuration(when_stale)))
        assert {one.probability is None for one in found} == {when_stale == "unknown"}
        assert assert_one_way(state, configuration(when_stale)) == 3
    finally:
        state.close()
