"""Names, numbers and times as people read them; the same in every locale."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from radar_chassis.contracts.scalars import Money

NOTHING: Final = "–"
BANDS: Final = {"at_risk": "At risk", "watch": "Watch", "healthy": "Healthy", "unknown": "Not enough data"}
STANDINGS: Final = {"prospect": "Prospect", "customer": "Customer", "former": "Former customer"}
SEGMENTS: Final = {"key": "Key", "mid": "Mid", "long_tail": "Long tail"}
DIMENSIONS: Final = {"users": "Users", "behaviour": "Behaviour", "outcomes": "Outcomes"}
ROLES: Final = {"decision_maker": "Decision makers", "manager": "Managers", "executor": "Executors"}
STATES: Final = {
    "open": "Open",
    "acknowledged": "Acknowledged",
    "snoozed": "Snoozed",
    "resolved": "Resolved",
    "pending": "Waiting",
    "sending": "On its way",
    "sent": "Sent",
    "failed": "Failed",
    "unknown": "Unclear",
}
SOURCES: Final = {
    "model": "by the trained model",
    "scorecard": "by the scorecard, not yet by a model",
    "none": "no estimate yet",
}
_ABBREVIATIONS: Final = {
    "arr": "ARR", "mrr": "MRR", "nps": "NPS", "csat": "CSAT", "dau": "DAU", "wau": "WAU", "mau": "MAU",
}  # fmt: skip


def label(name: str) -> str:
    """Return a snake_case name as words: ``usage_trend`` is "Usage trend"."""
    words = [_ABBREVIATIONS.get(word, word) for word in name.replace(".", " ").split("_")]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def number(value: float, digits: int = 0) -> str:
    """Return 1,234.5 with so many digits after the point."""
    return f"{value:,.{digits}f}"


def signed(value: float, digits: int = 1) -> str:
    """Return the number with its sign, a true minus; what rounds to nothing has none."""
    rounded = round(value, digits)
    if rounded == 0:
        return number(0, digits)
    return ("+" if rounded > 0 else "−") + number(abs(rounded), digits)


def money(value: Money | None) -> str:
    """Return "1,234 EUR"."""
    return NOTHING if value is None else f"{number(value.amount)} {value.currency}"


def monies(values: Iterable[Money]) -> str:
    """Return sums of several currencies, the largest first."""
    ordered = sorted(values, key=lambda one: (-one.amount, one.currency))
    return " + ".join(money(one) for one in ordered) or NOTHING


def percent(share: float | None) -> str:
    """Return a share of 0 to 1 as "58%"."""
    return NOTHING if share is None else f"{share * 100:.0f}%"


def day(value: date | None) -> str:
    """Return "21 Nov 2026"."""
    return NOTHING if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """Return "21 Nov"."""
    return f"{value.day} {_MONTHS[value.month - 1]}"


def moment(value: datetime | None, zone: ZoneInfo) -> str:
    """Return "21 Nov 2026, 14:05" in the workspace's zone."""
    if value is None:
        return NOTHING
    there = value.astimezone(zone)
    return f"{day(there.date())}, {there:%H:%M}"


def exactly(value: datetime | None, zone: ZoneInfo) -> str:
    """Return the moment with its zone and in UTC, for a title attribute."""
    if value is None:
        return ""
    return f"{value.astimezone(zone):%Y-%m-%d %H:%M:%S} {zone.key} ({value.astimezone(UTC):%H:%M:%S} UTC)"


def in_days(days: int | None) -> str:
    """Return "in 12 days", "today", "3 days ago"."""
    if days is None:
        return ""
    if days == 0:
        return "today"
    count = f"{abs(days):,} day" + ("" if abs(days) == 1 else "s")
    return f"in {count}" if days > 0 else f"{count} ago"


def ago(then: date | None, today: date) -> str:
    """Return how long ago a day was."""
    if then is None:
        return "never"
    days = (today - then).days
    return "yesterday" if days == 1 else in_days(-days) if days >= 0 else day(then)


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return "1 account", "2 accounts"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def measured(value: float, unit: str) -> str:
    """Return a metric's value as its unit is read."""
    match unit:
        case "share":
            return percent(value)
        case "yes or no":
            return "yes" if value else "no"
        case "log ratio":
            return f"{signed((2.718281828459045**value - 1) * 100, 0)}%"
    digits = 0 if float(value).is_integer() or abs(value) >= 1000 else 1
    return number(value, digits)


def unit_word(value: float, unit: str) -> str:
    """Return what stands after the value of :func:`measured`."""
    if unit in _UNITS:
        return _UNITS[unit]
    return unit[:-1] if value == 1 and unit.endswith("s") else unit


_UNITS: Final = {
    "share": "",
    "yes or no": "",
    "log ratio": "against the window before",
    "money per month": "a month",
    "money per year": "a year",
}
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
