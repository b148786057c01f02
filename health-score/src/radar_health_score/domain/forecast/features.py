"""The features of the renewal forecast: one table, read in training and in scoring alike.

Everything is built from ``AccountFacts`` and the metrics' readings, which hold only what was known at their moment.
Counts are taken as logarithms, trends as logarithms of smoothed ratios, so that small and large customers compare.
NaN means missing. Apart from the contract's own, nothing looks back further than a year: what only ever grows with
the age of an account takes values later that training has never seen. The order of the table is the order of the
vector; its hash goes into every model.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from math import log, log1p, nan
from operator import attrgetter
from typing import Final, Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from radar_health_score.domain.account.facts import AccountFacts, Contract
from radar_health_score.domain.forecast.contract_view import HALF_LIVES, SPANS, ContractView
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.domain.workspace.exchange import Rates
from radar_vocabulary.contracts.scalars import Money

Vector = NDArray[np.float64]
Rises = Literal[-1, 0, 1]
AS_AGREED: Final = Rates()
SMOOTHING: Final = 5.0
LONGEST_LEAD: Final = 120
VERSION: Final = 2  # raise it when a feature's formula changes under the same name


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature of the forecast.

    Attributes:
        risk: 1 where more of it can only raise the risk of churn, -1 where it can only lower it, 0 where either may be.
        about: what it speaks of, for people who ask which part of a forecast comes from where.
        names: whether its values stand for names, which are the same or not and nothing else.
    """

    name: str
    risk: Rises
    about: str
    function: Callable[[ContractView], float]
    names: bool = False


def features_of(
    facts: AccountFacts, readings: Readings, contract: Contract, today: date, rates: Rates = AS_AGREED
) -> Vector:
    """Return the features of one contract: float64, shape (len(FEATURES),), NaN where missing.

    Revenue is compared in the workspace's currency; where that is set and ``rates`` has none for the contract's, it is
    missing.
    """
    view = ContractView.at(
        facts, readings, replace(contract, mrr=_in_one_currency(contract.mrr, rates)), today
    )
    return np.array([feature.function(view) for feature in FEATURES], np.float64)


def _in_one_currency(money: Money | None, rates: Rates) -> Money | None:
    if money is None or rates.currency is None:
        return money
    worth = rates.convert(money)
    return worth if worth.currency == rates.currency else None


def _log_ratio(now: float, before: float) -> float:
    return log((now + SMOOTHING) / (before + SMOOTHING))


def _trend(span: int) -> Callable[[ContractView], float]:
    def trend(view: ContractView) -> float:
        if not view.age_days >= 1.5 * span:
            return nan
        return _log_ratio(view.uses(span), view.uses(2 * span, span))

    return trend


def _against_year(span: int) -> Callable[[ContractView], float]:
    def ratio(view: ContractView) -> float:
        if not view.age_days >= 2 * span:
            return nan
        days = min(364.0, view.age_days)
        return _log_ratio(view.uses(span), view.uses(364) * span / days)

    return ratio


def _day_trend(view: ContractView) -> float:
    return log((view.days(182) + 1) / (view.days(364, 182) + 1)) if view.age_days >= 273 else nan


def _gaps(view: ContractView) -> float:
    return float(np.diff(view.ages).max()) if len(view.ages) > 1 else nan


def _idle_in_gaps(view: ContractView) -> float:
    return log((view.idle_days + 1) / (view.watched_days / max(1, len(view.ages)) + 1))


def _idle_in_longest_gap(view: ContractView) -> float:
    return log((view.idle_days + 1) / (_gaps(view) + 1))


