"""What the metrics of the dimension "behaviour" say."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.language.translator import Translator
from radar_vocabulary.reasons.phrase import Beside, Phrase, counted, number, share, trend

_NO_KEY_FEATURE: Final = message("No key feature used in the last 4 weeks")
_FREQUENCY: Final = message("Key features used {number} times a week")


def _frequency(value: float, _: Beside, translator: Translator) -> str:
    return (
        translator.say(_FREQUENCY, number=translator.decimal(value))
        if value
        else translator.say(_NO_KEY_FEATURE)
    )


BEHAVIOUR: Final[Mapping[str, Phrase]] = {
    "logins_per_active_user": number(message("{number} logins per active user in the last 4 weeks")),
    "active_days_per_active_user": number(
        message("{number} active days per active user in the last 4 weeks")
    ),
    "minutes_per_active_user": number(message("{number} minutes per active user in the last 4 weeks")),
    "days_since_last_activity": counted(
        message("Active today"),
        plural("No activity for {count} day", "No activity for {count} days"),
    ),
    "active_days_14d": counted(
        message("Not used in the last 14 days"),
        plural("Used on {count} day in the last 14 days", "Used on {count} days in the last 14 days"),
    ),
    "key_feature_breadth": share(message("{share} of key features used in the last 4 weeks")),
    "key_feature_frequency": _frequency,
    "north_star_count": number(message("North Star count in the last 4 weeks: {number}")),
    "north_star_trend": trend(
        stopped=message("North Star stopped: none in the last 4 weeks"),
        fell=message("North Star down {change} vs the previous 4 weeks"),
        steady=message("North Star stable vs the previous 4 weeks"),
        rose=message("North Star up {change} vs the previous 4 weeks"),
    ),
    "usage_trend": trend(
        stopped=message("Usage stopped: none in the last 4 weeks"),
        fell=message("Usage down {change} vs the previous 4 weeks"),
        steady=message("Usage stable vs the previous 4 weeks"),
        rose=message("Usage up {change} vs the previous 4 weeks"),
    ),
    "regularity": share(message("Used on {share} of working days in the last 4 weeks")),
    "active_weeks": share(message("Used in {share} of the last 12 weeks")),
}
BEHAVIOUR_DESCRIPTIONS: Final[Mapping[str, Message]] = {
    "logins_per_active_user": message("Logins / MAU in the last 28 days"),
    "active_days_per_active_user": message("Active days per active user"),
    "minutes_per_active_user": message("Minutes / MAU in the last 28 days"),
    "days_since_last_activity": message("Days since last activity"),
    "active_days_14d": message("Days with use among the last 14"),
    "key_feature_breadth": message("Key features used in the last 28 days / all key features"),
    "key_feature_frequency": message("Uses of key features per week"),
    "north_star_count": message("North Star count in the last 28 days"),
    "north_star_trend": message("North Star trend vs the previous 28 days"),
    "usage_trend": message("Usage trend vs the previous 28 days"),
    "regularity": message("Share of working days with use"),
    "active_weeks": message("Share of the last 12 weeks with use"),
}
