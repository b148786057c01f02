"""An account's use day by day over a year: what long memory needs, without features and names.

A year is 14 windows of 28 days, so that whole windows (and whole weeks) fit into it.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from struct import Struct
from typing import Final, NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from radar_health_score.domain.account.day_tally import DayTally, StoredDay

YEAR_DAYS: Final = 392
_packed: Final = Struct("<qid")


class _Amounts(Protocol):
    """What a feature saw on a day, counted or stored."""

    uses: int
    millis: int


class DayVolume(NamedTuple):
    """How much one day saw: uses, distinct users, seconds."""

    uses: int
    users: int
    seconds: float


def encode_volume(volume: DayVolume) -> bytes:
    """Return the stored form."""
    return _packed.pack(*volume)


def decode_volume(value: bytes) -> DayVolume:
    """Return the volume in a stored value."""
    return DayVolume(*_packed.unpack(value))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class YearUse:
    """The days with any use among the YEAR_DAYS days that end with a day, oldest first.

    Attributes:
        days: int32, ordinals (``date.toordinal``).
        uses: float64, uses of named features; on a day with only logins and sessions, those.
        users: int32, distinct users that day. A day's users say nothing of a week's: see ``Person.last_day``.
        seconds: float64, of ended sessions; on a day without any, of features.
    """

    days: NDArray[np.int32]
    uses: NDArray[np.float64]
    users: NDArray[np.int32]
    seconds: NDArray[np.float64]

    @classmethod
    def of(cls, volumes: Mapping[int, DayVolume], through: int) -> Self:
        """Return the year that ends with the day ``through``; ``volumes`` are by ordinal of the day."""
        days = sorted(day for day in volumes if through - YEAR_DAYS < day <= through)
        return cls(
            days=np.array(days, np.int32),
            uses=np.array([volumes[day].uses for day in days], np.float64),
            users=np.array([volumes[day].users for day in days], np.int32),
            seconds=np.array([volumes[day].seconds for day in days], np.float64),
        )

    def seen_from(self, through: int) -> Self:
        """Return the same use as part of the year that ends with the later day ``through``."""
        kept = self.days > through - YEAR_DAYS
        return type(self)(
            days=self.days[kept], uses=self.uses[kept], users=self.users[kept], seconds=self.seconds[kept]
        )

    def rows(self) -> list[tuple[int, float, int, float]]:
        """Return (day, uses, users, seconds) of each day."""
        return list(
            zip(
                self.days.tolist(),
                self.uses.tolist(),
                self.users.tolist(),
                self.seconds.tolist(),
                strict=True,
            )
        )

    def __eq__(self, other: object) -> bool:
        """Return whether both hold the same days with the same values."""
        return isinstance(other, YearUse) and self.rows() == other.rows()

    def __hash__(self) -> int:
        """Return a hash of the days."""
        return hash(self.days.tobytes())


EMPTY_YEAR: Final = YearUse.of({}, 0)


def volume_of(tally: DayTally, unnamed: AbstractSet[int], session: int | None) -> DayVolume:
    """Return the volume of a day.

    Args:
        tally: everything of that day.
        unnamed: numbers of the features that are logins and ended sessions.
        session: number of the latter.
    """
    return _volume(tally.features.items(), len(tally.uses_by_user), unnamed, session)


def volume_of_stored(stored: StoredDay, unnamed: AbstractSet[int], session: int | None) -> DayVolume:
    """Return the volume of a day that lies in one stored value; no bitmap is opened."""
    features = [(one.number, one) for one in stored.features]
    return _volume(features, len(stored.uses), unnamed, session)


def _volume(
    features: Iterable[tuple[int, _Amounts]], users: int, unnamed: AbstractSet[int], session: int | None
) -> DayVolume:
    named = logged = millis = in_sessions = 0
    for number, one in features:
        millis += one.millis
        if number not in unnamed:
            named += one.uses
        else:
            logged += one.uses
            if number == session:
                in_sessions = one.millis
    return DayVolume(named or logged, users, (in_sessions or millis) / 1000)
