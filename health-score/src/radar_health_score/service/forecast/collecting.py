"""Gathers the cases that forecasters learn from and are judged on."""

from collections.abc import Callable, Sequence

from radar_health_score.domain.forecast.case import NOTHING, Case, case_of
from radar_health_score.domain.forecast.leads import LEADS
from radar_health_score.domain.forecast.observation import Observation
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.service.forecast.observing import Observing, Progress

Features = Callable[[Observation, Rates], FloatArray]


def no_features(_observation: Observation, _rates: Rates) -> FloatArray:
    """Return no features: for a backtest without a model."""
    return NOTHING


def collect(
    observing: Observing,
    rates: Rates,
    *,
    leads: Sequence[int] = LEADS,
    sampled: Sequence[int] = (),
    features: Features = no_features,
    progress: Progress | None = None,
) -> list[Case]:
    """Return the cases of all accounts, at ``sampled`` of some; the facts behind them are let go of one by one."""
    return [case_of(one, rates, features(one, rates)) for one in observing.every(leads, progress, sampled)]
