"""Lists of accounts by their latest health, page by page, and kept snapshots."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from radar_health_score.domain.workspace.workspace_days import from_micros, to_micros
from radar_health_score.repositories.list_records import AccountFilter, HealthCount, Listed, Place, Sort
from radar_health_score.repositories.tables import account_revenue, accounts, latest_health, snapshots
from radar_vocabulary.contracts.health import HealthSnapshot, decode_snapshot

_H: Final = latest_health.c
_R: Final = account_revenue.c
_ESCAPE: Final = "\\"
_NAME: Final = func.lower(func.coalesce(_H.name, _H.account_id))
_COLUMNS: Final[Mapping[str, ColumnElement[Any]]] = {
    "arr_at_risk": _H.arr_at_risk,
    "score": _H.score,
    "name": _NAME,
    "renews_on": _H.renews_on,
    "arr": _H.arr,
}


class HealthLists:
    """Reads the latest health of many accounts, and kept snapshots of one."""

    def accounts(
        self, connection: Connection, wanted: AccountFilter, sort: Sort, after: Place | None, limit: int
    ) -> Sequence[Listed]:
        """Return accounts with their latest health, sorted, those without a value last."""
        column, descending = _COLUMNS[sort.removeprefix("-")], sort.startswith("-")
        return _page(connection, account_conditions(wanted), column, descending, after, limit)

    def totals(self, connection: Connection, wanted: AccountFilter) -> Sequence[HealthCount]:
        """Return counts over all accounts that are wanted."""
        return _counts(connection, account_conditions(wanted))

    def trends(
        self, connection: Connection, account_nos: Collection[int], since: datetime
    ) -> Sequence[tuple[int, datetime, float | None]]:
        """Return (account number, moment, score) of the snapshots kept since then, oldest first."""
        query = (
            select(snapshots.c.account_no, snapshots.c.as_of, snapshots.c.score)
            .where(snapshots.c.account_no.in_(account_nos), snapshots.c.as_of >= to_micros(since))
            .order_by(snapshots.c.account_no, snapshots.c.as_of)
        )
        return [(no, from_micros(as_of), score) for no, as_of, score in connection.execute(query)]

    def latest(self, connection: Connection, account_no: int) -> HealthSnapshot | None:
        """Return an account's latest health."""
        text = connection.execute(select(_H.snapshot).where(_H.account_no == account_no)).scalar()
        return None if text is None else decode_snapshot(text.encode())

    def kept(
        self, connection: Connection, account_no: int, after: datetime, until: datetime
    ) -> Sequence[HealthSnapshot]:
        """Return the snapshots kept in (after, until], oldest first."""
        query = (
            select(snapshots.c.snapshot)
            .where(
                snapshots.c.account_no == account_no,
                snapshots.c.as_of > to_micros(after),
                snapshots.c.as_of <= to_micros(until),
            )
            .order_by(snapshots.c.as_of)
        )
        return [decode_snapshot(text.encode()) for (text,) in connection.execute(query)]

    def counts(self, connection: Connection, partitions: Collection[int]) -> Sequence[HealthCount]:
        """Return counts over the accounts of these partitions."""
        ours = accounts.c.account_no == _H.account_no
        # Found by their partitions' index, accounts would lead SQLite into the wide rows; the sum keeps it out.
        on_sqlite = connection.dialect.name == "sqlite"
        partition = accounts.c.partition + 0 if on_sqlite else accounts.c.partition
        return _counts(connection, [ours, partition.in_(partitions)])


def _counts(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> list[HealthCount]:
    """Return a row per group for its accounts, and one for its money in each currency."""
    groups = (_H.standing, _H.segment, _H.band)
    counted = select(*groups, func.count()).where(*conditions).group_by(*groups)
    summed = (
        select(*groups, _R.currency, func.sum(_R.arr), func.sum(_R.arr_at_risk))
        .where(_R.account_no == _H.account_no, *conditions)
        .group_by(*groups, _R.currency)
    )
    return [
        HealthCount(standing, segment, band, None, count, 0.0, 0.0)
        for standing, segment, band, count in connection.execute(counted)
    ] + [
        HealthCount(standing, segment, band, currency, 0, arr or 0.0, risk or 0.0)
        for standing, segment, band, currency, arr, risk in connection.execute(summed)
    ]


def _page(
    connection: Connection,
    conditions: Sequence[ColumnElement[bool]],
    column: ColumnElement[Any],
    descending: bool,  # noqa: FBT001
    after: Place | None,
    limit: int,
) -> list[Listed]:
    order = column.desc() if descending else column.asc()
    query: Select[Any] = (
        select(column, _H.account_no, _H.snapshot)
        .where(*conditions)
        .order_by(order.nulls_last(), _H.account_no)
        .limit(limit)
    )
    if after is not None:
        query = query.where(_beyond(column, descending, after))
    return [
        Listed(Place(value, no), decode_snapshot(text.encode()))
        for value, no, text in connection.execute(query)
    ]


def _beyond(column: ColumnElement[Any], descending: bool, after: Place) -> ColumnElement[bool]:  # noqa: FBT001
    if after.value is None:
        return and_(column.is_(None), _H.account_no > after.account_no)
    further = column < after.value if descending else column > after.value
    beside = and_(column == after.value, _H.account_no > after.account_no)
    return or_(further, beside, column.is_(None))


def account_conditions(wanted: AccountFilter) -> list[ColumnElement[bool]]:
    """Return what the filter asks of ``latest_health``."""
    same = [
        column == value
        for column, value in (
            (_H.segment, wanted.segment),
            (_H.band, wanted.band),
            (_H.industry, wanted.industry),
            (_H.region, wanted.region),
            (_H.parent_id, wanted.parent),
        )
        if value is not None
    ]
    if wanted.parent is not None:
        # Whoever was told to be its own parent isn't below itself.
        same.append(_H.account_id != wanted.parent)
    if wanted.standings:
        same.append(_H.standing.in_(wanted.standings))
    if wanted.stages:
        same.append(_H.stage.in_(wanted.stages))
    if wanted.owner is not None:
        owner = wanted.owner.lower()
        same.append(or_(func.lower(_H.owner_email) == owner, func.lower(_H.owner_name) == owner))
    if wanted.q is not None:
        pattern = "%" + _escaped(wanted.q.lower()) + "%"
        same.append(
            or_(
                func.lower(_H.name).like(pattern, escape=_ESCAPE),
                func.lower(_H.account_id).like(pattern, escape=_ESCAPE),
            )
        )
    return same


def _escaped(text: str) -> str:
    for special in (_ESCAPE, "%", "_"):
        text = text.replace(special, _ESCAPE + special)
    return text
