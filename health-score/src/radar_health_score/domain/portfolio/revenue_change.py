"""One account between two days: what it paid then and now, and how its terms ended in between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.revenue import Paid, Span, revenue_on, spans
from radar_health_score.domain.contracts.term_ends import term_ends, worth
from radar_health_score.domain.workspace.exchange import Rates
from radar_vocabulary.contracts.scalars import Money

Difference = Literal["", "unpriced", "switched"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevenueChange:
    """An account over a window of days (after the first, through the last).

    Attributes:
        before, now: what it paid at the end of the first and of the last day.
        left_before: whether a term of it had ended by the first day: who comes now comes back.
        renewed, churned: terms that ended in the window, by how they ended.
        ends: (MRR before, MRR after or None) of the terms that ended in the window and can be compared.
        overdue: open terms whose renewal date has passed by the last day.
        differs: why ``before`` and ``now`` can't be compared: "unpriced" (a term names no MRR), "switched" (another
            currency, without a rate between the two); "" where they can.
    """

    before: Paid
    now: Paid
    left_before: bool
    renewed: int
    churned: int
    ends: tuple[tuple[Money, Money | None], ...]
    overdue: int
    differs: Difference


def revenue_change(contracts: Sequence[Contract], first: date, last: date, rates: Rates) -> RevenueChange:
    """Return how the account's revenue went from the end of ``first`` to the end of ``last``."""
    covered = spans(contracts)
    before, now = revenue_on(covered, first, rates), revenue_on(covered, last, rates)
    ends = tuple(term_ends(contracts, first, last))
    churned = sum(1 for end in ends if end.closing.outcome == "churned")
    return RevenueChange(
        before=before,
        now=now,
        left_before=_left(covered, first),
        renewed=len(ends) - churned,
        churned=churned,
        ends=tuple(compared for end in ends if (compared := worth(end, rates)) is not None),
        overdue=sum(1 for term in contracts if _overdue(term, last)),
        differs=_differs(before, now),
    )


def _left(covered: Iterable[Span], day: date) -> bool:
    return any(span.ends is not None and span.ends <= day for span in covered)


def _overdue(term: Contract, day: date) -> bool:
    if term.trial:
        return False
    begun = term.starts_on is None or term.starts_on <= day
    still_open = term.closing is None or term.closing.on > day
    return begun and still_open and term.renews_on is not None and term.renews_on < day


def _differs(before: Paid, now: Paid) -> Difference:
    if not before.customer or not now.customer:
        return "" if before.priced and now.priced else "unpriced"
    if not before.priced or not now.priced:
        return "unpriced"
    return "" if before.mrr.keys() == now.mrr.keys() else "switched"
