"""Statements on thousands of rows at once, the same calls on both databases.

Rows are tuples in the order of a ``Shape``'s columns; the key comes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Connection

Row = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A table as bulk statements see it.

    Attributes:
        columns: name -> PostgreSQL type, key columns first.
        key: how many of them are the key.
        newest_by: a column; an existing row with a higher value there isn't overwritten.
        sparse: the first column after the key may hold nothing; a bound on it lets such rows through.
    """

    table: str
    columns: dict[str, str]
    key: int
    newest_by: str | None = None
    sparse: bool = False

    @property
    def bound(self) -> str:
        """The condition, for a placeholder, that bounds the first column after the key from below."""
        name = self.values[0]
        # Where nothing is missing the condition must stay one that the key's index answers.
        return f'(t."{name}" >= {{}} OR t."{name}" IS NULL)' if self.sparse else f't."{name}" >= {{}}'

    @property
    def keys(self) -> list[str]:
        """Names of the key columns."""
        return list(self.columns)[: self.key]

    @property
    def overwrite(self) -> str:
        """What happens to a row whose key is there: the statement's end, the same on both databases."""
        keys = ", ".join(f'"{name}"' for name in self.keys)
        values = ", ".join(f'"{name}" = excluded."{name}"' for name in self.values)
        newer = self.newest_by
        guard = f' WHERE excluded."{newer}" >= {self.table}."{newer}"' if newer else ""
        return f"ON CONFLICT ({keys}) DO UPDATE SET {values}{guard}"

    @property
    def kinds(self) -> list[str]:
        """PostgreSQL types of the columns."""
        return list(self.columns.values())

    @property
    def values(self) -> list[str]:
        """Names of the others."""
        return list(self.columns)[self.key :]


class Bulk(Protocol):
    """Reads and writes many rows with one statement."""

    def fetch(
        self, connection: Connection, shape: Shape, keys: Sequence[Row], *, at_least: int | None = None
    ) -> Sequence[Row]:
        """Return the whole rows that have one of ``keys`` (tuples of the key columns), in any order.

        ``at_least`` bounds the first column after the key from below.
        """
        ...

    def having(
        self, connection: Connection, shape: Shape, keys: Sequence[Row], *, at_most: int
    ) -> Sequence[Row]:
        """Return those of ``keys`` that have a row whose first column after the key is ``at_most`` or less."""
        ...

    def put(self, connection: Connection, shape: Shape, rows: Sequence[Row]) -> None:
        """Insert rows, or overwrite the values of those whose key is there."""
        ...

    def append(self, connection: Connection, shape: Shape, rows: Sequence[Row]) -> None:
        """Insert rows that can't be there yet."""
        ...

    def claim(self, connection: Connection, week: int, ids: Sequence[bytes]) -> set[bytes]:
        """Note ids (distinct, 16 bytes each) as seen in ``week``; return those seen before, this week or last."""
        ...
