"""Draws of which contracts renew: independent of one another once the common factor is known.

The factor takes STRATA equally likely values, with DRAWS draws at each. The largest contracts are drawn one by one;
the sum of the many small ones that are left is drawn from the normal distribution with their mean and variance.
"""

from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

STRATA: Final = 200
DRAWS: Final = 25
ONE_BY_ONE: Final = 300
_STEPS: Final = 1_000
_COARSE: Final = 20  # steps at once, for later renewals of the many: else few of them would be alike
_NORMAL: Final = NormalDist()
Floats = NDArray[np.float64]


class Bet(NamedTuple):
    """A contract that has come up ``times[q]`` times by the end of quarter ``q``.

    It renews with ``probability`` the first time, and with the one ``later`` (None: the same) each time after.
    """

    arr: float
    probability: float
    times: tuple[int, ...]
    later: float | None = None

    @property
    def again(self) -> float:
        """The probability of each renewal after the first; that of the first where there are no others."""
        return self.probability if self.later is None or max(self.times) < 2 else self.later

    def lasting(self, times: int) -> float:
        """Return the probability of having renewed every one of so many ``times``."""
        return self.probability * self.again ** (times - 1) if times else 1.0


class Drawn(NamedTuple):
    """ARR of each quarter (rows) in each draw (columns).

    ``lost`` by contracts that end; of those that renew, ``shrunk`` is what contraction takes, ``changed`` the sum of
    contraction and expansion.
    """

    lost: Floats
    shrunk: Floats
    changed: Floats


def draw(bets: Sequence[Bet], quarters: int, ratios: Floats, *, correlation: float, seed: int) -> Drawn:
    """Return STRATA x DRAWS draws; ``ratios`` of new to old amount are those that a renewal may have (none: 1)."""
    chance = np.random.default_rng(seed)
    ordered = sorted(bets, key=lambda one: (-one.arr, one.probability, one.times, one.again))
    levels = _levels(correlation)
    ratios = ratios if ratios.size else np.ones(1)
    total = np.zeros((3, quarters, STRATA, DRAWS))
    for kind, some in ((_Few, ordered[:ONE_BY_ONE]), (_Many, ordered[ONE_BY_ONE:])):
        if some:
            total += kind(some, quarters).draw(levels, ratios, chance)
    return Drawn(*total.reshape(3, quarters, -1))


@lru_cache(maxsize=8)
def _levels(correlation: float) -> Floats:
    """Return, by probability in steps (rows) and stratum, the probability once the factor is known."""
    factors = np.array([_NORMAL.inv_cdf((at + 0.5) / STRATA) for at in range(STRATA)])
    inner = np.array([_NORMAL.inv_cdf(min(max(at / _STEPS, 1e-9), 1 - 1e-9)) for at in range(_STEPS + 1)])
    shifted = (inner[:, None] + correlation**0.5 * factors) / (1 - correlation) ** 0.5
    levels: Floats = np.vectorize(_NORMAL.cdf)(shifted)
    # Certainty stays certain, and the mean over the strata what it was.
    levels[0], levels[-1] = 0.0, 1.0
    levels.flags.writeable = False
    return levels


class _Few:
    """Contracts as arrays, one place each."""

    def __init__(self, bets: Sequence[Bet], quarters: int) -> None:
        self._arr = np.array([one.arr for one in bets])
        self._step = _steps([one.probability for one in bets])
        self._again = _steps([one.again for one in bets])
        self._times = _times(bets, quarters)

    def draw(self, levels: Floats, ratios: Floats, chance: np.random.Generator) -> Floats:
        """Return (lost, shrunk, changed) x quarters x STRATA x DRAWS."""
        total = np.zeros((3, self._times.shape[1], STRATA, DRAWS))
        first, again = levels[self._step].T[:, None, :], levels[self._again].T[:, None, :]
        luck = chance.random((STRATA, DRAWS, self._arr.size))
        ratio = ratios[chance.integers(ratios.size, size=luck.shape)]
        alive, before = np.ones(luck.shape, bool), np.zeros(self._arr.size, int)
        for quarter, times in enumerate(self._times.T):
            # One piece of luck decides how many renewals a contract lasts for: n of them with probability p q^(n - 1).
            lasts = luck < _lasting(first, again, times)
            change = np.where(lasts & (times > before), ratio ** (times - before) - 1, 0.0)
            total[0, quarter] = (alive & ~lasts) @ self._arr
            total[1, quarter] = -np.minimum(change, 0.0) @ self._arr
            total[2, quarter] = change @ self._arr
            alive, before = lasts, times
        return total


class _Many:
    """Contracts of the same probability and times together, as the sums of their ARR and its square."""

    def __init__(self, bets: Sequence[Bet], quarters: int) -> None:
        again = _COARSE * _steps([one.again for one in bets], _STEPS // _COARSE)
        rows = np.column_stack([_steps([one.probability for one in bets]), again, _times(bets, quarters)])
        kinds, kind = np.unique(rows, axis=0, return_inverse=True)
        arr = np.array([one.arr for one in bets])
        self._step, self._again, self._times = kinds[:, 0], kinds[:, 1], kinds[:, 2:]
        self._arr = np.bincount(kind.ravel(), arr, len(kinds))
        self._squares = np.bincount(kind.ravel(), arr**2, len(kinds))

    def draw(self, levels: Floats, ratios: Floats, chance: np.random.Generator) -> Floats:
        """Return (lost, shrunk, changed) x quarters x STRATA x DRAWS."""
        total = np.zeros((3, self._times.shape[1], STRATA, DRAWS))
        first, again = levels[self._step].T, levels[self._again].T
        before, stood = np.zeros(self._step.size, int), np.ones((STRATA, self._step.size))
        for quarter, times in enumerate(self._times.T):
            stands = _lasting(first, again, times)
            lasting = np.where(times > before, stands, 0.0)
            leaving = stood - stands
            often, which = np.unique(times - before, return_inverse=True)
            change = ratios ** often[:, None] - 1
            total[0, quarter] = self._sum(leaving, leaving, chance)
            for row, one in ((1, np.maximum(-change, 0.0)), (2, change)):
                mean, square = one.mean(1)[which], (one**2).mean(1)[which]
                total[row, quarter] = self._sum(lasting * mean, lasting * square, chance)
            before, stood = times, stands
        np.maximum(total[:2], 0.0, out=total[:2])
        return total

    def _sum(self, mean: Floats, square: Floats, chance: np.random.Generator) -> Floats:
        """Draw the sum over contracts, given what one unit of ARR gives in the mean and in the mean of squares."""
        variance = np.maximum((square - mean**2) @ self._squares, 0.0)
        noise = chance.standard_normal((STRATA, DRAWS))
        drawn: Floats = (mean @ self._arr)[:, None] + variance[:, None] ** 0.5 * noise
        return drawn


def _lasting(first: Floats, again: Floats, times: NDArray[np.int64]) -> Floats:
    """Return the probability of having renewed every one of so many ``times``."""
    return np.where(times > 0, first * again ** np.maximum(times - 1, 0), 1.0)


def _steps(probabilities: Sequence[float], steps: int = _STEPS) -> NDArray[np.int64]:
    return np.array([round(one * steps) for one in probabilities], np.int64)


def _times(bets: Sequence[Bet], quarters: int) -> NDArray[np.int64]:
    return np.array([one.times for one in bets], np.int64).reshape(-1, quarters)
