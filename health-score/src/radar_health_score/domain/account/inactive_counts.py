"""Inactive users, counted instead of listed, so that scoring costs the same however many there ever were."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray


def _no_days() -> NDArray[np.int32]:
    return np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InactiveCounts:
    """Counts of inactive users.

    Attributes:
        present, left: how many; those who left the account are not among its users any more.
        activated: how many of ``present`` have ever used a key feature.
        first_days, last_days: int32, ordinals of each one's first and last day, in no order.
    """

    present: int = 0
    left: int = 0
    activated: int = 0
    first_days: NDArray[np.int32] = field(default_factory=_no_days)
    last_days: NDArray[np.int32] = field(default_factory=_no_days)


NO_INACTIVE_USERS: Final = InactiveCounts()
