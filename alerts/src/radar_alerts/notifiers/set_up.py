"""The channels that the settings set up."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from fastapi import APIRouter

from radar_alerts.domain.routing import AvailableChannels, Queue, ReachableChannel
from radar_alerts.notifiers.console import NAME as CONSOLE
from radar_alerts.notifiers.package import Surroundings
from radar_alerts.notifiers.registry import notifier_packages
from radar_alerts.routing_settings import read_routing_settings
from radar_alerts.service.ports import Notifier
from radar_alerts.settings import AlertsSettings
from radar_alerts.settings import Queue as QueueSettings
from radar_chassis.errors import ConfigurationError
from radar_vocabulary.contracts.alerts import Channel
from radar_vocabulary.contracts.scalars import Owner
from radar_vocabulary.language.messages import Message


def available_channels(settings: AlertsSettings) -> AvailableChannels:
    """Return the channels that are set up, and the teams' targets on them."""
    return AvailableChannels(
        channels=tuple(_reachable(settings)),
        queues={segment: _queue(given) for segment, given in settings.queues.items()},
        operators=_queue(settings.operators),
    )


def build_notifiers(settings: AlertsSettings, shared: Surroundings) -> Mapping[Channel, Notifier]:
    """Return the notifiers of the channels that are set up. Raises ConfigurationError."""
    return {
        name: package.build(settings.section(name), surroundings_for(name, settings, shared))
        for name, package in notifier_packages().items()
        if package.is_set_up(settings.section(name))
    }


def channel_titles() -> Mapping[Channel, Message]:
    """Return what people call each channel."""
    return {name: package.title for name, package in notifier_packages().items()}


def _reachable(settings: AlertsSettings) -> Iterator[ReachableChannel]:
    for name, package in notifier_packages().items():
        section = settings.section(name)
        if name != CONSOLE and package.is_set_up(section):
            yield ReachableChannel(
                name=name, owner_target=package.owner_target, only_target=package.only_target(section)
            )


def _queue(given: QueueSettings) -> Queue:
    return Queue(targets=given.targets)


def surroundings_for(channel: Channel, settings: AlertsSettings, shared: Surroundings) -> Surroundings:
    """Return what is shared, with the channel's targets that the settings themselves name."""
    teams: list[Mapping[Channel, str]] = [
        one.targets for one in (settings.operators, *settings.queues.values())
    ]
    teams += [one.targets for one in read_routing_settings(settings).receivers.values()]
    return replace(shared, trusted=frozenset(targets[channel] for targets in teams if channel in targets))


def channel_routers(settings: AlertsSettings, shared: Surroundings) -> Iterator[APIRouter]:
    """Yield what channels answer over HTTP themselves."""
    for name, package in notifier_packages().items():
        yield from package.routers(settings.section(name), surroundings_for(name, settings, shared))


def refuse_to_start(settings: AlertsSettings, owners: Callable[[], Collection[Owner]]) -> None:
    """Raise ConfigurationError where a channel that is set up mustn't run like this."""
    for name, package in notifier_packages().items():
        section = settings.section(name)
        if not package.is_set_up(section) or package.refuses(section, ()) is None:
            continue
        targets = {target for one in owners() if (target := package.owner_target(one))}
        raise ConfigurationError(package.refuses(section, targets) or "")
