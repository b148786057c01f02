"""Which maker of events reads which file, by the mapping."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

from radar.importer import mapping as mappings
from radar.importer.periods import PeriodRows
from radar.importer.rows import Made, Rows


class Maker(Protocol):
    """Makes events, as (account id, JSON), of a file's rows; ``left_out`` counts those it made nothing of."""

    left_out: int

    def event(self, row: Mapping[str, Any], number: int) -> Made | None:
        """Return the event that a row is, if it is one by itself."""
        ...

    def rest(self) -> Iterable[Made]:
        """Return the events that only all rows together tell. Raises BadFile."""
        ...


class Tables:
    """Makers for the files of an import, one each."""

    def __init__(self, mapping: mappings.Mapping | None = None) -> None:
        self._mapping = mapping
        self._made: list[Maker] = []

    @property
    def left_out(self) -> int:
        """Rows of all files that nothing was made of."""
        return sum(maker.left_out for maker in self._made)

    def maker(self, path: Path) -> Maker:
        """Return the maker for the file at ``path``. Raises BadFile where the mapping has none."""
        table = self._mapping.table_for(path) if self._mapping else None
        maker: Maker = Rows(table)
        if table is not None and table.periods is not None:
            maker = PeriodRows(Rows(table), table.periods, time_zone=table.time_zone, place=path.name)
        self._made.append(maker)
        return maker

    def check(self, paths: Iterable[Path]) -> None:
        """Raise BadFile now if one of these files has no table."""
        for path in paths:
            if self._mapping:
                self._mapping.table_for(path)
