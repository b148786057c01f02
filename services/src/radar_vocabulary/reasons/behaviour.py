"""What the metrics of the dimension "behaviour" say."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import message, plural
from radar_vocabulary.language.tongue import Tongue
from radar_vocabulary.reasons.phrase import Beside, Phrase, counted, number, share, trend

_NO_KEY_FEATURE: Final = message("No key feature was used in four weeks")
_FREQUENCY: Final = message("Key features are used {number} times a week")


def _frequency(value: float, _: Beside, tongue: Tongue) -> str:
    return tongue.say(_FREQUENCY, number=tongue.decimal(value)) if value else tongue.say(_NO_KEY_FEATURE)


BEHAVIOUR: Final[Mapping[str, Phrase]] = {
    "logins_per_active_user": number(message("An active user logs in {number} times in four weeks")),
    "active_days_per_active_user": number(message("An active user is there on {number} of 28 days")),
    "minutes_per_active_user": number(message("An active user spends {number} minutes in four weeks")),
    "days_since_last_activity": counted(
        message("Active today"),
        plural("No activity for {count} day", "No activity for {count} days"),
    ),
    "key_feature_breadth": share(message("{share} of the key features were used in four weeks")),
    "key_feature_frequency": _frequency,
    "north_star_count": number(message("The North Star count is {number} in four weeks")),
    "north_star_trend": trend(
        stopped=message("The North Star stopped: nothing in the last four weeks"),
        fell=message("The North Star fell {change} against the four weeks before"),
        steady=message("The North Star held steady against the four weeks before"),
        rose=message("The North Star rose {change} against the four weeks before"),
    ),
    "usage_trend": trend(
        stopped=message("Use stopped: nothing in the last four weeks"),
        fell=message("Use fell {change} against the four weeks before"),
        steady=message("Use held steady against the four weeks before"),
        rose=message("Use rose {change} against the four weeks before"),
    ),
    "regularity": share(message("{share} of the working days of four weeks had some use")),
    "active_weeks": share(message("{share} of the last 12 weeks had some use")),
}
