"""What the metrics of the dimension "outcomes" say."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.language.translator import Translator
from radar_vocabulary.reasons.phrase import Beside, Phrase, amount, change, counted, number, share

_OVERDUE: Final = plural("Renewal {count} day overdue", "Renewal {count} days overdue")
_DUE: Final = plural("Renewal in {count} day", "Renewal in {count} days")
_DUE_TODAY: Final = message("Renewal is today")
_PROMOTER: Final = message("Latest NPS rating: {number} of 10 (promoter)")
_PASSIVE: Final = message("Latest NPS rating: {number} of 10 (passive)")
_DETRACTOR: Final = message("Latest NPS rating: {number} of 10 (detractor)")
_NO_INCIDENT: Final = message("Not affected by our incidents in the last 4 weeks")
_INCIDENT: Final = plural(
    "Affected by our incidents for {count} minute in the last 4 weeks",
    "Affected by our incidents for {count} minutes in the last 4 weeks",
)


def _days_to_renewal(value: float, _: Beside, translator: Translator) -> str:
    if value < 0:
        return translator.count(_OVERDUE, -value)
    return translator.count(_DUE, value) if round(value) else translator.say(_DUE_TODAY)


def _nps(value: float, _: Beside, translator: Translator) -> str:
    kind = _PROMOTER if value >= 9 else _PASSIVE if value >= 7 else _DETRACTOR
    return translator.say(kind, number=translator.decimal(value))


def _incidents(value: float, _: Beside, translator: Translator) -> str:
    return translator.count(_INCIDENT, max(1.0, value)) if value else translator.say(_NO_INCIDENT)


OUTCOMES: Final[Mapping[str, Phrase]] = {
    "mrr": amount(message("MRR: {amount}")),
    "arr": amount(message("ARR: {amount}")),
    "days_to_renewal": _days_to_renewal,
    "tenure_days": counted(
        message("Customer since today"),
        plural("Customer for {count} day", "Customer for {count} days"),
    ),
    "renewals_so_far": counted(
        message("Not renewed yet"),
        plural("Renewed {count} time", "Renewed {count} times"),
    ),
    "seats_change": change(
        fell=message("Seats down {change} at the last renewal"),
        same=message("Seats unchanged at the last renewal"),
        rose=message("Seats up {change} at the last renewal"),
    ),
    "revenue_change": change(
        fell=message("Revenue down {change} at the last renewal"),
        same=message("Revenue unchanged at the last renewal"),
        rose=message("Revenue up {change} at the last renewal"),
    ),
    "north_star_vs_target": share(
        message("{share} of the customer's North Star target reached in the last 4 weeks")
    ),
    "nps_latest": _nps,
    "nps_mean": number(message("Mean NPS rating in the last year: {number} of 10")),
    "nps_responses": counted(
        message("No NPS responses in the last year"),
        plural("{count} NPS response in the last year", "{count} NPS responses in the last year"),
    ),
    "csat_mean": number(message("Mean CSAT rating in the last year: {number} of 5")),
    "open_tickets": counted(
        message("No tickets are open"),
        plural("{count} ticket is open", "{count} tickets are open"),
    ),
    "severe_open_tickets": counted(
        message("No severe tickets are open"),
        plural("{count} severe ticket is open", "{count} severe tickets are open"),
    ),
    "complaints": counted(
        message("No complaints open or received in the last 90 days"),
        plural(
            "{count} complaint open or received in the last 90 days",
            "{count} complaints open or received in the last 90 days",
        ),
    ),
    "open_complaints": counted(
        message("No complaints are open"),
        plural("{count} complaint is open", "{count} complaints are open"),
    ),
    "incidents_14d": counted(
        message("Not affected by our incidents in the last 14 days"),
        plural(
            "Affected by {count} of our incidents in the last 14 days",
            "Affected by {count} of our incidents in the last 14 days",
        ),
    ),
    "time_to_resolve_hours": number(message("Median time to resolve a ticket: {number} hours")),
    "invoices_overdue": counted(
        message("No invoices are overdue"),
        plural("{count} invoice is overdue", "{count} invoices are overdue"),
    ),
    "promises_overdue": counted(
        message("No promises are overdue"),
        plural("{count} promise is overdue", "{count} promises are overdue"),
    ),
    "blocking_requests": counted(
        message("No open requests block use"),
        plural(
            "{count} open request blocks use",
            "{count} open requests block use",
        ),
    ),
    "incident_minutes": _incidents,
}
OUTCOMES_DESCRIPTIONS: Final[Mapping[str, Message]] = {
    "mrr": message("Monthly recurring revenue"),
    "arr": message("Annual recurring revenue, 12 x MRR"),
    "days_to_renewal": message("Days to the nearest renewal"),
    "tenure_days": message("Days since the first contract began"),
    "renewals_so_far": message("Renewals so far"),
    "seats_change": message("Seats vs the previous term, as a share"),
    "revenue_change": message("MRR vs the previous term, as a share"),
    "north_star_vs_target": message("North Star / the customer's target"),
    "nps_latest": message("Latest NPS rating, 0 to 10"),
    "nps_mean": message("Mean NPS rating in the last year, 0 to 10"),
    "nps_responses": message("NPS responses in the last year"),
    "csat_mean": message("Mean CSAT rating in the last year, 1 to 5"),
    "open_tickets": message("Open tickets"),
    "severe_open_tickets": message("Open tickets of high or critical severity"),
    "complaints": message("Complaints open or received in the last 90 days"),
    "open_complaints": message("Open complaints"),
    "incidents_14d": message("Our incidents in the last 14 days"),
    "time_to_resolve_hours": message("Median time to resolve a ticket"),
    "invoices_overdue": message("Overdue unpaid invoices"),
    "promises_overdue": message("Overdue promises"),
    "blocking_requests": message("Open requests that block use"),
    "incident_minutes": message("Minutes of our incidents in the last 28 days"),
}
