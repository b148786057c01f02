"""An observation without the facts behind it: what a forecaster learns from and is judged on, thousands at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

import numpy as np

from radar_health_score.domain.account.facts import WINDOW_DAYS, AccountFacts, Contract
from radar_health_score.domain.forecast.fate import NOBODY_KNOWS, Fate
from radar_health_score.domain.forecast.features import LONGEST_LEAD
from radar_health_score.domain.forecast.observation import Observation
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.metrics.reading import Readings, known
from radar_health_score.domain.workspace.exchange import Rates
from radar_vocabulary.contracts.scalars import Money, Segment

NOTHING: Final[FloatArray] = np.empty(0)
A_YEAR: Final = 364
USUAL_WINDOWS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What the simple rules look at.

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
class Case:
    """A contract end seen ``lead_days`` before it; see ``Observation``.

    Attributes:
        arr: in the workspace's currency where a rate is configured, else in its own.
        scorecard: probability of churn by the scorecard; None where it abstains.
        features: what the model looks at, in the order of its features; empty where no model asked.
        term_days: from the term's start to its renewal, where that is known.
        fate: what became of the contract; for who learns, as far as it was known by then.
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
    signs: Signs
    features: FloatArray = field(default_factory=lambda: NOTHING, compare=False)
    term_days: int | None = None
    fate: Fate = field(default=NOBODY_KNOWS, compare=False)

    @property
    def key(self) -> tuple[str, str, date, datetime, int]:
        """What tells cases apart, and orders them the same way whoever made them."""
        return (self.account_id, self.contract_id, self.renews_on, self.observed_at, self.lead_days)


def case_of(observation: Observation, rates: Rates, features: FloatArray = NOTHING) -> Case:
    """Return the case of an observation."""
    return Case(
        account_id=observation.account_id,
        contract_id=observation.contract_id,
        renews_on=observation.renews_on,
        observed_at=observation.observed_at,
        lead_days=observation.lead_days,
        churned=observation.churned,
        label_known_at=observation.label_known_at,
        segment=observation.segment,
        arr=_converted(observation.arr, rates),
        scorecard=None if observation.probability is None else 1 - observation.probability,
        signs=signs_of(observation.facts, observation.readings),
        features=features,
        term_days=_term_days(observation.contract),
        fate=observation.fate,
    )


def signs_of(facts: AccountFacts, readings: Readings) -> Signs:
    """Return what the simple rules look at."""
    year = facts.year
    age = facts.through.toordinal() - year.days
    window = age < WINDOW_DAYS
    before = (age >= WINDOW_DAYS) & (age < (1 + USUAL_WINDOWS) * WINDOW_DAYS)
    last_year = age < A_YEAR
    return Signs(
        days_silent=known(readings, "days_since_last_activity"),
        uses=float(year.uses[window].sum()),
        usual_uses=float(year.uses[before].sum()) / USUAL_WINDOWS,
        active_days=int(last_year.sum()),
        uses_year=float(year.uses[last_year].sum()),
    )


def known_before(cases: Iterable[Case], moment: datetime) -> list[Case]:
    """Return the cases whose outcome was known by ``moment``, with their fates as of then.

    That is all that may be learned from.
    """
    found = (case for case in cases if case.label_known_at is not None and case.label_known_at <= moment)
    return [
        replace(case, fate=case.fate.known_by(moment)) for case in sorted(found, key=lambda case: case.key)
    ]


def observed_from(cases: Iterable[Case], moment: datetime) -> list[Case]:
    """Return the cases with an outcome that were observed at ``moment`` or later: all that may be judged on."""
    found = (case for case in cases if case.churned is not None and case.observed_at >= moment)
    return sorted(found, key=lambda case: case.key)


def near(cases: Iterable[Case]) -> list[Case]:
    """Return the cases at the leads that a model learns from."""
    return [case for case in cases if case.lead_days <= LONGEST_LEAD]


def churned_of(cases: Sequence[Case]) -> FloatArray:
    """Return 1 for each that churned, 0 for each that didn't."""
    return np.array([bool(case.churned) for case in cases], np.float64)


def _term_days(contract: Contract) -> int | None:
    if contract.told_start is None or contract.renews_on is None:
        return None
    return max(0, (contract.renews_on - contract.told_start).days) or None


def _converted(money: Money | None, rates: Rates) -> Money | None:
    for currency, amount in rates.total([money]).items():
        return Money(amount=amount, currency=currency)
    return None
