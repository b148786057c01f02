"""What the metrics with a long memory say, RFM among them."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import message, plural
from radar_vocabulary.language.tongue import Tongue
from radar_vocabulary.reasons.phrase import Beside, Phrase, counted, number, share, trend

_USUAL_UP_TO: Final = 1.5
_BEYOND_FROM: Final = 30.0
_USUAL: Final = message("The present silence is nothing unusual")
_UNUSUAL: Final = message("Silent for {number} times the usual gap")
_BEYOND: Final = message("Silent far longer than was ever usual")


def _silence(value: float, _: Beside, tongue: Tongue) -> str:
    if value >= _BEYOND_FROM:
        return tongue.say(_BEYOND)
    if value <= _USUAL_UP_TO:
        return tongue.say(_USUAL)
    return tongue.say(_UNUSUAL, number=tongue.decimal(value))


YEAR: Final[Mapping[str, Phrase]] = {
    "usage_trend_quarter": trend(
        stopped=message("Use stopped: nothing in the last twelve weeks"),
        fell=message("Use fell {change} against the twelve weeks before"),
        steady=message("Use held steady against the twelve weeks before"),
        rose=message("Use rose {change} against the twelve weeks before"),
    ),
    "active_days_half_year": counted(
        message("No day with use in half a year"),
        plural("{count} day with use in half a year", "{count} days with use in half a year"),
    ),
    "active_days_year": counted(
        message("No day with use in a year"),
        plural("{count} day with use in a year", "{count} days with use in a year"),
    ),
    "active_days_per_week": number(message("Used on {number} days a week over half a year")),
    "active_windows": share(message("{share} of the last year had use within four weeks")),
    "silence_vs_habit": _silence,
    "rfm_recency": number(message("RFM recency is {number} of 5")),
    "rfm_frequency": number(message("RFM frequency is {number} of 5")),
    "rfm_monetary": number(message("RFM monetary value is {number} of 5")),
    "rfm": number(message("RFM is {number} of 15")),
}
