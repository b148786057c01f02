"""A model that speaks of contracts: its probabilities of renewal, and what they are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from radar_health_score.domain.account.facts import AccountFacts, Contract
from radar_health_score.domain.forecast.features import features_of
from radar_health_score.domain.forecast.model import Speaking
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.domain.workspace.exchange import Rates


class Asked(NamedTuple):
    """An account whose open contracts are asked about, on a calendar day, and the rates that compare their worth."""

    facts: AccountFacts
    readings: Readings
    today: date
    rates: Rates


Told = dict[int, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A version of the model, ready to speak."""

    version: str
    speaking: Speaking

    def renewals(self, asked: Sequence[Asked]) -> list[Told]:
        """Return, for each account, the probability of renewal by place in ``facts.contracts``.

        Of those left out it says nothing: too little is known of the account, or the renewal is too far off.
        """
        places = [(at, place) for at, one in enumerate(asked) for place in open_places(one.facts.contracts)]
        found: list[Told] = [{} for _ in asked]
        if places:
            churn = self.speaking.churn(
                np.array([vector_of(asked[at], place) for at, place in places]),
                np.array([lead_of(asked[at], place) for at, place in places], np.float64),
            )
            for (at, place), probability in zip(places, churn.tolist(), strict=True):
                if probability == probability:  # noqa: PLR0124 - NaN is where it abstains
                    found[at][place] = 1 - probability
        return found


def vector_of(asked: Asked, place: int) -> FloatArray:
    """Return the features of one contract."""
    return features_of(asked.facts, asked.readings, asked.facts.contracts[place], asked.today, asked.rates)


def lead_of(asked: Asked, place: int) -> int:
    """Return the days to the renewal of one contract, which has a renewal date."""
    renews_on = asked.facts.contracts[place].renews_on
    assert renews_on is not None
    return (renews_on - asked.today).days


def open_places(contracts: Sequence[Contract]) -> list[int]:
    """Return the places of the contracts that are open and have a renewal date."""
    return [at for at, one in enumerate(contracts) if one.closing is None and one.renews_on is not None]
