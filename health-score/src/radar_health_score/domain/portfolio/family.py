"""Parent accounts: the health and revenue of an account and of everything below it, rolled up.

Parents are told account by account, so they can be wrong: an account that is its own parent, directly or by way of
others, has its parent ignored, and so has each account on that circle. Whatever hangs below one of them still does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from radar_health_score.domain.workspace.exchange import Amounts, Rates
from radar_vocabulary.contracts.scalars import Band, Money, Standing

Parents = Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """A member of a family with its latest health, and what it pays by currency."""

    account_id: str
    parent_id: str | None = None
    name: str | None = None
    standing: Standing = "customer"
    score: float | None = None
    band: Band = "unknown"
    arr: Amounts
    arr_at_risk: Amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class RollUp:
    """A family's sums.

    Attributes:
        score: mean of the members' scores, weighted by ARR; None where nobody has a score. Customers count; where
            there are none, those who aren't former ones; else everybody.
        weighted_by: accounts where none of them pays, or their currencies can't be brought together.
        worst: the member with the lowest score, the head left out; None where none has any.
        arr, arr_at_risk: sums by currency.
    """

    members: int
    score: float | None
    weighted_by: Literal["arr", "accounts"]
    worst: Relative | None
    arr: Amounts
    arr_at_risk: Amounts


def on_a_circle(account_id: str, parents: Parents) -> bool:
    """Return whether following the parents of an account leads back to it."""
    return account_id in _above(account_id, parents)


def ancestors(account_id: str, parents: Parents) -> tuple[str, ...]:
    """Return the accounts above, nearest first; the last may be one that nobody has told of itself.

    An account on a circle has none; who hangs below one has those up to the first account on the circle.
    """
    above = _above(account_id, parents)
    if account_id in above:
        return ()
    back_to = parents.get(above[-1]) if above else None
    return tuple(above[: above.index(back_to) + 1] if back_to is not None else above)


def members(head: str, relatives: Sequence[Relative]) -> tuple[tuple[int, Relative], ...]:
    """Return the head's family with each one's distance from it: itself (where known), then all below it.

    ``relatives`` must hold everything that can be reached downwards from ``head``.
    """
    by_id = {one.account_id: one for one in relatives}
    # Whoever is both above and below the head is on a circle with it.
    apart = {head, *_above(head, {one.account_id: one.parent_id for one in relatives})}
    below: dict[str | None, list[Relative]] = {}
    for one in sorted(relatives, key=lambda relative: relative.account_id):
        if one.account_id not in apart:
            below.setdefault(one.parent_id, []).append(one)
    found = [(0, by_id[head])] if head in by_id else []
    level, depth = [head], 0
    while level:
        depth += 1
        children = [child for one in level for child in below.get(one, ())]
        found += [(depth, child) for child in children]
        level = [child.account_id for child in children]
    return tuple(found)


def roll_up(head: str, family: Sequence[Relative], rates: Rates) -> RollUp:
    """Return the sums of a family; ``head`` is the account at its top."""
    scored = [one for one in _counted(family) if one.score is not None]
    weights = _weights(scored, rates)
    return RollUp(
        members=len(family),
        score=float(np.average([one.score or 0.0 for one in scored], weights=weights)) if scored else None,
        weighted_by="accounts" if weights is None else "arr",
        worst=min(
            (one for one in scored if one.account_id != head),
            key=lambda one: (one.score, one.account_id),
            default=None,
        ),
        arr=rates.total(_money(one.arr for one in family)),
        arr_at_risk=rates.total(_money(one.arr_at_risk for one in family)),
    )


def _counted(family: Sequence[Relative]) -> Sequence[Relative]:
    customers = [one for one in family if one.standing == "customer"]
    return customers or [one for one in family if one.standing != "former"] or family


def _weights(relatives: Sequence[Relative], rates: Rates) -> Sequence[float] | None:
    """Return each one's ARR in the one currency of all of them; None where there is none, or it comes to nothing."""
    amounts = [rates.total(_money([one.arr])) for one in relatives]
    if len({currency for one in amounts for currency in one}) != 1:
        return None
    arrs = [sum(one.values()) for one in amounts]
    return arrs if sum(arrs) > 0 else None


def _money(amounts: Iterable[Amounts]) -> Iterator[Money]:
    for one in amounts:
        for currency, amount in one.items():
            yield Money(amount=amount, currency=currency)


def _above(account_id: str, parents: Parents) -> list[str]:
    """Return whom following the parents leads to, each once, in that order."""
    found: dict[str, None] = {}
    parent = parents.get(account_id)
    while parent is not None and parent not in found:
        found[parent] = None
        parent = parents.get(parent)
    return list(found)
