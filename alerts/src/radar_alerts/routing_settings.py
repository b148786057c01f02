"""The routing that the settings say: a file, or a tree among them; without one the owner is told, else the queue."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from radar_alerts.domain.languages import Languages
from radar_alerts.domain.routing import AvailableChannels
from radar_alerts.domain.routing.receivers import OWNER, Receivers
from radar_alerts.domain.routing.route_file import Routing, RoutingInvalid, read_routing
from radar_alerts.domain.routing.tree import Tree
from radar_alerts.notifiers.registry import notifier_packages
from radar_alerts.settings import AlertsSettings
from radar_chassis.errors import ConfigurationError
from radar_chassis.strict_yaml import UnreadableYaml, read_yaml
from radar_vocabulary.contracts.alerts import Channel

CONSOLE = "console"


def routing_tree(
    settings: AlertsSettings,
    *,
    channels: AvailableChannels,
    languages: Languages,
    time_zone: str,
    rules: Collection[str] = (),
) -> Tree:
    """Return the tree in force. Raises RoutingInvalid, ConfigurationError, as ``read_routing_settings`` does."""
    found = read_routing_settings(settings, time_zone=time_zone, rules=rules)
    receivers = Receivers(
        channels=channels,
        languages=languages,
        time_zone=time_zone,
        budget=settings.budget_a_day,
        settings=found.receivers,
    )
    return Tree(receivers=receivers, routes=found.routes, fallback=found.fallback)


def read_routing_settings(
    settings: AlertsSettings, *, time_zone: str = "UTC", rules: Collection[str] = ()
) -> Routing:
    """Return the routing that the settings describe.

    ``time_zone`` is the workspace's; ``rules`` are the names of all rules, empty: any name will do.

    Raises:
        RoutingInvalid: names every mistake by its place.
        ConfigurationError: the file can't be read.
    """
    data = _document(settings.routing)
    if settings.receivers:
        data = _with_receivers(data, settings.receivers)
    return read_routing(data, channels=_channels(), time_zone=time_zone, rules=rules)


def _document(routing: Path | Mapping[str, Any] | None) -> Any:
    if routing is None:
        return {"fallback": [OWNER]}
    if not isinstance(routing, Path):
        return routing
    try:
        return read_yaml(routing.read_text("utf-8"))
    except UnreadableYaml as error:
        raise RoutingInvalid([f"{routing.name}: {error}"]) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"alerts.routing names {routing}, which can't be read; check its path and its rights."
        ) from error


def _with_receivers(data: Any, further: Mapping[str, Any]) -> Any:
    """Return the document with the receivers that the settings have beside it. Raises RoutingInvalid."""
    if not isinstance(data, Mapping):
        return data
    given = data.get("receivers") or {}
    twice = sorted(set(given) & set(further)) if isinstance(given, Mapping) else []
    if twice:
        names = ", ".join(twice)
        raise RoutingInvalid([f"alerts.receivers and the routing both have {names}; keep one of each"])
    return {**data, "receivers": {**given, **further}} if isinstance(given, Mapping) else data


def _channels() -> tuple[Channel, ...]:
    """Return the channels that a receiver may have; everybody has the console, as the last."""
    return tuple(name for name in notifier_packages() if name != CONSOLE)
