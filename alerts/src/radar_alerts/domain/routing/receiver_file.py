"""Reads what the workspace sets for its receivers."""

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Final, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from radar_alerts.domain.routing.checked import Checked, Fields
from radar_alerts.domain.routing.public_holidays import is_known
from radar_alerts.domain.routing.quiet_hours import EVERY_DAY, QuietHours
from radar_alerts.domain.routing.receivers import BUILT_IN, ReceiverSettings
from radar_vocabulary.contracts.alerts import Channel
from radar_vocabulary.language.tags import Language, supported

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIELDS: Final = (
    "channels", "language", "time_zone", "country", "working_days", "quiet_hours", "budget", "digest",
)  # fmt: skip


def read_receivers(
    data: object, place: str, checked: Checked, *, channels: Sequence[Channel], time_zone: str
) -> Mapping[str, ReceiverSettings]:
    """Return the settings of receivers by name. ``channels`` are all that there are; ``time_zone``: the workspace's."""
    if not isinstance(data, Mapping):
        checked.problems.append(f"{place} must be a mapping of receivers by name")
        return {}
    return {
        checked.text(name, f"{place}.{name}"): _receiver(
            one, f"{place}.{name}", checked, channels, time_zone, built_in=name in BUILT_IN
        )
        for name, one in data.items()
    }


def _receiver(
    given: object,
    place: str,
    checked: Checked,
    channels: Sequence[Channel],
    workspace_zone: str,
    *,
    built_in: bool,
) -> ReceiverSettings:
    targets_allowed = () if built_in else tuple(channels)
    data = checked.fields({} if given is None else given, place, (*FIELDS, *targets_allowed))
    targets = {name: checked.text(data[name], f"{place}.{name}") for name in targets_allowed if name in data}
    zone = _zone(data["time_zone"], f"{place}.time_zone", checked) if "time_zone" in data else None
    hour, weekday = _digest(data.get("digest", {}), f"{place}.digest", checked)
    return ReceiverSettings(
        channels=_channels(data, place, checked, channels, None if built_in else targets),
        targets=targets,
        language=_language(data["language"], f"{place}.language", checked) if "language" in data else None,
        time_zone=zone,
        quiet=_quiet(data, place, checked, zone or workspace_zone),
        budget=checked.number(data["budget"], f"{place}.budget", 0, 10_000, whole=True)
        if "budget" in data
        else None,
        digest_hour=hour,
        digest_weekday=weekday,
    )


def _channels(
    data: Fields,
    place: str,
    checked: Checked,
    known: Sequence[Channel],
    targets: Mapping[Channel, str] | None,
) -> tuple[Channel, ...] | None:
    """Return the channels in order; those of a named receiver need a target each (``targets`` None: they don't)."""
    if "channels" not in data:
        if targets is not None and not targets:
            checked.problems.append(f"{place} names no channel to reach it by: {', '.join(known)}")
        return tuple(targets) if targets else None
    places = f"{place}.channels"
    found = [
        checked.choice(one, f"{places}[{at}]", tuple(known))
        for at, one in enumerate(checked.items(data["channels"], places), 1)
    ]
    for one in found if targets is not None else ():
        if one not in (targets or {}) and one in (data["channels"] or ()):
            checked.problems.append(f"{place}.{one} is missing: where this receiver is on {one}")
    for one in targets or ():
        if one not in found:
            checked.problems.append(f"{place}.{one} is set, but {place}.channels doesn't name {one}")
    return tuple(dict.fromkeys(found))


def _quiet(data: Fields, place: str, checked: Checked, zone: str) -> QuietHours | None:
    if not {"working_days", "quiet_hours", "country"} & set(data):
        return None
    begins, ends = (
        _hours(data["quiet_hours"], f"{place}.quiet_hours", checked)
        if "quiet_hours" in data
        else 2 * (time(),)
    )
    return QuietHours(
        time_zone=zone,
        working_days=_days(data["working_days"], f"{place}.working_days", checked)
        if "working_days" in data
        else EVERY_DAY,
        quiet_from=begins,
        quiet_to=ends,
        country=_country(data["country"], f"{place}.country", checked) if "country" in data else None,
    )


def _hours(given: object, place: str, checked: Checked) -> tuple[time, time]:
    data = checked.fields(given, place, ("from", "to"))
    begins, ends = (checked.clock(data.get(name), f"{place}.{name}") for name in ("from", "to"))
    if begins == ends and {"from", "to"} <= set(data) and data["from"] == data["to"]:
        checked.problems.append(f"{place}: from and to are the same time, so there is no quiet time")
    return begins, ends


def _days(given: object, place: str, checked: Checked) -> tuple[int, ...]:
    names = checked.items(given, place)
    if not names:
        checked.problems.append(f"{place} must name at least one day: {', '.join(WEEKDAYS)}")
        return EVERY_DAY
    found = (checked.choice(one, f"{place}[{at}]", WEEKDAYS) for at, one in enumerate(names, 1))
    return tuple(sorted({WEEKDAYS.index(one) for one in found}))


def _digest(given: object, place: str, checked: Checked) -> tuple[int, int | None]:
    data = checked.fields(given, place, ("hour", "day"))
    hour = checked.number(data["hour"], f"{place}.hour", 0, 23, whole=True) if "hour" in data else 8
    if "day" not in data:
        return hour, None
    return hour, WEEKDAYS.index(checked.choice(data["day"], f"{place}.day", WEEKDAYS))


def _zone(given: object, place: str, checked: Checked) -> str:
    name = checked.text(given, place)
    try:
        ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        checked.problems.append(f"{place} is not a time zone of the IANA database, such as Europe/Berlin")
        return "UTC"
    return name or "UTC"


def _country(given: object, place: str, checked: Checked) -> str | None:
    # YAML reads Norway's code without quotes as false.
    name = "NO" if given is False else checked.text(given, place)
    if not name or is_known(name):
        return name or None
    checked.problems.append(
        f"{place} is no country whose holidays are known: a code such as DE, or DE-BY for a part"
    )
    return None


def _language(given: object, place: str, checked: Checked) -> Language | None:
    found = supported(checked.text(given, place))
    if found is None and isinstance(given, str) and given.strip():
        checked.problems.append(f"{place} must be one of {', '.join(get_args(Language))}")
    return found
