"""Bulk statements on PostgreSQL: whole columns travel as binary arrays and are unnested there."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from sqlalchemy import Connection, Engine

from radar_health_score.repositories.bulk import Row, Shape
from radar_health_score.repositories.postgres_arrays import packed, teach

# Nearly always every id is new, and counting the rows says so: twice as quick as asking which ones were there.
_CLAIM: Final = """
INSERT INTO seen_{week}
SELECT id FROM unnest(%b::bytea[]) AS given(id)
WHERE NOT EXISTS (SELECT FROM seen_{before} b WHERE b.id = given.id)
ON CONFLICT DO NOTHING
"""
_CLAIM_AND_TELL: Final = """
WITH given AS (SELECT unnest(%b::bytea[]) AS id),
     fresh AS (
       INSERT INTO seen_{week}
       SELECT id FROM given WHERE NOT EXISTS (SELECT FROM seen_{before} b WHERE b.id = given.id)
       ON CONFLICT DO NOTHING RETURNING id)
SELECT id FROM given EXCEPT SELECT id FROM fresh
"""


class PostgresBulk:
    """``Bulk`` on PostgreSQL; ``engine`` has made no connection yet."""

    def __init__(self, engine: Engine) -> None:
        teach(engine)

    def fetch(
        self, connection: Connection, shape: Shape, keys: Sequence[Row], *, at_least: int | None = None
    ) -> Sequence[Row]:
        """See ``Bulk``."""
        if not keys:
            return []
        statement, parameters = _fetch(shape.table, *_named(shape)), _columns(keys, shape.kinds)
        if at_least is not None:
            statement += " WHERE " + shape.bound.format("%s")
            parameters = (*parameters, at_least)
        result = connection.exec_driver_sql(statement, parameters)
        return result.cursor.fetchall()

    def having(
        self, connection: Connection, shape: Shape, keys: Sequence[Row], *, at_most: int
    ) -> Sequence[Row]:
        """See ``Bulk``."""
        if not keys:
            return []
        names = ", ".join(f'"{name}"' for name in shape.keys)
        given = ", ".join(f"%b::{kind}[]" for kind in shape.kinds[: shape.key])
        same = " AND ".join(f't."{name}" = k."{name}"' for name in shape.keys)
        statement = (
            f"SELECT {names} FROM unnest({given}) AS k({names}) "  # noqa: S608
            f'WHERE EXISTS (SELECT FROM {shape.table} t WHERE {same} AND t."{shape.values[0]}" <= %s)'
        )
        parameters = (*_columns(keys, shape.kinds), at_most)
        return connection.exec_driver_sql(statement, parameters).cursor.fetchall()

    def put(self, connection: Connection, shape: Shape, rows: Sequence[Row]) -> None:
        """See ``Bulk``."""
        if rows:
            statement = f"{_append(shape.table, *_named(shape))} {shape.overwrite}"
            connection.exec_driver_sql(statement, _columns(rows, shape.kinds))

    def append(self, connection: Connection, shape: Shape, rows: Sequence[Row]) -> None:
        """See ``Bulk``."""
        if rows:
            connection.exec_driver_sql(_append(shape.table, *_named(shape)), _columns(rows, shape.kinds))

    def claim(self, connection: Connection, week: int, ids: Sequence[bytes]) -> set[bytes]:
        """See ``Bulk``."""
        given = (packed("bytea", ids),)
        with connection.begin_nested() as attempt:
            claimed = connection.exec_driver_sql(_CLAIM.format(week=week, before=week - 1), given)
            if claimed.rowcount == len(ids):
                return set()
            attempt.rollback()
        seen = connection.exec_driver_sql(_CLAIM_AND_TELL.format(week=week, before=week - 1), given)
        return {bytes(row[0]) for row in seen}


def _columns(rows: Sequence[Row], kinds: Sequence[str]) -> tuple[object, ...]:
    return tuple(packed(kind, column) for kind, column in zip(kinds, zip(*rows, strict=True), strict=False))


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
