"""What a rule can read of one renewal at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from msgspec import Struct


class DailyValues(Struct, frozen=True, kw_only=True):
    """One day's last values of what rules compare over time."""

    day: date
    values: dict[str, float]


@dataclass(frozen=True, kw_only=True)
class TermInputs:
    """The values of a moment by name, and those of the days before; what isn't known is absent."""

    at: datetime
    values: Mapping[str, float]
    history: Sequence[DailyValues] = ()
