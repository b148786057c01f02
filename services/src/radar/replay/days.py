"""The moments that a replay is asked for."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Literal

from radar_chassis.errors import InvalidRequest
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.entrypoints.parameters import parse_as_of

STEPS: Final = {"day": 1, "week": 7}
MOST: Final = 3_660


def moments(
    zone: str,
    now: datetime,
    *,
    first: datetime | None,
    last: datetime | None,
    as_of: Sequence[str],
    every: Literal["day", "week"],
) -> tuple[datetime, ...]:
    """Return the moments meant, ascending: the end of each day, and of today the moment ``now``.

    Raises:
        InvalidRequest: they lie in the future or the wrong way round, are too many, or asked for in two ways.
    """
    days = WorkspaceDays(zone)
    if as_of:
        if first is not None or last is not None:
            raise InvalidRequest("Give --as-of for moments, or --from and --to for days; not both.")
        return tuple(sorted({_moment(days, now, one) for one in as_of}))
    today = days.day_of(now)
    end = today if last is None else last.toordinal()
    begin = end if first is None else first.toordinal()
    if begin > end or end > today:
        raise InvalidRequest("--from must not be after --to, and --to must not be in the future.")
    request = range(end, begin - 1, -STEPS[every])
    if len(request) > MOST:
        raise InvalidRequest(f"Ask for at most {MOST} days at once; --every week makes them fewer.")
    return tuple(min(days.end_of(day), now) for day in reversed(request))


def _moment(days: WorkspaceDays, now: datetime, text: str) -> datetime:
    request = parse_as_of(text)
    if request is None:
        return now
    if not isinstance(request, datetime):
        request = _end_of(days, request, now)
    if request.tzinfo is None:
        raise InvalidRequest("A moment needs an offset, such as 2026-11-21T10:00:00Z; or give a date.")
    if request > now:
        raise InvalidRequest("--as-of is in the future.")
    return request


def _end_of(days: WorkspaceDays, day: date, now: datetime) -> datetime:
    return now if day.toordinal() == days.day_of(now) else days.end_of(day.toordinal())
