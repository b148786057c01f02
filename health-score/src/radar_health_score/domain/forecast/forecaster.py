"""Predicts churn: learns from observations whose outcome was known, then predicts later ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from radar_health_score.domain.forecast.long_horizon import LongHorizonShrinkage
from radar_health_score.domain.forecast.observation import Observation
from radar_health_score.domain.forecast.ranking import FloatArray

Risk = Callable[[Sequence[Observation]], FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a forecaster predicts after it has learned.

    Attributes:
        risk: observations (n) -> (n,), the higher the sooner they churn; NaN where it abstains. A probability of churn
            where the forecaster gives one.
        abstains: why it makes no prediction at all; then the risk isn't computed.
        version: which model predicts, where there are several.
        long_horizon: shrinkage for renewals after the next one.
    """

    risk: Risk
    abstains: str | None = None
    version: str | None = None
    long_horizon: LongHorizonShrinkage = field(default_factory=LongHorizonShrinkage)


class Forecaster(Protocol):
    """Something that predicts churn."""

    @property
    def name(self) -> str:
        """Of the scorer in tables: a word of letters and underscores."""
        ...

    @property
    def title(self) -> str:
        """For people."""
        ...

    @property
    def gives_probability(self) -> bool:
        """Whether its risk is a probability of churn, or only ranks."""
        ...

    def learn(self, known: Sequence[Observation]) -> Forecast:
        """Return its forecast, given observations with outcomes. Nothing else of the data may reach it."""
        ...
