"""Whom to tell, and how: a chain of destinations, tried in order until one takes the message.

Every chain ends in the console, so that no notice is ever dropped.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from msgspec import Struct

from radar_vocabulary.contracts.alerts import Channel
from radar_vocabulary.contracts.scalars import Owner, Segment


class Destination(Struct, frozen=True, kw_only=True):
    """A channel and whom to reach on it.

    What ``target`` is depends on the channel: an id, an address, or, on the console, the name of whom it was meant for.
    """

    channel: Channel
    target: str


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Where a team looks: its target by channel."""

    targets: Mapping[Channel, str] = field(default_factory=dict)


def _nobody(_: Owner) -> str | None:
    return None


@dataclass(frozen=True, kw_only=True)
class ReachableChannel:
    """A channel that is set up.

    Attributes:
        owner_target: where an owner is reached; None where they can't be.
        only_target: the one target of a channel that has no other; everybody is reached there.
    """

    name: Channel
    owner_target: Callable[[Owner], str | None] = _nobody
    only_target: str | None = None


@dataclass(frozen=True, kw_only=True)
class AvailableChannels:
    """The channels that are set up, the one that people are reached by first at the front. The console isn't one."""

    channels: tuple[ReachableChannel, ...] = ()
    queues: Mapping[Segment, Queue] = field(default_factory=dict)
    operators: Queue = field(default_factory=Queue)

    def in_order(self, order: tuple[Channel, ...] | None) -> tuple[ReachableChannel, ...]:
        """Return those of ``order`` that are set up, in that order; None: all of them."""
        if order is None:
            return self.channels
        found = {one.name: one for one in self.channels}
        return tuple(found[name] for name in order if name in found)


def to_owner(
    owner: Owner | None,
    segment: Segment,
    channels: AvailableChannels,
    order: tuple[Channel, ...] | None = None,
) -> tuple[Destination, ...]:
    """Return the owner's chain, then the segment's queue; an account without an owner has the queue alone.

    ``order``: the channels by which owners are reached; None: all that are set up.
    """
    queue = to_queue(segment, channels)
    if owner is None:
        return queue
    own = _destinations(channels.in_order(order), lambda channel: channel.owner_target(owner))
    name = owner.name or owner.email
    last = Destination(channel="console", target=name) if name else queue[-1]
    return tuple(dict.fromkeys([*own, *queue[:-1], last]))


def to_queue(segment: Segment, channels: AvailableChannels) -> tuple[Destination, ...]:
    """Return the chain of the segment's queue."""
    return _team(channels.queues.get(segment, Queue()), channels, f"{segment.replace('_', ' ')} queue")


def to_operators(channels: AvailableChannels, *, without: Channel | None = None) -> tuple[Destination, ...]:
    """Return the operators' chain, leaving out a channel that is the very thing that broke."""
    chain = _team(channels.operators, channels, "operators")
    return tuple(destination for destination in chain if destination.channel != without)


def _team(queue: Queue, channels: AvailableChannels, name: str) -> tuple[Destination, ...]:
    console = Destination(channel="console", target=name)
    return (*_destinations(channels.channels, lambda channel: queue.targets.get(channel.name)), console)


def _destinations(
    channels: tuple[ReachableChannel, ...], target_on: Callable[[ReachableChannel], str | None]
) -> list[Destination]:
    found = [(one.name, one.only_target or target_on(one)) for one in channels]
    return [Destination(channel=name, target=target) for name, target in found if target]
