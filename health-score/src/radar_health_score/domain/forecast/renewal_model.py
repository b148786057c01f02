"""A trained version of the renewal model, and what it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from radar_health_score.domain.account.facts import AccountFacts, Contract
from radar_health_score.domain.forecast.features import features_of
from radar_health_score.domain.forecast.model import FittedModel
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.domain.workspace.exchange import Rates


class PredictionRequest(NamedTuple):
    """An account with open contracts, the calendar day, and the exchange rates that compare amounts."""

    facts: AccountFacts
    readings: Readings
    today: date
    rates: Rates


Probabilities = dict[int, float]  # of renewal, by place in ``facts.contracts``


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewalModel:
    """A version of the model, ready to predict."""

    version: str
    fitted: FittedModel

    def renewal_probabilities(self, requests: Sequence[PredictionRequest]) -> list[Probabilities]:
        """Return, for each account, the probability of renewal by place in ``facts.contracts``.

        It leaves out contracts where too little is known of the account, or the renewal is too far off.
        """
        places = [
            (at, place) for at, one in enumerate(requests) for place in open_places(one.facts.contracts)
        ]
        found: list[Probabilities] = [{} for _ in requests]
        if places:
            churn = self.fitted.churn(
                np.array([vector_of(requests[at], place) for at, place in places]),
                np.array([lead_of(requests[at], place) for at, place in places], np.float64),
            )
            for (at, place), probability in zip(places, churn.tolist(), strict=True):
                if probability == probability:  # noqa: PLR0124 - NaN is where it abstains
                    found[at][place] = 1 - probability
        return found


def vector_of(request: PredictionRequest, place: int) -> FloatArray:
    """Return the features of one contract."""
    return features_of(
        request.facts, request.readings, request.facts.contracts[place], request.today, request.rates
    )


def lead_of(request: PredictionRequest, place: int) -> int:
    """Return the days to the renewal of one contract, which has a renewal date."""
    renews_on = request.facts.contracts[place].renews_on
    assert renews_on is not None
    return (renews_on - request.today).days


def open_places(contracts: Sequence[Contract]) -> list[int]:
    """Return the places of the contracts that come up for renewal and weren't cancelled."""
    return [
        at
        for at, one in enumerate(contracts)
        if one.closing is None and one.renews_on is not None and not one.trial
    ]
