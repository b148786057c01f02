"""What lists and snapshots of accounts need from a store."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from sqlalchemy import Connection

from radar_vocabulary.contracts.health import HealthSnapshot
from radar_vocabulary.contracts.scalars import Band, Segment, Stage, Standing

Sort = Literal[
    "-arr_at_risk",
    "arr_at_risk",
    "score",
    "-score",
    "name",
    "-name",
    "renews_on",
    "-renews_on",
    "arr",
    "-arr",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFilter:
    """Which accounts are wanted; None: whichever. ``owner`` is a name or e-mail, ``q`` a part of a name or id.

    ``standings``, ``stages``: any of these; empty: whichever. ``parent``: accounts directly below this one.
    """

    q: str | None = None
    segment: Segment | None = None
    owner: str | None = None
    band: Band | None = None
    industry: str | None = None
    region: str | None = None
    standings: frozenset[Standing] = frozenset()
    stages: frozenset[Stage] = frozenset()
    parent: str | None = None


class Place(NamedTuple):
    """Where in a sorted list a row stands: its sort value and the account's number."""

    value: str | float | None
    account_no: int


class Listed(NamedTuple):
    """A row of a list."""

    place: Place
    snapshot: HealthSnapshot


class HealthCount(NamedTuple):
    """How many accounts of a standing and segment are in a band (``currency`` None), or what they pay in a currency.

    ``arr`` is of all contracts in force, ``arr_at_risk`` as in ``Revenue``; an account counts once.
    """

    standing: str
    segment: str
    band: str
    currency: str | None
    accounts: int
    arr: float
    arr_at_risk: float


class HealthLists(Protocol):
    """Reads the latest health of many accounts, and kept snapshots of one."""

    def accounts(
        self, connection: Connection, wanted: AccountFilter, sort: Sort, after: Place | None, limit: int
    ) -> Sequence[Listed]:
        """Return accounts with their latest health, sorted, those without a value last."""
        ...

    def totals(self, connection: Connection, wanted: AccountFilter) -> Sequence[HealthCount]:
        """Return counts over all accounts that are wanted."""
        ...

    def trends(
        self, connection: Connection, account_nos: Collection[int], since: datetime
    ) -> Sequence[tuple[int, datetime, float | None]]:
        """Return (account number, moment, score) of the snapshots kept since then, oldest first."""
        ...

    def latest(self, connection: Connection, account_no: int) -> HealthSnapshot | None:
        """Return an account's latest health."""
        ...

    def kept(
        self, connection: Connection, account_no: int, after: datetime, until: datetime
    ) -> Sequence[HealthSnapshot]:
        """Return the snapshots kept in (after, until], oldest first."""
        ...

    def counts(self, connection: Connection, partitions: Collection[int]) -> Sequence[HealthCount]:
        """Return counts over the accounts of these partitions."""
        ...
