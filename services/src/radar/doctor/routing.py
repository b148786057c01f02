"""Whether messages can be routed as the settings say."""

from collections.abc import Iterator

from radar.doctor.finding import Finding
from radar.settings import Settings
from radar_alerts.notifiers.set_up import available_channels
from radar_alerts.routing_settings import read_routing_settings
from radar_chassis.errors import ConfigurationError


def check_routing(settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong with the routing, or what it holds; nothing where the workspace has set none."""
    wanted = settings.alerts
    if wanted.routing is None and not wanted.receivers:
        return
    try:
        found = read_routing_settings(wanted, time_zone=settings.time_zone)
    except ConfigurationError as error:
        yield Finding(check="routing", state="failed", detail=error.detail)
        return
    names = ", ".join(found.receivers) or "none of their own"
    detail = f"{len(found.routes)} routes; receivers: {names}"
    yield Finding(check="routing", state="ok", detail=detail)
    set_up = {one.name for one in available_channels(wanted).channels}
    for name, receiver in found.receivers.items():
        for channel in receiver.channels or ():
            if channel not in set_up:
                detail = f"{name} has the channel {channel}, which is not set up: it is left out"
                yield Finding(check="routing", state="note", detail=detail)
