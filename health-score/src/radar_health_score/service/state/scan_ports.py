"""What questions about the whole portfolio need from a store: rows of many accounts, chunk by chunk."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from sqlalchemy import Connection

from radar_health_score.service.state.fact_ports import EntityRow, PatchRow
from radar_vocabulary.contracts.scalars import Band, Segment, Stage


class FeatureHolder(NamedTuple):
    """An account that has ever used a feature, and the feature's number there."""

    account_no: int
    feature_no: int


class Summary(NamedTuple):
    """What the latest health says of an account."""

    account_no: int
    account_id: str
    name: str | None
    segment: Segment
    owner: str | None
    band: Band
    score: float | None
    renews_on: date | None


class Activity(NamedTuple):
    """How many accounts were used on or after a day, and the first use of all, in microseconds since 1970."""

    active_accounts: int
    first_at: int | None


class ScanRows(Protocol):
    """Reads of many accounts; each call answers for one chunk."""

    def account_nos(self, connection: Connection, after: int, limit: int) -> Sequence[int]:
        """Return the next numbers of accounts, ascending."""
        ...

    def paper(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[EntityRow]:
        """Return the current state of these accounts' own attributes, contracts and closings."""
        ...

    def paper_patches(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[PatchRow]:
        """Return the history of the same."""
        ...

    def requests(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[EntityRow]:
        """Return the current state of these accounts' requests."""
        ...

    def stages(
        self, connection: Connection, account_nos: Iterable[int], as_of: datetime | None
    ) -> Mapping[int, Stage | None]:
        """Return the stage that the latest health, or the last one kept until ``as_of``, says each of these is in."""
        ...

    def activity(self, connection: Connection, from_day: int) -> Activity:
        """Return how many accounts were used on or after ``from_day``, and since when use is known."""
        ...

    def holders(
        self, connection: Connection, feature: str, after: int, limit: int
    ) -> Sequence[FeatureHolder]:
        """Return the next accounts (ascending) that have ever used a feature of this name."""
        ...

    def summaries(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[Summary]:
        """Return the latest health of those of these accounts that have been scored."""
        ...
