"""Reads over the whole portfolio, chunk by chunk."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

import msgspec
from msgspec import Struct
from sqlalchemy import BigInteger, Column, Connection, Integer, MetaData, Table, Text, func, select

from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.repositories.bulk import Bulk, Shape
from radar_health_score.repositories.fact_records import EntityRow, PatchRow
from radar_health_score.repositories.scan_records import Activity, FeatureHolder, Summary
from radar_health_score.repositories.shapes import ENTITIES, PATCHES_OF_ACCOUNT
from radar_health_score.repositories.tables import latest_health, snapshots
from radar_vocabulary.contracts.scalars import Stage

_KINDS: Final = ("account", "contract", "closing")
_ENTITIES: Final = Shape(table=ENTITIES.table, columns=ENTITIES.columns, key=2)
_PATCHES: Final = Shape(table=PATCHES_OF_ACCOUNT.table, columns=PATCHES_OF_ACCOUNT.columns, key=2)
_metadata: Final = MetaData()
_FEATURES: Final = Table(
    "features",
    _metadata,
    Column("account_no", BigInteger, primary_key=True),
    Column("feature_no", Integer, primary_key=True),
    Column("name", Text),
).c
_ACCOUNTS: Final = Table(
    "accounts",
    _metadata,
    Column("account_no", BigInteger, primary_key=True),
    Column("first_at", BigInteger),
    Column("last_day", Integer),
).c
_H: Final = latest_health.c


class _Account(Struct):
    stage: Stage | None = None


class _Staged(Struct):
    account: _Account


_staged: Final = msgspec.json.Decoder(_Staged)


class ScanRows:
    """Reads of many accounts; each call answers for one chunk."""

    def __init__(self, bulk: Bulk) -> None:
        self._bulk = bulk

    def account_nos(self, connection: Connection, after: int, limit: int) -> Sequence[int]:
        """Return the next numbers of accounts, ascending."""
        number = _ACCOUNTS.account_no
        query = select(number).where(number > after).order_by(number).limit(limit)
        return list(connection.execute(query).scalars())

    def records(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[EntityRow]:
        """Return the current state of these accounts' own attributes, contracts and closings."""
        return [EntityRow(*row) for row in self._bulk.fetch(connection, _ENTITIES, _keys(account_nos))]

    def record_patches(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[PatchRow]:
        """Return the history of the same."""
        return [PatchRow(*row) for row in self._bulk.fetch(connection, _PATCHES, _keys(account_nos))]

    def requests(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[EntityRow]:
        """Return the current state of these accounts' requests."""
        keys = [(no, "request") for no in account_nos]
        return [EntityRow(*row) for row in self._bulk.fetch(connection, _ENTITIES, keys)]

    def stages(
        self, connection: Connection, account_nos: Iterable[int], as_of: datetime | None
    ) -> Mapping[int, Stage | None]:
        """Return the stage that the latest health, or the last one kept until ``as_of``, says each of these is in."""
        numbers = list(account_nos)
        if as_of is None:
            latest = select(_H.account_no, _H.stage).where(_H.account_no.in_(numbers))
            return {row.account_no: row.stage for row in connection.execute(latest)}
        of, kept = snapshots.c, snapshots.alias("kept").c
        last = select(func.max(kept.as_of)).where(
            kept.account_no == of.account_no, kept.as_of <= to_micros(as_of)
        )
        query = select(of.account_no, of.snapshot).where(
            of.account_no.in_(numbers), of.as_of == last.scalar_subquery()
        )
        return {no: _staged.decode(text).account.stage for no, text in connection.execute(query)}

    def activity(self, connection: Connection, from_day: int) -> Activity:
        """Return how many accounts were used on or after ``from_day``, and since when use is known."""
        active = func.count().filter(_ACCOUNTS.last_day >= from_day)
        row = connection.execute(select(active, func.min(_ACCOUNTS.first_at))).one()
        return Activity(*row)

    def holders(
        self, connection: Connection, feature: str, after: int, limit: int
    ) -> Sequence[FeatureHolder]:
        """Return the next accounts (ascending) that have ever used a feature of this name."""
        query = (
            select(_FEATURES.account_no, _FEATURES.feature_no)
            .where(_FEATURES.name == feature, _FEATURES.account_no > after)
            .order_by(_FEATURES.account_no)
            .limit(limit)
        )
        return [FeatureHolder(*row) for row in connection.execute(query)]

    def summaries(self, connection: Connection, account_nos: Iterable[int]) -> Sequence[Summary]:
        """Return the latest health of those of these accounts that have been scored."""
        owner = func.coalesce(_H.owner_name, _H.owner_email)
        query = select(
            _H.account_no, _H.account_id, _H.name, _H.segment, owner, _H.band, _H.score, _H.renews_on
        ).where(_H.account_no.in_(list(account_nos)))
        return [
            Summary(*row[:-1], date.fromisoformat(row[-1]) if row[-1] else None)
            for row in connection.execute(query)
        ]


def _keys(account_nos: Iterable[int]) -> list[tuple[int, str]]:
    return [(no, kind) for no in account_nos for kind in _KINDS]
