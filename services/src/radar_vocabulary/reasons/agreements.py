"""What the metrics of agreements, surveys and signals say, beside those in ``outcomes``."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import message, plural
from radar_vocabulary.language.tongue import Tongue
from radar_vocabulary.reasons.phrase import Beside, Phrase, counted, number, share

_FEWER_SEATS: Final = plural(
    "{count} seat fewer than in the term before", "{count} seats fewer than in the term before"
)
_SAME_SEATS: Final = message("As many seats as in the term before")
_MORE_SEATS: Final = plural(
    "{count} seat more than in the term before", "{count} seats more than in the term before"
)
_LESS_MRR: Final = message("MRR fell by {amount} against the term before")
_SAME_MRR: Final = message("MRR is that of the term before")
_MORE_MRR: Final = message("MRR rose by {amount} against the term before")
_NPS_FELL: Final = message("The mean NPS answer fell by {number} against the half-year before")
_NPS_SAME: Final = message("The mean NPS answer is that of the half-year before")
_NPS_ROSE: Final = message("The mean NPS answer rose by {number} against the half-year before")


def _seats_gained(value: float, _: Beside, tongue: Tongue) -> str:
    if not round(value):
        return tongue.say(_SAME_SEATS)
    return tongue.count(_MORE_SEATS if value > 0 else _FEWER_SEATS, abs(value))


def _revenue_gained(value: float, _: Beside, tongue: Tongue) -> str:
    if not round(value):
        return tongue.say(_SAME_MRR)
    return tongue.say(_MORE_MRR if value > 0 else _LESS_MRR, amount=tongue.whole(abs(value)))


def _nps_change(value: float, _: Beside, tongue: Tongue) -> str:
    if not round(value, 1):
        return tongue.say(_NPS_SAME)
    return tongue.say(_NPS_ROSE if value > 0 else _NPS_FELL, number=tongue.decimal(abs(value)))


AGREEMENTS: Final[Mapping[str, Phrase]] = {
    "seats_gained": _seats_gained,
    "revenue_gained": _revenue_gained,
    "contractions_so_far": counted(
        message("Never renewed with less"),
        plural("Renewed with less {count} time", "Renewed with less {count} times"),
    ),
    "terms_lost": counted(
        message("No term has ended without a renewal"),
        plural("{count} term ended without a renewal", "{count} terms ended without a renewal"),
    ),
    "terms_lost_to_competitor": counted(
        message("Nothing was lost to a competitor"),
        plural("{count} term was lost to a competitor", "{count} terms were lost to a competitor"),
    ),
    "milestones_reached": counted(
        message("No milestone has been reached"),
        plural("{count} milestone reached", "{count} milestones reached"),
    ),
    "nps_change": _nps_change,
    "csat_latest": number(message("The latest satisfaction is {number} of 5")),
    "csat_responses": counted(
        message("No satisfaction answers in a year"),
        plural("{count} satisfaction answer in a year", "{count} satisfaction answers in a year"),
    ),
    "tickets_opened": counted(
        message("No tickets opened in the last 90 days"),
        plural("{count} ticket opened in the last 90 days", "{count} tickets opened in the last 90 days"),
    ),
    "longest_overdue_days": counted(
        message("No invoice is unpaid past its due day"),
        plural(
            "The oldest unpaid invoice is {count} day overdue",
            "The oldest unpaid invoice is {count} days overdue",
        ),
    ),
    "promises_kept": share(message("{share} of the promises that came due were kept")),
    "open_requests": counted(
        message("No requests are unfinished"),
        plural("{count} request is unfinished", "{count} requests are unfinished"),
    ),
    "incidents": counted(
        message("None of our incidents hit them in four weeks"),
        plural(
            "{count} incident of ours hit them in four weeks",
            "{count} incidents of ours hit them in four weeks",
        ),
    ),
}
