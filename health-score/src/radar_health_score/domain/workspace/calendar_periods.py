"""Calendar months and quarters: which one a day lies in, and those that follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from radar_health_score.domain.workspace.calendar_months import first_day, month_of
from radar_vocabulary.contracts.scalars import Every

_MONTHS: Final[dict[Every, int]] = {"month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Period:
    """A calendar month (2026-11) or quarter (2026-Q4), from its first through its last day."""

    first: date
    last: date
    name: str


def period_of(day: date, every: Every) -> Period:
    """Return the month or quarter that ``day`` lies in."""
    length = _MONTHS[every]
    month = month_of(day) // length * length
    first, last = first_day(month), first_day(month + length) - timedelta(days=1)
    name = f"{first.year}-Q{(first.month + 2) // 3}" if every == "quarter" else f"{first:%Y-%m}"
    return Period(first=first, last=last, name=name)


def periods_from(day: date, every: Every) -> Iterator[Period]:
    """Yield the period that ``day`` lies in, and all that follow."""
    period = period_of(day, every)
    while True:
        yield period
        period = period_of(period.last + timedelta(days=1), every)
