"""What the forecast's features read: one account's use of a year, summed once so that any span is two look-ups."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import nan
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from radar_health_score.domain.account.facts import AccountFacts, Contract, Person
from radar_health_score.domain.account.year_use import YEAR_DAYS
from radar_health_score.domain.contracts.revenue import in_force
from radar_health_score.domain.metrics.reading import Readings, known

SPANS: Final = (28, 56, 84, 182, 364)
HALF_LIVES: Final = (15, 30, 60, 90, 180, 365)
Floats = NDArray[np.float64]
_CUTS: Final = np.array(sorted({0, YEAR_DAYS, *SPANS, *(2 * span for span in SPANS if span < 364)}))
_AT: Final = {int(cut): place for place, cut in enumerate(_CUTS)}
_DECAYS: Final = 1 / np.array(HALF_LIVES, np.float64)[:, None]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractView:
    """One contract of an account, as its features see it.

    Days are counted back from the last day that counts: 0 is that day. NaN where something isn't known.

    Attributes:
        age_days: since the first use, both days included. ``idle_days``: since the last.
        ages: of the days with use within YEAR_DAYS, newest first.
        last_seen, first_seen: of each person with any use, ascending.
        faded_days: for each of HALF_LIVES h, the sum of exp(-age / h) over ``ages``; ``faded_people``: over
            ``last_seen``.
        days_left: to the renewal of the contract. ``term_days``: from its start to its renewal.
        beside: the account's other contracts in force.
    """

    facts: AccountFacts
    readings: Readings
    contract: Contract
    age_days: float
    idle_days: float
    ages: NDArray[np.int64]
    last_seen: Sequence[int]
    first_seen: Sequence[int]
    faded_days: Sequence[float]
    faded_people: Sequence[float]
    days_left: float
    term_days: float
    beside: tuple[Contract, ...]
    _uses: Sequence[float]
    _days: Sequence[int]
    _user_days: Sequence[float]

    @classmethod
    def at(cls, facts: AccountFacts, readings: Readings, contract: Contract, today: date) -> Self:
        """Return the look at ``contract`` on ``today``, the calendar day of the facts' moment."""
        year, through = facts.year, facts.through.toordinal()
        ages = (through - year.days[::-1]).astype(np.int64)
        places = np.searchsorted(ages, _CUTS)
        seen = [one for one in facts.people if one.last_day is not None]
        inactive = facts.inactive
        listed = np.array([_ago(through, one.last_day) for one in seen], np.int64)
        last_seen = np.sort(np.concatenate((listed, through - inactive.last_days)))
        began = np.array([_first(through, one) for one in seen], np.int64)
        return cls(
            facts=facts,
            readings=readings,
            contract=contract,
            age_days=_age(facts),
            idle_days=float(ages[0]) if len(ages) else _read(readings, "days_since_last_activity"),
            ages=ages,
            last_seen=last_seen.tolist(),
            first_seen=np.sort(np.concatenate((began, through - inactive.first_days))).tolist(),
            faded_days=_faded(ages),
            faded_people=_faded(last_seen),
            days_left=nan if contract.renews_on is None else (contract.renews_on - today).days,
            term_days=_term(contract),
            beside=_beside(contract, facts, today),
            _uses=_running(year.uses[::-1], places),
            _days=places.tolist(),
            _user_days=_running(year.users[::-1], places),
        )

    @property
    def watched_days(self) -> float:
        """Days of the year since the first use."""
        return min(self.age_days, YEAR_DAYS)

    def uses(self, since: int, until: int = 0) -> float:
        """Return the uses less than ``since`` and at least ``until`` days ago."""
        return self._uses[_AT[since]] - self._uses[_AT[until]]

    def days(self, since: int, until: int = 0) -> int:
        """Return the days with use in that span."""
        return self._days[_AT[since]] - self._days[_AT[until]]

    def user_days(self, since: int) -> float:
        """Return the users of each day, summed over the last ``since`` days."""
        return self._user_days[_AT[since]]

    def people(self, since: int) -> int:
        """Return how many people were there in the last ``since`` days."""
        return int(np.searchsorted(self.last_seen, since))

    def reading(self, name: str) -> float:
        """Return the metric ``name``; NaN where it is missing."""
        return _read(self.readings, name)


def _read(readings: Readings, name: str) -> float:
    value = known(readings, name)
    return nan if value is None else value


def _running(amounts: NDArray[np.generic], places: NDArray[np.intp]) -> list[float]:
    sums = np.concatenate(([0.0], np.cumsum(amounts, dtype=np.float64)))
    found: list[float] = sums[places].tolist()
    return found


def _faded(ages: NDArray[np.int64]) -> list[float]:
    sums: list[float] = np.exp(-ages * _DECAYS).sum(axis=1).tolist()
    return sums


def _age(facts: AccountFacts) -> float:
    if facts.first_event_at is None:
        return nan
    first, days = facts.first_event_at.toordinal(), facts.year.days
    # The year's days are the workspace's, which lie a day at most from those in UTC; before the year that is all one.
    if len(days) and abs(int(days[0]) - first) <= 1:
        first = int(days[0])
    return max(0, facts.through.toordinal() - first) + 1


def _ago(through: int, day: date | None) -> int:
    return through if day is None else max(0, through - day.toordinal())


def _first(through: int, person: Person) -> int:
    return _ago(through, person.first_day or person.last_day)


def _beside(contract: Contract, facts: AccountFacts, today: date) -> tuple[Contract, ...]:
    return tuple(other for other in in_force(facts.contracts, today) if other.agreement != contract.agreement)


def _term(contract: Contract) -> float:
    if contract.renews_on is None or contract.stated_start is None:
        return nan
    return (contract.renews_on - contract.stated_start).days
