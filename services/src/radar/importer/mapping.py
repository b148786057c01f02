"""A mapping file: how a foreign table's columns become fields of an event."""

from pathlib import Path
from typing import Any

import msgspec
import yaml
from msgspec import Struct, field

from radar.importer.errors import BadFile


class TypeRule(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which event type a row is: looked up from a column's value, else ``default``.

    ``values`` is foreign value -> our event type. A row that fits neither is left out, and counted.
    """

    column: str
    values: dict[str, str] = field(default_factory=dict)
    default: str | None = None


class Mapping(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole file.

    Attributes:
        columns: our field -> their column; fields inside ``data`` are written ``data.feature``.
        constants: our field -> a value for every row.
        type: how the event type is found; needless where ``columns`` or ``constants`` name ``type``.
        time_zone: IANA name for times without an offset.
        prefix: our field -> text put before the value (user ids that are numbers within an account).
    """

    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, Any] = field(default_factory=dict)
    type: TypeRule | None = None
    time_zone: str = "UTC"
    prefix: dict[str, str] = field(default_factory=dict)


def load_mapping(path: Path) -> Mapping:
    """Return the mapping in a YAML file. Raises BadFile."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        return msgspec.convert(content, Mapping)
    except OSError as error:
        raise BadFile(f"{path}: can't be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path}: isn't UTF-8; save it as UTF-8.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}" if mark else ""
        raise BadFile(f"{path}{where}: isn't YAML; mend it there.") from error
    except msgspec.ValidationError as error:
        raise BadFile(f"{path}: {error}; see `radar import --help` for the form of a mapping.") from error
