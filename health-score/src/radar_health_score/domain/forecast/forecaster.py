"""What foretells churn: learns from cases whose outcome was known, then speaks of later ones."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from radar_health_score.domain.forecast.case import Case
from radar_health_score.domain.forecast.far import Far
from radar_health_score.domain.forecast.ranking import FloatArray

Risk = Callable[[Sequence[Case]], FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What a forecaster has to say after it has learned.

    Attributes:
        risk: cases (n) -> (n,), the higher the sooner they churn; NaN where it abstains. A probability of churn
            where the forecaster gives one.
        abstains: why it says nothing at all; then nobody asks for the risk.
        version: which model speaks, where there are several.
        far: what its word is worth for renewals after the next one.
    """

    risk: Risk
    abstains: str | None = None
    version: str | None = None
    far: Far = field(default_factory=Far)


class Forecaster(Protocol):
    """Something that foretells churn."""

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

    def learn(self, known: Sequence[Case]) -> Forecast:
        """Return what it has to say, given cases with outcomes. Nothing else of the data may reach it."""
        ...
