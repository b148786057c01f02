"""Bulk statements on SQLite: one prepared statement run over many rows; keys travel as JSON."""

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec
from sqlalchemy import Connection

from radar_health_score.repositories.bulk import Row, Shape

_AT_ONCE: Final = 5_000


class SqliteBulk:
    """``Bulk`` on SQLite."""

    def fetch(
        self, connection: Connection, shape: Shape, keys: Sequence[Row], *, at_least: int | None = None
    ) -> Sequence[Row]:
        """See ``Bulk``."""
        if not keys:
            return []
        wanted = ", ".join(f't."{name}"' for name in shape.columns)
        statement = f"SELECT {wanted} FROM {_given(shape)} k CROSS JOIN {shape.table} t ON {_same(shape)}"  # noqa: S608
        parameters: Row = (msgspec.json.encode(keys).decode(),)
        if at_least is not None:
            statement += " WHERE " + shape.bound.format("?")
            parameters = (*parameters, at_least)
        return _rows(connection, statement, parameters)

    def having(
        self, connection: Connection, shape: Shape, keys: Sequence[Row], *, at_most: int
    ) -> Sequence[Row]:
        """See ``Bulk``."""
        if not keys:
            return []
        wanted = ", ".join(f"k.{name}" for name in shape.keys)
        statement = (
            f"SELECT {wanted} FROM {_given(shape)} k "  # noqa: S608
            f'WHERE EXISTS (SELECT 1 FROM {shape.table} t WHERE {_same(shape)} AND t."{shape.values[0]}" <= ?)'
        )
        return _rows(connection, statement, (msgspec.json.encode(keys).decode(), at_most))

    def put(self, connection: Connection, shape: Shape, rows: Sequence[Row]) -> None:
        """See ``Bulk``."""
        if not rows:
            return
        connection.exec_driver_sql(f"{_insert(shape)} {shape.overwrite}", list(rows))

    def append(self, connection: Connection, shape: Shape, rows: Sequence[Row]) -> None:
        """See ``Bulk``."""
        if rows:
            connection.exec_driver_sql(_insert(shape), list(rows))

    def claim(self, connection: Connection, week: int, ids: Sequence[bytes]) -> set[bytes]:
        """See ``Bulk``."""
        seen: set[bytes] = set()
        for part in _parts(ids):
            marks = ", ".join("?" * len(part))
            for table in (f"seen_{week - 1}", f"seen_{week}"):
                statement = f"SELECT id FROM {table} WHERE id IN ({marks})"  # noqa: S608
                seen.update(row[0] for row in _rows(connection, statement, tuple(part)))
        fresh = [(one,) for one in ids if one not in seen]
        if fresh:
            connection.exec_driver_sql(f"INSERT INTO seen_{week} (id) VALUES (?)", fresh)  # noqa: S608
        return seen


def _rows(connection: Connection, statement: str, parameters: Row) -> Sequence[Row]:
    # The driver's own rows: what SQLAlchemy wraps around each would cost as much as reading it.
    return connection.exec_driver_sql(statement, parameters).cursor.fetchall()


def _given(shape: Shape) -> str:
    picked = ", ".join(f"value ->> {place} AS {name}" for place, name in enumerate(shape.keys))
    return f"(SELECT {picked} FROM json_each(?))"  # noqa: S608


def _same(shape: Shape) -> str:
    return " AND ".join(f't."{name}" = k.{name}' for name in shape.keys)


def _insert(shape: Shape) -> str:
    names = ", ".join(f'"{name}"' for name in shape.columns)
    marks = ", ".join("?" * len(shape.columns))
    return f"INSERT INTO {shape.table} ({names}) VALUES ({marks})"  # noqa: S608


def _parts(ids: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
