"""The model as one of the forecasters that a backtest compares: it learns anew from what was known at the split."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from radar_chassis.errors import ConfigurationError
from radar_health_score.domain.forecast.features import AS_AGREED, features_of
from radar_health_score.domain.forecast.forecaster import Forecast
from radar_health_score.domain.forecast.observation import Observation
from radar_health_score.domain.forecast.observed_contract import ObservedContract
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.service.forecast.learner import Learner
from radar_health_score.service.forecast.learning import risk
from radar_health_score.service.forecast.long_horizon_learning import learn_long_horizon
from radar_vocabulary.language.messages import message


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelForecaster:
    """See ``Forecaster``."""

    learner: Learner
    name: str = "model"
    title: str = message("Model").text
    gives_probability: bool = True

    def learn(self, known: Sequence[Observation]) -> Forecast:
        """See ``Forecaster``."""
        try:
            learned = learn_long_horizon(known, self.learner)
        except ConfigurationError as error:
            return Forecast(risk=lambda _: _nothing(), abstains=error.detail.rstrip("."))
        if learned.fitted is None:
            return Forecast(risk=lambda _: _nothing(), abstains=learned.abstains)
        return Forecast(risk=partial(risk, learned.fitted), long_horizon=learned.fitted.model.long_horizon)


def observed_features(observed: ObservedContract, rates: Rates = AS_AGREED) -> FloatArray:
    """Return the features of an observed contract, as scoring would have seen them at that moment."""
    return features_of(
        observed.facts,
        observed.readings,
        observed.contract,
        observed.renews_on - timedelta(days=observed.lead_days),
        rates,
    )


def _nothing() -> FloatArray:
    raise AssertionError("asked for a risk though the model abstains")