def _seen_in(spans: int, of: int) -> Callable[[ContractView], float]:
    """Return the share of the last ``of`` / ``spans`` stretches of ``spans`` days that held any use."""
    return lambda view: len(np.unique(view.ages[view.ages < of] // spans)) / (of / spans)


def _per_seat(amount: Callable[[ContractView], float]) -> Callable[[ContractView], float]:
    def ratio(view: ContractView) -> float:
        seats = view.reading("seats")
        return log1p(amount(view) / seats) if seats > 0 else nan

    return ratio


def _second_person(view: ContractView) -> float:
    return log1p(view.last_seen[1]) if len(view.last_seen) > 1 else nan


def _log(name: str) -> Callable[[ContractView], float]:
    return lambda view: log1p(max(view.reading(name), 0.0))


def _plain(name: str) -> Callable[[ContractView], float]:
    return lambda view: view.reading(name)


def _new_people(view: ContractView) -> float:
    return log1p(sum(1 for age in view.first_seen if age < 182))


def _over(amount: Callable[[ContractView, int], float], span: int) -> Callable[[ContractView], float]:
    return lambda view: log1p(amount(view, span))


def _faded(sums: Callable[[ContractView], Sequence[float]], place: int) -> Callable[[ContractView], float]:
    return lambda view: log(sums(view)[place] + 0.01)


def _active_share(view: ContractView) -> float:
    return log((len(view.ages) + 0.5) / (view.watched_days + 1))


def _breadth(view: ContractView) -> float:
    names = {name for day in view.facts.usage for name in day.features if not name.startswith("$")}
    return log1p(len(names))


def _arr(view: ContractView) -> float:
    mrr = view.contract.mrr
    return nan if mrr is None else log1p(max(12 * mrr.amount, 0.0))


def _contract_share(view: ContractView) -> float:
    """Return the contract's share of the account, whose use is that of all its contracts together.

    By seats where all of them name any, else each counts the same.
    """
    seats = [contract.seats or 0 for contract in (view.contract, *view.beside)]
    return seats[0] / sum(seats) if all(seats) else 1 / len(seats)


def _product(view: ContractView) -> float:
    """Return a number from 0 to 1 that stands for the product: a vector holds numbers."""
    product = view.contract.product
    return nan if product is None else crc32(product.encode()) / 2**32


def _table() -> Iterable[Feature]:
    yield Feature("idle_days", 1, "silence", lambda view: log1p(view.idle_days))
    yield Feature("idle_in_gaps", 1, "silence", _idle_in_gaps)
    yield Feature("idle_in_longest_gap", 1, "silence", _idle_in_longest_gap)
    yield Feature("longest_gap", 0, "silence", lambda view: log1p(_gaps(view)))
    for span in SPANS:
        yield Feature(f"uses_{span}", -1, "use", _over(ContractView.uses, span))
        yield Feature(f"active_days_{span}", -1, "use", _over(ContractView.days, span))
        yield Feature(f"user_days_{span}", -1, "use", _over(ContractView.user_days, span))
    for of in (84, 182, 364):
        yield Feature(f"active_weeks_{of}", -1, "use", _seen_in(7, of))
    yield Feature("active_windows", -1, "use", _seen_in(28, 364))
    yield Feature("active_share", -1, "use", _active_share)
    for place, life in enumerate(HALF_LIVES):
        yield Feature(f"faded_days_{life}", -1, "use", _faded(attrgetter("faded_days"), place))
        if life < 180:
            yield Feature(f"faded_people_{life}", -1, "people", _faded(attrgetter("faded_people"), place))
    for span in (28, 56, 84, 182):
        yield Feature(f"use_trend_{span}", 0, "trend", _trend(span))
    yield Feature("month_of_year", 0, "trend", _against_year(28))
    yield Feature("quarter_of_year", 0, "trend", _against_year(84))
    yield Feature("day_trend_182", 0, "trend", _day_trend)
    for span in (28, 84, 182, 364):
        yield Feature(f"people_{span}", -1, "people", _over(ContractView.people, span))
    yield Feature("second_person_idle", 1, "people", _second_person)
    yield Feature("new_people_182", -1, "people", _new_people)
    yield Feature("uses_per_seat_84", 0, "seats", _per_seat(lambda view: view.uses(84)))
    yield Feature("uses_per_seat_182", 0, "seats", _per_seat(lambda view: view.uses(182)))
    yield Feature("people_per_seat_182", 0, "seats", _per_seat(lambda view: view.people(182)))
    yield Feature("watched_days", 0, "contract", lambda view: log1p(view.watched_days))
    yield Feature("tenure", 0, "contract", _log("tenure_days"))
    yield Feature("renewals", 0, "contract", _log("renewals_so_far"))
    yield Feature("term", 0, "contract", lambda view: log1p(max(view.term_days, 0.0)))
    yield Feature("product", 0, "contract", _product, names=True)
    yield Feature("contracts_beside", 0, "contract", lambda view: log1p(len(view.beside)))
    yield Feature("contract_share", 0, "contract", _contract_share)
    yield Feature("seats", 0, "contract", _log("seats"))
    yield Feature("arr", 0, "contract", _arr)
    yield Feature("seats_change", 0, "contract", _plain("seats_change"))
    yield Feature("revenue_change", 0, "contract", _plain("revenue_change"))
    yield Feature("days_left", 0, "contract", lambda view: min(max(view.days_left, 0.0), LONGEST_LEAD))
    yield Feature("breadth_90", 0, "use", _breadth)
    for name in _READ:
        yield Feature(name, 0, "metrics", _plain(name))
    for name in _COUNTED:
        yield Feature(name, 0, "signals", _log(name))


_READ: Final = (
    "stickiness",
    "regularity",
    "active_days_per_active_user",
    "key_feature_breadth",
    "concentration",
    "champion_silent",
    "user_retention",
    "usage_trend",
    "seat_utilisation",
    "activation_rate",
    "north_star_vs_target",
    "nps_latest",
    "nps_mean",
    "csat_mean",
)
_COUNTED: Final = (
    "minutes_per_active_user",
    "key_feature_frequency",
    "days_since_decision_maker",
    "days_since_manager",
    "open_tickets",
    "severe_open_tickets",
    "complaints",
    "time_to_resolve_hours",
    "invoices_overdue",
    "promises_overdue",
    "blocking_requests",
    "incident_minutes",
)
FEATURES: Final[tuple[Feature, ...]] = tuple(_table())
NAMES: Final = tuple(feature.name for feature in FEATURES)
NAMED: Final = tuple(at for at, feature in enumerate(FEATURES) if feature.names)
DIRECTIONS: Final = tuple(feature.risk for feature in FEATURES)
FEATURES_HASH: Final = sha256(
    f"{VERSION} {[(feature.name, feature.risk, feature.names) for feature in FEATURES]}".encode()
).hexdigest()[:16]
