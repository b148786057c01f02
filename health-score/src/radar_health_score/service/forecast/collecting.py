"""Gathers the observations that forecasters learn from and are judged on."""

from collections.abc import Callable, Sequence

from radar_health_score.domain.forecast.leads import LEADS
from radar_health_score.domain.forecast.observation import NOTHING, Observation, observation_of
from radar_health_score.domain.forecast.observed_contract import ObservedContract
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.service.forecast.observing import Observing, ObservingProgress

Features = Callable[[ObservedContract, Rates], FloatArray]


def no_features(_observation: ObservedContract, _rates: Rates) -> FloatArray:
    """Return no features: for a backtest without a model."""
    return NOTHING


def collect(
    observing: Observing,
    rates: Rates,
    *,
    leads: Sequence[int] = LEADS,
    sampled: Sequence[int] = (),
    features: Features = no_features,
    progress: ObservingProgress | None = None,
) -> list[Observation]:
    """Return the observations of all accounts, at ``sampled`` of some; the facts behind them are dropped one by one."""
    return [
        observation_of(one, rates, features(one, rates)) for one in observing.every(leads, progress, sampled)
    ]
