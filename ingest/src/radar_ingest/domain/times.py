"""Settles the moments of an event: when it happened, and since when it can be known."""

from datetime import UTC, datetime

from radar_ingest.domain.limits import Limits
from radar_ingest.domain.rejection import Refused

NO_TIME = "occurred_at was missing; the time of arrival stands in for it."
NO_OFFSET = "{} had no offset and was read as UTC; send one, as in 2026-11-21T10:00:00Z."
FUTURE = (
    "occurred_at lay too far in the future; the time of arrival stands in for it. Check the sender's clock."
)
KNOWN_LATER = "known_at lay after the arrival; the time of arrival stands in for it."


def settle(
    *,
    occurred_at: datetime | None,
    known_at: datetime | None,
    received_at: datetime,
    history: bool,
    limits: Limits,
    warnings: list[str],
) -> tuple[datetime, datetime]:
    """Return (occurred_at, known_at) in UTC, adding to ``warnings`` what had to be assumed.

    ``known_at`` is the arrival, unless the client says earlier or loads ``history`` (known when it happened); it
    is never later than the arrival.

    Raises:
        Refused: a time before ``limits.oldest``.
    """
    if occurred_at is None:
        warnings.append(NO_TIME)
        occurred_at = received_at
    else:
        occurred_at = _utc(occurred_at, "occurred_at", limits, warnings)
        if occurred_at > received_at + limits.future:
            warnings.append(FUTURE)
            occurred_at = received_at
    if known_at is None:
        return occurred_at, min(occurred_at, received_at) if history else received_at
    known_at = _utc(known_at, "known_at", limits, warnings)
    if known_at > received_at:
        warnings.append(KNOWN_LATER)
        known_at = received_at
    return occurred_at, known_at


def _utc(moment: datetime, name: str, limits: Limits, warnings: list[str]) -> datetime:
    if moment.tzinfo is None:
        warnings.append(NO_OFFSET.format(name))
        moment = moment.replace(tzinfo=UTC)
    if moment < limits.oldest:
        raise Refused("too_old", f"{name} is before {limits.oldest:%Y-%m-%d}; check its unit and year.")
    if moment.tzinfo is UTC:
        return moment
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
