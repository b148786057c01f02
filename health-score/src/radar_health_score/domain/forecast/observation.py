"""An observation without the facts behind it: what a forecaster learns from and is judged on, thousands at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

import numpy as np

from radar_health_score.domain.account.facts import WINDOW_DAYS, AccountFacts, Contract
from radar_health_score.domain.forecast.features import LONGEST_LEAD
from radar_health_score.domain.forecast.later_outcomes import ALL_UNKNOWN, LaterOutcomes
from radar_health_score.domain.forecast.observed_contract import ObservedContract
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.metrics.reading import Readings, known
from radar_health_score.domain.workspace.exchange import Rates
from radar_vocabulary.contracts.scalars import Money, Segment

NOTHING: Final[FloatArray] = np.empty(0)
A_YEAR: Final = 364
USUAL_WINDOWS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class BaselineInputs:
    """What the baselines look at.

    Attributes:
        days_silent: since the last day with any use; None where there never was any.
        uses: in the last WINDOW_DAYS days. ``usual_uses``: mean of the USUAL_WINDOWS such windows before.
        active_days, uses_year: over A_YEAR days.
    """

    days_silent: float | None
    uses: float
    usual_uses: float
    active_days: int
    uses_year: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """A contract end seen ``lead_days`` before it; see ``ObservedContract``.

    Attributes:
        arr: in the workspace's currency where a rate is configured, else in its own.
        scorecard: probability of churn by the scorecard; None where it abstains.
        features: what the model looks at, in the order of its features; empty where no model asked.
        term_days: from the term's start to its renewal, where that is known.
        later_outcomes: what became of the contract; for who learns, as far as it was known by then.
    """

    account_id: str
    contract_id: str
    renews_on: date
    observed_at: datetime
    lead_days: int
    churned: bool | None
    label_known_at: datetime | None
    segment: Segment
    arr: Money | None
    scorecard: float | None
    baseline_inputs: BaselineInputs
    features: FloatArray = field(default_factory=lambda: NOTHING, compare=False)
    term_days: int | None = None
    later_outcomes: LaterOutcomes = field(default=ALL_UNKNOWN, compare=False)

    @property
    def key(self) -> tuple[str, str, date, datetime, int]:
        """What tells observations apart, and orders them the same way whoever made them."""
        return (self.account_id, self.contract_id, self.renews_on, self.observed_at, self.lead_days)


def observation_of(observed: ObservedContract, rates: Rates, features: FloatArray = NOTHING) -> Observation:
    """Return the observation of an observation."""
    return Observation(
        account_id=observed.account_id,
        contract_id=observed.contract_id,
        renews_on=observed.renews_on,
        observed_at=observed.observed_at,
        lead_days=observed.lead_days,
        churned=observed.churned,
        label_known_at=observed.label_known_at,
        segment=observed.segment,
        arr=_converted(observed.arr, rates),
        scorecard=None if observed.probability is None else 1 - observed.probability,
        baseline_inputs=baseline_inputs_of(observed.facts, observed.readings),
        features=features,
        term_days=_term_days(observed.contract),
        later_outcomes=observed.later_outcomes,
    )


def baseline_inputs_of(facts: AccountFacts, readings: Readings) -> BaselineInputs:
    """Return what the baselines look at."""
    year = facts.year
    age = facts.through.toordinal() - year.days
    window = age < WINDOW_DAYS
    before = (age >= WINDOW_DAYS) & (age < (1 + USUAL_WINDOWS) * WINDOW_DAYS)
    last_year = age < A_YEAR
    return BaselineInputs(
        days_silent=known(readings, "days_since_last_activity"),
        uses=float(year.uses[window].sum()),
        usual_uses=float(year.uses[before].sum()) / USUAL_WINDOWS,
        active_days=int(last_year.sum()),
        uses_year=float(year.uses[last_year].sum()),
    )


def known_before(observations: Iterable[Observation], moment: datetime) -> list[Observation]:
    """Return the observations whose outcome was known by ``moment``, with their later outcomes as of then.

    That is all that may be learned from.
    """
    found = (
        observation
        for observation in observations
        if observation.label_known_at is not None and observation.label_known_at <= moment
    )
    return [
        replace(observation, later_outcomes=observation.later_outcomes.known_by(moment))
        for observation in sorted(found, key=lambda observation: observation.key)
    ]


def observed_from(observations: Iterable[Observation], moment: datetime) -> list[Observation]:
    """Return the observations with an outcome that were observed at ``moment`` or later: all that may be judged on."""
    found = (
        observation
        for observation in observations
        if observation.churned is not None and observation.observed_at >= moment
    )
    return sorted(found, key=lambda observation: observation.key)


def near(observations: Iterable[Observation]) -> list[Observation]:
    """Return the observations at the leads that a model learns from."""
    return [observation for observation in observations if observation.lead_days <= LONGEST_LEAD]


def churned_of(observations: Sequence[Observation]) -> FloatArray:
    """Return 1 for each that churned, 0 for each that didn't."""
    return np.array([bool(observation.churned) for observation in observations], np.float64)


def _term_days(contract: Contract) -> int | None:
    if contract.stated_start is None or contract.renews_on is None:
        return None
    return max(0, (contract.renews_on - contract.stated_start).days) or None


def _converted(money: Money | None, rates: Rates) -> Money | None:
    for currency, amount in rates.total([money]).items():
        return Money(amount=amount, currency=currency)
    return None
