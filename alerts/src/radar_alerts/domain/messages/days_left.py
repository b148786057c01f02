"""When a renewal is due, in a few words, and the last day for giving notice where that is nearer."""

from datetime import date
from typing import Final

from radar_vocabulary.contracts.health import Renewal
from radar_vocabulary.language.messages import message, plural
from radar_vocabulary.language.translator import Translator

_DUE: Final = plural("due in {count} day", "due in {count} days")
_DUE_TODAY: Final = message("due today")
_OVERDUE: Final = plural("due {count} day ago", "due {count} days ago")
_ENDS: Final = plural("ends in {count} day", "ends in {count} days")
_ENDS_TODAY: Final = message("ends today")
_ENDED: Final = plural("ended {count} day ago", "ended {count} days ago")
_AHEAD: Final = plural("{day}, in {count} day", "{day}, in {count} days")
_TODAY: Final = message("{day}, today")
_AGO: Final = plural("{day}, {count} day ago", "{day}, {count} days ago")


def when(days: int, translator: Translator, *, ends: bool = False) -> str:
    """Return when a renewal is due in so many ``days`` (below 0: was); ``ends``: of a contract that was cancelled."""
    if days == 0:
        return translator.say(_ENDS_TODAY if ends else _DUE_TODAY)
    ahead, past = (_ENDS, _ENDED) if ends else (_DUE, _OVERDUE)
    return translator.count(ahead if days > 0 else past, abs(days))


def day_and_distance(day: date, days: int, translator: Translator) -> str:
    """Return the day, and how far off it is."""
    said = translator.day(day)
    if days == 0:
        return translator.say(_TODAY, day=said)
    return translator.count(_AHEAD if days > 0 else _AGO, abs(days), day=said)


def days_to_notice(renewal: Renewal | None) -> int | None:
    """Return the days to the last day for giving notice; None where it isn't known, has passed or isn't nearer."""
    if renewal is None or renewal.notice_by is None or renewal.notice_by >= renewal.renews_on:
        return None
    days = renewal.days - (renewal.renews_on - renewal.notice_by).days
    return days if days >= 0 else None
