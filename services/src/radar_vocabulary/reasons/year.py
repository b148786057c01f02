"""What the metrics with a long memory say, RFM among them."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.language.translator import Translator
from radar_vocabulary.reasons.phrase import Beside, Phrase, counted, number, share, trend

_USUAL_UP_TO: Final = 1.5
_BEYOND_FROM: Final = 30.0
_USUAL: Final = message("Time since last use is normal")
_UNUSUAL: Final = message("Inactive for {number} times the usual gap")
_BEYOND: Final = message("Inactive far longer than usual")


def _silence(value: float, _: Beside, translator: Translator) -> str:
    if value >= _BEYOND_FROM:
        return translator.say(_BEYOND)
    if value <= _USUAL_UP_TO:
        return translator.say(_USUAL)
    return translator.say(_UNUSUAL, number=translator.decimal(value))


YEAR: Final[Mapping[str, Phrase]] = {
    "usage_trend_quarter": trend(
        stopped=message("Usage stopped: none in the last 12 weeks"),
        fell=message("Usage down {change} vs the previous 12 weeks"),
        steady=message("Usage stable vs the previous 12 weeks"),
        rose=message("Usage up {change} vs the previous 12 weeks"),
    ),
    "active_days_half_year": counted(
        message("Not used in the last 6 months"),
        plural("Used on {count} day in the last 6 months", "Used on {count} days in the last 6 months"),
    ),
    "active_days_year": counted(
        message("Not used in the last year"),
        plural("Used on {count} day in the last year", "Used on {count} days in the last year"),
    ),
    "active_days_per_week": number(message("Used {number} days a week over the last 6 months")),
    "active_windows": share(message("{share} of days in the last year had use in the 4 weeks before")),
    "usual_gap_days": number(message("Most gaps between days with use last at most {number} days")),
    "silence_vs_habit": _silence,
    "rfm_recency": number(message("RFM recency: {number} of 5")),
    "rfm_frequency": number(message("RFM frequency: {number} of 5")),
    "rfm_monetary": number(message("RFM monetary value: {number} of 5")),
    "rfm": number(message("RFM: {number} of 15")),
}
YEAR_DESCRIPTIONS: Final[Mapping[str, Message]] = {
    "usage_trend_quarter": message("Usage trend vs the previous 12 weeks"),
    "active_days_half_year": message("Days with use among the last 182"),
    "active_days_year": message("Days with use among the last 364"),
    "active_days_per_week": message("Days with use per week in the last 6 months"),
    "active_windows": message("Share of days in the last year with use in the 4 weeks before"),
    "usual_gap_days": message("90th percentile of the gaps between days with use"),
    "silence_vs_habit": message("Time since last use / usual gap"),
    "rfm_recency": message("RFM: how recently, 1 to 5"),
    "rfm_frequency": message("RFM: how often in a year, 1 to 5"),
    "rfm_monetary": message("RFM: how much revenue, 1 to 5"),
    "rfm": message("RFM: recency, frequency and revenue, 3 to 15"),
}
