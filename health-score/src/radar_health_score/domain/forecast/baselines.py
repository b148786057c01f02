"""What anyone could do without a model: the scorecard as it is, and rules of thumb. Nothing here is fitted.

Rules of thumb only rank. Their risk lies between 0 and 1, so that it can stand in a table beside probabilities, but
it isn't one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from radar_health_score.domain.forecast.forecaster import Forecast, Forecaster
from radar_health_score.domain.forecast.observation import Observation, near
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_vocabulary.language.messages import message

A_QUARTER: Final = 90.0
_NOTHING_KNOWN: Final = message("no outcome was known before the split date")


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The scorecard's score as a probability by its own ``renewal`` curve."""

    name: str = "scorecard"
    title: str = message("Scorecard").text
    gives_probability: bool = True

    def learn(self, known: Sequence[Observation]) -> Forecast:  # noqa: ARG002 - it has nothing to learn
        """See ``Forecaster``."""
        return Forecast(
            risk=lambda observations: np.array(
                [
                    np.nan if observation.scorecard is None else observation.scorecard
                    for observation in observations
                ],
                np.float64,
            )
        )


@dataclass(frozen=True, slots=True)
class DaysSinceLastUse:
    """The longer without use, the higher the risk; an account without any use has the highest."""

    name: str = "days_since_last_use"
    title: str = message("Days since last use").text
    gives_probability: bool = False

    def learn(self, known: Sequence[Observation]) -> Forecast:  # noqa: ARG002
        """See ``Forecaster``."""
        return Forecast(risk=_silence)


@dataclass(frozen=True, slots=True)
class UseFellByHalf:
    """An alarm where the last 28 days saw no more than half of what 28 days of the half year before them did.

    An account without use in both counts as an alarm too.
    """

    name: str = "use_fell_by_half"
    title: str = message("Usage down by half").text
    gives_probability: bool = False

    def learn(self, known: Sequence[Observation]) -> Forecast:  # noqa: ARG002
        """See ``Forecaster``."""
        return Forecast(
            risk=lambda observations: np.array(
                [
                    observation.baseline_inputs.uses <= observation.baseline_inputs.usual_uses / 2
                    for observation in observations
                ],
                np.float64,
            )
        )


@dataclass(frozen=True, slots=True)
class RfmRanks:
    """Recency, frequency (active days of a year), money (ARR): ranks among the known observations, summed.

    An observation without ARR takes the middle rank there.
    """

    name: str = "rfm"
    title: str = message("Sum of RFM ranks").text
    gives_probability: bool = False

    def learn(self, known: Sequence[Observation]) -> Forecast:
        """See ``Forecaster``."""
        known = near(known)
        if not known:
            return Forecast(risk=_silence, abstains=_NOTHING_KNOWN.text)
        scales = [np.sort(values) for values in _rfm(known)]

        def risk(observations: Sequence[Observation]) -> FloatArray:
            ranks = [_rank(values, scale) for values, scale in zip(_rfm(observations), scales, strict=True)]
            # Sums of the same ranks in another order must tie, which their last digits don't.
            total: FloatArray = np.round(1 - np.mean(ranks, axis=0), 12)
            return total

        return Forecast(risk=risk)


BASELINES: Final[tuple[Forecaster, ...]] = (Scorecard(), DaysSinceLastUse(), UseFellByHalf(), RfmRanks())


def _silence(observations: Sequence[Observation]) -> FloatArray:
    days = [
        np.inf if observation.baseline_inputs.days_silent is None else observation.baseline_inputs.days_silent
        for observation in observations
    ]
    return 1 - 1 / (1 + np.array(days, np.float64) / A_QUARTER)


def _rfm(observations: Sequence[Observation]) -> list[FloatArray]:
    money = [np.nan if observation.arr is None else observation.arr.amount for observation in observations]
    return [
        -_silence(observations),
        np.array([observation.baseline_inputs.active_days for observation in observations], np.float64),
        np.array(money, np.float64),
    ]


def _rank(values: FloatArray, scale: FloatArray) -> FloatArray:
    """Return the share of ``scale`` below each value, equals half; NaN ranks in the middle."""
    told = scale[np.isfinite(scale)]
    if not len(told):
        return np.full(len(values), 0.5)
    below, upto = np.searchsorted(told, values), np.searchsorted(told, values, side="right")
    return np.where(np.isnan(values), 0.5, (below + upto) / 2 / len(told))
