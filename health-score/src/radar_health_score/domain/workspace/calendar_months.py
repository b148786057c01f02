"""Calendar months as numbers that grow by one a month, and counting back in them."""

from calendar import monthrange
from datetime import date

Month = int


def month_of(day: date) -> Month:
    """Return the month that ``day`` lies in."""
    return day.year * 12 + day.month - 1


def first_day(month: Month) -> date:
    """Return the first day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier; the month's last where it has no such day."""
    first = first_day(month_of(day) - months)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))
