"""What lists and snapshots of accounts need from a store."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

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
