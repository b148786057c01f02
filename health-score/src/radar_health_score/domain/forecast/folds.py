"""Splits of known observations that go forward in time: learn from what was known then, judge what was seen later."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from radar_health_score.domain.forecast.observation import Observation

STARTS: Final = (0.4, 0.52, 0.64, 0.76, 0.88)


class Fold(NamedTuple):
    """Rows to learn from, and later rows to judge."""

    learn: NDArray[np.intp]
    judge: NDArray[np.intp]


def forward_folds(observations: Sequence[Observation]) -> Iterator[Fold]:
    """Yield folds: each learns what was known by one of STARTS of all outcomes and judges what was seen till the next.

    An observation is judged in one fold at most, and by nobody who knew its outcome. Folds that hold only one kind of
    outcome on either side are left out.
    """
    known = np.array([_known_at(observation).timestamp() for observation in observations])
    seen = np.array([observation.observed_at.timestamp() for observation in observations])
    churned = np.array([bool(observation.churned) for observation in observations])
    starts = np.quantile(known, STARTS).tolist() if len(known) else []
    for start, end in zip(starts, [*starts[1:], np.inf], strict=True):
        learn = np.flatnonzero(known <= start)
        judge = np.flatnonzero((seen >= start) & (seen < end))
        if _both(churned[learn]) and len(judge):
            yield Fold(learn, judge)


def weights_of(observations: Sequence[Observation]) -> NDArray[np.float64]:
    """Return the weight of each observation: those of one contract end share one, however often it was observed."""
    ends = [
        (observation.account_id, observation.contract_id, observation.renews_on)
        for observation in observations
    ]
    times: dict[object, int] = {}
    for end in ends:
        times[end] = times.get(end, 0) + 1
    return np.array([1 / times[end] for end in ends], np.float64)


def _known_at(observation: Observation) -> datetime:
    assert observation.label_known_at is not None
    return observation.label_known_at


def _both(churned: NDArray[np.bool_]) -> bool:
    return bool(churned.any() and not churned.all())
