"""What one account did on one day, as far as it became known on one day: the unit that is stored.

Every feature of an account-day lies in one compact value, so that writing a batch touches few rows and scoring an
account reads at most as many rows as its window has days. Users are bitmaps of numbers within the account.
"""

from collections.abc import Iterable, Sequence
from typing import Final, Self

import msgspec
from msgspec import Struct
from pyroaring import BitMap

NO_USER: Final = -1


class StoredFeature(Struct, array_like=True, gc=False):
    """A feature of a stored day; ``stored_users`` is a bitmap, ``last_at`` in microseconds since 1970."""

    number: int
    uses: int
    millis: int
    stored_users: bytes
    last_at: int

    @property
    def seconds(self) -> float:
        """Seconds spent."""
        return self.millis / 1000

    @property
    def users(self) -> BitMap:
        """The users, opened anew at each call."""
        return BitMap.deserialize(self.stored_users)


class StoredDay(Struct, array_like=True):
    """A day as stored; ``uses`` are the records of each of its users, ``users`` their bitmap."""

    features: list[StoredFeature]
    users: bytes
    uses: list[int]
    first_at: int
    last_at: int


_decoder: Final = msgspec.msgpack.Decoder(StoredDay)
_encoder: Final = msgspec.msgpack.Encoder()


def stored_day(value: bytes) -> StoredDay:
    """Return a stored day without opening its bitmaps: for reading many days."""
    return _decoder.decode(value)


def stored_features(value: bytes) -> Sequence[StoredFeature]:
    """Return the features of a stored day without opening their bitmaps: for scans over many days."""
    return stored_day(value).features


class FeatureTally:
    """Uses, milliseconds (whole, so that sums don't depend on the order), users and last use of one feature."""

    __slots__ = ("last_at", "millis", "users", "uses")

    def __init__(self, uses: int, millis: int, users: BitMap, last_at: int) -> None:
        self.uses = uses
        self.millis = millis
        self.users = users
        self.last_at = last_at


class DayTally:
    """A day's tally, to be added to. Adding is commutative, so the order of events doesn't matter.

    Attributes:
        features: by feature number.
        uses_by_user: records of each user, by user number.
        first_at, last_at: earliest and latest event, in microseconds since 1970.
    """

    __slots__ = ("features", "first_at", "last_at", "uses_by_user")

    def __init__(self, at: int) -> None:
        self.features: dict[int, FeatureTally] = {}
        self.uses_by_user: dict[int, int] = {}
        self.first_at = at
        self.last_at = at

    def add(self, feature: int, user: int, uses: int, millis: int, at: int) -> None:
        """Count one event: ``uses`` of ``feature`` by ``user`` (a number, or NO_USER)."""
        tally = self.features.get(feature)
        if tally is None:
            tally = self.features[feature] = FeatureTally(0, 0, BitMap(), at)
        tally.uses += uses
        tally.millis += millis
        tally.last_at = max(tally.last_at, at)
        if user >= 0:
            tally.users.add(user)
            self.uses_by_user[user] = self.uses_by_user.get(user, 0) + 1
        if at < self.first_at:
            self.first_at = at
        elif at > self.last_at:
            self.last_at = at

    def merge(self, other: Self) -> None:
        """Add everything in ``other``."""
        for number, theirs in other.features.items():
            mine = self.features.get(number)
            if mine is None:
                self.features[number] = FeatureTally(
                    theirs.uses, theirs.millis, BitMap(theirs.users), theirs.last_at
                )
            else:
                mine.uses += theirs.uses
                mine.millis += theirs.millis
                mine.users |= theirs.users
                mine.last_at = max(mine.last_at, theirs.last_at)
        for user, uses in other.uses_by_user.items():
            self.uses_by_user[user] = self.uses_by_user.get(user, 0) + uses
        self.first_at = min(self.first_at, other.first_at)
        self.last_at = max(self.last_at, other.last_at)

    @property
    def users(self) -> BitMap:
        """Everyone seen that day."""
        return BitMap(self.uses_by_user)

    def encode(self) -> bytes:
        """Return the stored form."""
        users = sorted(self.uses_by_user)
        by_user = self.uses_by_user
        return _encoder.encode(
            StoredDay(
                [
                    StoredFeature(number, tally.uses, tally.millis, tally.users.serialize(), tally.last_at)
                    for number, tally in self.features.items()
                ],
                BitMap(users).serialize(),
                [by_user[user] for user in users],
                self.first_at,
                self.last_at,
            )
        )

    @classmethod
    def decode(cls, value: bytes) -> Self:
        """Return the tally in a stored value."""
        return cls.of_stored(_decoder.decode(value))

    @classmethod
    def of_stored(cls, stored: StoredDay) -> Self:
        """Return the tally that was stored."""
        tally = cls(stored.first_at)
        tally.last_at = stored.last_at
        deserialize = BitMap.deserialize
        tally.features = {
            one.number: FeatureTally(one.uses, one.millis, deserialize(one.stored_users), one.last_at)
            for one in stored.features
        }
        tally.uses_by_user = dict(zip(deserialize(stored.users), stored.uses, strict=True))
        return tally

    @classmethod
    def union(cls, tallies: Iterable[Self]) -> Self:
        """Return one tally with everything in ``tallies`` (at least one); they may be used up by it."""
        first, *rest = tallies
        for tally in rest:
            first.merge(tally)
        return first
