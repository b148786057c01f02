"""What the metrics of the dimension "outcomes" say."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import message, plural
from radar_vocabulary.language.tongue import Tongue
from radar_vocabulary.reasons.phrase import Beside, Phrase, amount, change, counted, number, share

_OVERDUE: Final = plural("The renewal is {count} day overdue", "The renewal is {count} days overdue")
_DUE: Final = plural("The renewal is in {count} day", "The renewal is in {count} days")
_DUE_TODAY: Final = message("The renewal is today")
_PROMOTER: Final = message("The latest NPS answer is {number} of 10 (promoter)")
_PASSIVE: Final = message("The latest NPS answer is {number} of 10 (passive)")
_DETRACTOR: Final = message("The latest NPS answer is {number} of 10 (detractor)")
_NO_INCIDENT: Final = message("None of our incidents hit them in four weeks")
_INCIDENT: Final = plural(
    "Our incidents hit them for {count} minute in four weeks",
    "Our incidents hit them for {count} minutes in four weeks",
)


def _days_to_renewal(value: float, _: Beside, tongue: Tongue) -> str:
    if value < 0:
        return tongue.count(_OVERDUE, -value)
    return tongue.count(_DUE, value) if round(value) else tongue.say(_DUE_TODAY)


def _nps(value: float, _: Beside, tongue: Tongue) -> str:
    kind = _PROMOTER if value >= 9 else _PASSIVE if value >= 7 else _DETRACTOR
    return tongue.say(kind, number=tongue.decimal(value))


def _incidents(value: float, _: Beside, tongue: Tongue) -> str:
    return tongue.count(_INCIDENT, max(1.0, value)) if value else tongue.say(_NO_INCIDENT)


OUTCOMES: Final[Mapping[str, Phrase]] = {
    "mrr": amount(message("MRR is {amount}")),
    "arr": amount(message("ARR is {amount}")),
    "days_to_renewal": _days_to_renewal,
    "tenure_days": counted(
        message("A customer since today"),
        plural("A customer for {count} day", "A customer for {count} days"),
    ),
    "renewals_so_far": counted(
        message("Has not renewed yet"),
        plural("Has renewed {count} time", "Has renewed {count} times"),
    ),
    "seats_change": change(
        fell=message("Seats shrank by {change} at the last renewal"),
        same=message("Seats stayed the same at the last renewal"),
        rose=message("Seats grew by {change} at the last renewal"),
    ),
    "revenue_change": change(
        fell=message("Revenue shrank by {change} at the last renewal"),
        same=message("Revenue stayed the same at the last renewal"),
        rose=message("Revenue grew by {change} at the last renewal"),
    ),
    "north_star_vs_target": share(message("{share} of the customer's own target was reached in four weeks")),
    "nps_latest": _nps,
    "nps_mean": number(message("The mean NPS answer of a year is {number} of 10")),
    "nps_responses": counted(
        message("No NPS answers in a year"),
        plural("{count} NPS answer in a year", "{count} NPS answers in a year"),
    ),
    "csat_mean": number(message("Mean satisfaction of a year is {number} of 5")),
    "open_tickets": counted(
        message("No tickets are open"),
        plural("{count} ticket is open", "{count} tickets are open"),
    ),
    "severe_open_tickets": counted(
        message("No severe tickets are open"),
        plural("{count} severe ticket is open", "{count} severe tickets are open"),
    ),
    "complaints": counted(
        message("No complaints open or made in the last 90 days"),
        plural(
            "{count} complaint open or made in the last 90 days",
            "{count} complaints open or made in the last 90 days",
        ),
    ),
    "time_to_resolve_hours": number(message("A ticket takes {number} hours to solve")),
    "invoices_overdue": counted(
        message("No invoices are overdue"),
        plural("{count} invoice is overdue", "{count} invoices are overdue"),
    ),
    "promises_overdue": counted(
        message("No promises are overdue"),
        plural("{count} promise is overdue", "{count} promises are overdue"),
    ),
    "blocking_requests": counted(
        message("No requests that block use are unfinished"),
        plural(
            "{count} request that blocks use is unfinished",
            "{count} requests that block use are unfinished",
        ),
    ),
    "incident_minutes": _incidents,
}
