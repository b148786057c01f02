"""Bulk statements on PostgreSQL: whole columns travel as binary arrays and are unnested there."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection

from radar_health_score.adapters.bulk import Row, Shape

_SEEN_IDS: Final = "SELECT id FROM seen_{week} WHERE id = ANY(%b::bytea[])"
# Only what was there before comes back: usually nothing.
_CLAIM: Final = """
WITH given AS (SELECT unnest(%b::bytea[]) AS id),
     fresh AS (INSERT INTO seen_{week} SELECT id FROM given ON CONFLICT DO NOTHING RETURNING id)
SELECT id FROM given EXCEPT ALL SELECT id FROM fresh
"""


class PostgresBulk:
    """``Bulk`` on PostgreSQL."""

    def fetch(
        self, connection: Connection, shape: Shape, keys: Sequence[Row], *, at_least: int | None = None
    ) -> Sequence[Row]:
        """See ``Bulk``."""
        if not keys:
            return []
        statement, parameters = _fetch(shape.table, *_named(shape)), _columns(keys)
        if at_least is not None:
            statement += f' WHERE t."{shape.values[0]}" >= %s'
            parameters = (*parameters, at_least)
        result = connection.exec_driver_sql(statement, parameters)
        return result.cursor.fetchall()

    def put(self, connection: Connection, shape: Shape, rows: Sequence[Row]) -> None:
        """See ``Bulk``."""
        if rows:
            statement = f"{_append(shape.table, *_named(shape))} {shape.overwrite}"
            connection.exec_driver_sql(statement, _columns(rows))

    def append(self, connection: Connection, shape: Shape, rows: Sequence[Row]) -> None:
        """See ``Bulk``."""
        if rows:
            connection.exec_driver_sql(_append(shape.table, *_named(shape)), _columns(rows))

    def claim(self, connection: Connection, week: int, ids: Sequence[bytes]) -> set[bytes]:
        """See ``Bulk``."""
        given = list(ids)
        before = connection.exec_driver_sql(_SEEN_IDS.format(week=week - 1), (given,)).fetchall()
        now = connection.exec_driver_sql(_CLAIM.format(week=week), (given,)).fetchall()
        return {bytes(row[0]) for row in (*before, *now)}


def _columns(rows: Sequence[Row]) -> tuple[object, ...]:
    return tuple(list(column) for column in zip(*rows, strict=True))


def _named(shape: Shape) -> tuple[tuple[tuple[str, str], ...], int]:
    return tuple(shape.columns.items()), shape.key


@lru_cache
def _fetch(table: str, columns: tuple[tuple[str, str], ...], key: int) -> str:
    names = [name for name, _ in columns]
    arrays = ", ".join(f"%b::{kind}[]" for _, kind in columns[:key])
    keys = ", ".join(f'"{name}"' for name in names[:key])
    wanted = ", ".join(f't."{name}"' for name in names)
    return f"SELECT {wanted} FROM unnest({arrays}) AS k({keys}) JOIN {table} t USING ({keys})"  # noqa: S608


@lru_cache
def _append(table: str, columns: tuple[tuple[str, str], ...], _key: int) -> str:
    names = ", ".join(f'"{name}"' for name, _ in columns)
    arrays = ", ".join(f"%b::{kind}[]" for _, kind in columns)
    return f"INSERT INTO {table} ({names}) SELECT * FROM unnest({arrays})"  # noqa: S608
