"""Names, numbers and times as people read them, in the reader's language."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from radar.console.page_language import page_language
from radar.console.texts import Names, page_translator
from radar_vocabulary.contracts.scalars import Money
from radar_vocabulary.language import messages, numbers
from radar_vocabulary.language.messages import message

NOTHING: Final = "–"
BANDS: Final = Names(
    {
        "at_risk": message("At risk"),
        "watch": message("Watch"),
        "healthy": message("Healthy"),
        "unknown": message("Not enough data"),
    }
)
STANDINGS: Final = Names(
    {"prospect": message("Prospect"), "customer": message("Customer"), "former": message("Former customer")}
)
STAGES: Final = Names(
    {
        "acquire": message("Prospecting"),
        "activate": message("Activation"),
        "trial": message("In trial"),
        "pay": message("Purchasing"),
        "serve": message("Using"),
        "renew": message("Up for renewal"),
        "win_back": message("Win-back"),
    }
)
SEGMENTS: Final = Names({"key": message("Key"), "mid": message("Mid"), "long_tail": message("Long tail")})
DIMENSIONS: Final = Names(
    {"users": message("Users"), "behaviour": message("Behaviour"), "outcomes": message("Outcomes")}
)
ROLES: Final = Names(
    {
        "decision_maker": message("Decision makers"),
        "manager": message("Managers"),
        "executor": message("Executors"),
    }
)
STATES: Final = Names(
    {
        "open": message("Open"),
        "acknowledged": message("Acknowledged"),
        "snoozed": message("Snoozed"),
        "resolved": message("Resolved"),
        "pending": message("Waiting"),
        "sending": message("Sending"),
        "sent": message("Sent"),
        "failed": message("Failed"),
        "unknown": message("Unknown"),
    }
)
SOURCES: Final = Names(
    {
        "model": message("by the trained model"),
        "scorecard": message("by the scorecard, no model yet"),
        "told": message("cancelled by the customer"),
        "none": message("no estimate yet"),
    }
)
SEVERITIES: Final = Names(
    {"critical": message("Critical"), "high": message("High"), "normal": message("Normal")}
)
STEPS: Final = Names(
    {
        "opened": message("Opened"),
        "updated": message("Updated"),
        "acknowledged": message("Acknowledged"),
        "snoozed": message("Snoozed"),
        "woken": message("Snooze ended"),
        "escalated": message("Escalated"),
        "resolved": message("Resolved"),
        "reopened": message("Reopened"),
    }
)
ENDINGS: Final = Names(
    {
        "renewed": message("Renewed"),
        "expanded": message("Expanded"),
        "contracted": message("Contracted"),
        "churned": message("Churned"),
    }
)
CHANNELS: Final = Names({"email": message("E-mail"), "console": message("Console")})
_ABBREVIATIONS: Final = {
    "arr": "ARR", "mrr": "MRR", "nps": "NPS", "csat": "CSAT", "dau": "DAU", "wau": "WAU", "mau": "MAU",
    "rfm": "RFM", "north": "North", "star": "Star",
}  # fmt: skip


def label(name: str) -> str:
    """Return a snake_case name as words: ``usage_trend`` is "Usage trend"."""
    words = [_ABBREVIATIONS.get(word, word) for word in name.replace(".", " ").split("_")]
    text = " ".join(words)
    return text[:1].upper() + text[1:]


def metric_name(metric: str, description: str | None) -> str:
    """Return what a metric is called: English reads its code, other languages what it is."""
    return label(metric) if page_language() == "en" else description or label(metric)


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
    return NOTHING if share is None else f"{share * 100:.0f}%".replace("-", "−")


def day(value: date | None) -> str:
    """Return "21 Nov 2026"."""
    return NOTHING if value is None else numbers.medium_day(page_language(), value)


def short_day(value: date) -> str:
    """Return "21 Nov"."""
    return numbers.short_day(page_language(), value)


def moment(value: datetime | None, zone: ZoneInfo) -> str:
    """Return "21 Nov 2026, 14:05" in the workspace's zone."""
    if value is None:
        return NOTHING
    there = value.astimezone(zone)
    return page_translator().say(_MOMENT, day=day(there.date()), time=f"{there:%H:%M}")


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
        return page_translator().say(_TODAY)
    return page_translator().count(_AHEAD if days > 0 else _AGO, abs(days))


def ago(then: date | None, today: date) -> str:
    """Return how long ago a day was."""
    if then is None:
        return page_translator().say(_NEVER)
    days = (today - then).days
    return page_translator().say(_YESTERDAY) if days == 1 else in_days(-days) if days >= 0 else day(then)


def measured(value: float, unit: str) -> str:
    """Return a metric's value as its unit is read."""
    match unit:
        case "share":
            return percent(value)
        case "yes or no":
            return page_translator().say(_YES if value else _NO)
        case "log ratio":
            return f"{signed((2.718281828459045**value - 1) * 100, 0)}%"
    digits = 0 if float(value).is_integer() or abs(value) >= 1000 else 1
    return number(value, digits).replace("-", "−")


def unit_word(value: float, unit: str) -> str:
    """Return what stands after the value of :func:`measured`."""
    if unit in _WORDLESS:
        return ""
    if unit in _UNITS:
        return _UNITS[unit]
    if page_language() != "en":
        return _OTHER_UNITS.get(unit, unit)
    return unit[:-1] if value == 1 and unit.endswith("s") else unit


_MOMENT: Final = message("{day}, {time}")
_TODAY: Final = message("today")
_YESTERDAY: Final = message("yesterday")
_NEVER: Final = message("never")
_AHEAD: Final = messages.plural("in {count} day", "in {count} days")
_AGO: Final = messages.plural("{count} day ago", "{count} days ago")
_YES: Final = message("yes")
_NO: Final = message("no")
_WORDLESS: Final = frozenset({"share", "yes or no"})
_UNITS: Final = Names(
    {
        "log ratio": message("vs previous period"),
        "money per month": message("a month"),
        "money per year": message("a year"),
    }
)
# English takes its units from the catalogue of metrics, in either number.
_OTHER_UNITS: Final = Names(
    {
        "answers": message("responses"),
        "days": message("days"),
        "days per week": message("days per week"),
        "hours": message("hours"),
        "incidents": message("incidents"),
        "invoices": message("invoices"),
        "logins": message("logins"),
        "milestones": message("milestones"),
        "minutes": message("minutes"),
        "points": message("points"),
        "promises": message("promises"),
        "renewals": message("renewals"),
        "requests": message("requests"),
        "seats": message("seats"),
        "terms": message("terms"),
        "tickets": message("tickets"),
        "users": message("users"),
        "uses": message("uses"),
        "uses per week": message("uses per week"),
        "usual gaps": message("× usual gap"),
    }
)
