"""The channels that the settings set up."""

from collections.abc import Iterator, Mapping

import httpx2

from radar_alerts.domain.routing import AvailableChannels, Queue, ReachableChannel
from radar_alerts.notifiers.console import NAME as CONSOLE
from radar_alerts.notifiers.registry import notifier_packages
from radar_alerts.service.ports import Notifier
from radar_alerts.settings import AlertsSettings
from radar_alerts.settings import Queue as QueueSettings
from radar_vocabulary.contracts.alerts import Channel
from radar_vocabulary.language.messages import Message


def available_channels(settings: AlertsSettings) -> AvailableChannels:
    """Return the channels that are set up, and the teams' targets on them."""
    return AvailableChannels(
        channels=tuple(_reachable(settings)),
        queues={segment: _queue(given) for segment, given in settings.queues.items()},
        operators=_queue(settings.operators),
    )


def build_notifiers(settings: AlertsSettings, client: httpx2.Client) -> Mapping[Channel, Notifier]:
    """Return the notifiers of the channels that are set up. Raises ConfigurationError."""
    return {
        name: package.build(settings.section(name), client)
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
