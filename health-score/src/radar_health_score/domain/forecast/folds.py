"""Splits of known cases that go forward in time: learn from what was known by a moment, judge what was seen later."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from radar_health_score.domain.forecast.case import Case

STARTS: Final = (0.4, 0.52, 0.64, 0.76, 0.88)


class Fold(NamedTuple):
    """Rows to learn from, and later rows to judge."""

    learn: NDArray[np.intp]
    judge: NDArray[np.intp]


def forward_folds(cases: Sequence[Case]) -> Iterator[Fold]:
    """Yield folds: each learns what was known by one of STARTS of all outcomes and judges what was seen till the next.

    A case is judged in one fold at most, and by nobody who knew its outcome. Folds that hold only one kind of
    outcome on either side are left out.
    """
    known = np.array([_known_at(case).timestamp() for case in cases])
    seen = np.array([case.observed_at.timestamp() for case in cases])
    churned = np.array([bool(case.churned) for case in cases])
    starts = np.quantile(known, STARTS).tolist() if len(known) else []
    for start, end in zip(starts, [*starts[1:], np.inf], strict=True):
        learn = np.flatnonzero(known <= start)
        judge = np.flatnonzero((seen >= start) & (seen < end))
        if _both(churned[learn]) and len(judge):
            yield Fold(learn, judge)


def weights_of(cases: Sequence[Case]) -> NDArray[np.float64]:
    """Return the weight of each case: those of one contract end share one, however often it was observed."""
    ends = [(case.account_id, case.contract_id, case.renews_on) for case in cases]
    times: dict[object, int] = {}
    for end in ends:
        times[end] = times.get(end, 0) + 1
    return np.array([1 / times[end] for end in ends], np.float64)


def _known_at(case: Case) -> datetime:
    assert case.label_known_at is not None
    return case.label_known_at


def _both(churned: NDArray[np.bool_]) -> bool:
    return bool(churned.any() and not churned.all())
