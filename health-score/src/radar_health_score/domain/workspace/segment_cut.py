"""Where the layers of a portfolio are cut: key accounts are the largest that together bring most of the ARR.

A cut is made of the whole portfolio, and an account is judged by its own ARR against it, so that the same facts give
the same segment. Those who pay the same are treated the same: whoever pays as much as the last key account is key too,
and many small customers alike are the long tail, not mid because the first of them still fit in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

import numpy as np
from numpy.typing import NDArray

from radar_vocabulary.contracts.scalars import Segment

KEY_SHARE: Final = 0.80
MID_SHARE: Final = 0.95
STEADY_WITHIN: Final = 0.05
_ROUNDING: Final = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """The ARR from which an account is key, and that from which it is mid (not above ``key``)."""

    key: float
    mid: float

    def segment(self, arr: float) -> Segment:
        """Return the layer of an account with this ARR, in the currency of the cut."""
        # Sums of the same money may differ in their last digit, and the smallest key account is the cut itself.
        amount = arr * (1 + _ROUNDING)
        if amount >= self.key:
            return "key"
        return "mid" if amount >= self.mid else "long_tail"


def fresh_cut(arrs: Sequence[float]) -> Cut | None:
    """Return the cut of a portfolio with these ARRs; None where nobody pays.

    Customers sorted by ARR, largest first: key are those up to the one with which the sum reaches KEY_SHARE of the
    whole, that one included; mid those who bring MID_SHARE at most, with all who pay as much.
    """
    largest_first = _paying(arrs)
    if not largest_first.size:
        return None
    key = _last_to_reach(largest_first, KEY_SHARE)
    return Cut(key=key, mid=min(key, _last_within(largest_first, MID_SHARE)))


def steady_cut(current: Cut | None, arrs: Sequence[float]) -> Cut | None:
    """Return the cut to go on with: ``current`` as long as it does about what a fresh one would, else a fresh one.

    It does while, from either bound upwards, the share of ARR is within STEADY_WITHIN of that with a fresh cut, and
    the number of accounts within a tenth, or one: accounts near a bound don't change their layer with each contract
    of somebody else. A portfolio that nobody pays any more keeps its cut.
    """
    fresh = fresh_cut(arrs)
    if current is None or fresh is None:
        return fresh or current
    largest_first = _paying(arrs)
    near = (_near(largest_first, *pair) for pair in ((current.key, fresh.key), (current.mid, fresh.mid)))
    return current if all(near) else fresh


def _near(arrs: NDArray[np.float64], bound: float, fresh: float) -> bool:
    counts = [int((arrs >= one).sum()) for one in (bound, fresh)]
    return abs(share_from(arrs, bound) - share_from(arrs, fresh)) <= STEADY_WITHIN and abs(
        counts[0] - counts[1]
    ) <= max(1, counts[1] // 10)


def share_from(arrs: Sequence[float] | NDArray[np.float64], bound: float) -> float:
    """Return the share of the summed ARR that accounts with at least ``bound`` bring."""
    amounts = np.asarray(arrs, np.float64)
    return float(amounts[amounts >= bound].sum() / amounts.sum())


def _paying(arrs: Sequence[float]) -> NDArray[np.float64]:
    amounts = np.asarray(arrs, np.float64)
    return -np.sort(-amounts[amounts > 0])


def _last_to_reach(largest_first: NDArray[np.float64], share: float) -> float:
    sums = largest_first.cumsum()
    wanted = sums[-1] * (share - _ROUNDING)
    return float(largest_first[int(np.searchsorted(sums, wanted))])


def _last_within(largest_first: NDArray[np.float64], share: float) -> float:
    """Return the least amount such that all who pay it or more bring the share at most; infinity for none."""
    sums = largest_first.cumsum()
    last_alike = np.append(largest_first[1:] < largest_first[:-1], True)
    within = largest_first[last_alike & (sums <= sums[-1] * (share + _ROUNDING))]
    return float(within[-1]) if within.size else inf
