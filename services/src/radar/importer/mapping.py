"""A mapping file: how a foreign table's columns become fields of an event."""

from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import available_timezones

import msgspec
import yaml
from msgspec import Meta, Struct, field

from radar.importer.errors import BadFile


class TypeRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which event type a row is: looked up from a column's value, else ``default``.

    ``values`` is foreign value -> our event type. A row that fits neither is left out, and counted.
    """

    column: str
    values: dict[str, str] = field(default_factory=dict)
    default: str | None = None


class Lead(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which rows carry a contract: those with one of ``values`` in ``column``. Other rows only add to its amount."""

    column: str
    values: list[str]


class Periods(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rows are billing periods; ``radar.importer.periods`` makes contracts of them.

    Attributes:
        known_until: a contract without a next period churned if it ended by this day; what ends later is still open.
            Left out: the latest day on which any period of the file begins.
        grace_days: a next period that begins within so many days still goes on with the one before.
        lead: the plan, where add-ons are rows of their own; left out: every row counts alike.
    """

    known_until: date | None = None
    grace_days: Annotated[int, Meta(ge=0)] = 0
    lead: Lead | None = None


class Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the rows of a table become events.

    Attributes:
        columns: our field -> their column; fields inside ``data`` are written ``data.feature``.
        constants: our field -> a value for every row.
        type: how the event type is found; needless where ``columns`` or ``constants`` name ``type``.
        time_zone: IANA name for times without an offset.
        prefix: our field -> text put before the value (user ids that are numbers within an account).
        periods: the rows are billing periods of contracts.
    """

    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    type: TypeRule | None = None
    time_zone: str = "UTC"
    prefix: dict[str, str] = field(default_factory=dict)
    periods: Periods | None = None


class FileTable(Table, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The same for files whose name fits the shell pattern ``match``."""

    match: str


class Mapping(Table, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file: one table, or one for each kind of file in ``files`` (the first that fits counts)."""

    files: list[FileTable] = field(default_factory=list)

    def table_for(self, path: Path) -> Table:
        """Return the table that reads ``path``. Raises BadFile."""
        found = next((one for one in self.files if fnmatchcase(path.name, one.match)), None)
        if found is not None:
            return found
        if self.files and not self.columns:
            raise BadFile(f"{path}: no entry of the mapping's `files` matches this name; add one.")
        return self


def load_mapping(path: Path) -> Mapping:
    """Return the mapping in a YAML file. Raises BadFile."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        mapping = msgspec.convert(content, Mapping)
    except OSError as error:
        raise BadFile(f"{path}: can't be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: isn't UTF-8; save it as UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}" if mark else ""
        raise BadFile(f"{path}{where}: isn't YAML; mend it there.") from error
    except msgspec.ValidationError as error:
        raise BadFile(f"{path}: {error}; see docs/importing.md for the form of a mapping.") from error
    for table in (mapping, *mapping.files):
        if table.time_zone not in available_timezones():
            raise BadFile(f"{path}: there is no time zone {table.time_zone!r}; name one like Europe/Berlin.")
    return mapping
