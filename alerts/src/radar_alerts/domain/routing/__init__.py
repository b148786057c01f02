"""Whom to tell of what, how they are reached, and when."""

from radar_alerts.domain.routing.destinations import (
    AvailableChannels,
    Destination,
    Queue,
    ReachableChannel,
    to_operators,
    to_owner,
    to_queue,
)

__all__ = [
    "AvailableChannels",
    "Destination",
    "Queue",
    "ReachableChannel",
    "to_operators",
    "to_owner",
    "to_queue",
]
