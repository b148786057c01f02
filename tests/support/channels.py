"""Channels that are set up, as the settings would set them up."""

from collections.abc import Mapping

from radar_alerts.domain.routing import AvailableChannels, Queue, ReachableChannel
from radar_alerts.notifiers.registry import notifier_packages


def reachable(
    *names: str,
    only: Mapping[str, str] | None = None,
    queues: Mapping[str, Mapping[str, str]] | None = None,
    operators: Mapping[str, str] | None = None,
) -> AvailableChannels:
    """Return these channels; ``only`` are those with a single target, ``queues`` and ``operators`` targets by channel."""
    return AvailableChannels(
        channels=tuple(
            ReachableChannel(
                name=name,
                owner_target=notifier_packages()[name].owner_target,
                only_target=(only or {}).get(name),
            )
            for name in names
        ),
        queues={segment: Queue(targets=targets) for segment, targets in (queues or {}).items()},  # type: ignore[misc]
        operators=Queue(targets=operators or {}),
    )
