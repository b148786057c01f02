"""What the metrics of agreements, surveys and signals say, beside those in ``outcomes``."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.language.translator import Translator
from radar_vocabulary.reasons.phrase import Beside, Phrase, counted, number, share

_FEWER_SEATS: Final = plural(
    "{count} seat fewer than in the previous term", "{count} seats fewer than in the previous term"
)
_SAME_SEATS: Final = message("Same number of seats as in the previous term")
_MORE_SEATS: Final = plural(
    "{count} seat more than in the previous term", "{count} seats more than in the previous term"
)
_LESS_MRR: Final = message("MRR down {amount} vs the previous term")
_SAME_MRR: Final = message("MRR unchanged vs the previous term")
_MORE_MRR: Final = message("MRR up {amount} vs the previous term")
_NPS_FELL: Final = message("Mean NPS rating down {number} vs the previous 6 months")
_NPS_SAME: Final = message("Mean NPS rating unchanged vs the previous 6 months")
_NPS_ROSE: Final = message("Mean NPS rating up {number} vs the previous 6 months")


def _seats_gained(value: float, _: Beside, translator: Translator) -> str:
    if not round(value):
        return translator.say(_SAME_SEATS)
    return translator.count(_MORE_SEATS if value > 0 else _FEWER_SEATS, abs(value))


def _revenue_gained(value: float, _: Beside, translator: Translator) -> str:
    if not round(value):
        return translator.say(_SAME_MRR)
    return translator.say(_MORE_MRR if value > 0 else _LESS_MRR, amount=translator.whole(abs(value)))


def _nps_change(value: float, _: Beside, translator: Translator) -> str:
    if not round(value, 1):
        return translator.say(_NPS_SAME)
    return translator.say(_NPS_ROSE if value > 0 else _NPS_FELL, number=translator.decimal(abs(value)))


AGREEMENTS: Final[Mapping[str, Phrase]] = {
    "seats_gained": _seats_gained,
    "revenue_gained": _revenue_gained,
    "contractions_so_far": counted(
        message("No renewal at a lower value"),
        plural("{count} renewal at a lower value", "{count} renewals at a lower value"),
    ),
    "terms_lost": counted(
        message("No term ended without a renewal"),
        plural("{count} term ended without a renewal", "{count} terms ended without a renewal"),
    ),
    "terms_lost_to_competitor": counted(
        message("No term lost to a competitor"),
        plural("{count} term lost to a competitor", "{count} terms lost to a competitor"),
    ),
    "milestones_reached": counted(
        message("No milestones reached"),
        plural("{count} milestone reached", "{count} milestones reached"),
    ),
    "nps_change": _nps_change,
    "csat_latest": number(message("Latest CSAT rating: {number} of 5")),
    "csat_responses": counted(
        message("No CSAT responses in the last year"),
        plural("{count} CSAT response in the last year", "{count} CSAT responses in the last year"),
    ),
    "tickets_opened": counted(
        message("No tickets opened in the last 90 days"),
        plural("{count} ticket opened in the last 90 days", "{count} tickets opened in the last 90 days"),
    ),
    "longest_overdue_days": counted(
        message("No unpaid invoice is overdue"),
        plural(
            "The oldest unpaid invoice is {count} day overdue",
            "The oldest unpaid invoice is {count} days overdue",
        ),
    ),
    "promises_kept": share(message("{share} of promises due were kept")),
    "open_requests": counted(
        message("No open requests"),
        plural("{count} open request", "{count} open requests"),
    ),
    "incidents": counted(
        message("Not affected by our incidents in the last 4 weeks"),
        plural(
            "Affected by {count} of our incidents in the last 4 weeks",
            "Affected by {count} of our incidents in the last 4 weeks",
        ),
    ),
}
AGREEMENTS_DESCRIPTIONS: Final[Mapping[str, Message]] = {
    "seats_gained": message("Seats vs the previous term"),
    "revenue_gained": message("MRR vs the previous term"),
    "contractions_so_far": message("Renewals at a lower value"),
    "terms_lost": message("Terms that ended without a renewal"),
    "terms_lost_to_competitor": message("Terms lost to a competitor"),
    "milestones_reached": message("Milestones reached"),
    "nps_change": message("Mean NPS rating vs the previous 6 months"),
    "csat_latest": message("Latest CSAT rating, 1 to 5"),
    "csat_responses": message("CSAT responses in the last year"),
    "tickets_opened": message("Tickets opened in the last 90 days"),
    "longest_overdue_days": message("Days the oldest unpaid invoice is overdue"),
    "promises_kept": message("Promises kept / promises due"),
    "open_requests": message("Open requests"),
    "incidents": message("Our incidents in the last 28 days"),
}
