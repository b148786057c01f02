"""Whom to tell, and how: a chain of destinations, tried in order until one takes the message.

Every chain ends in the console, so that no notice is ever dropped.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from msgspec import Struct

from radar_vocabulary.contracts.alerts import Channel
from radar_vocabulary.contracts.scalars import Owner, Segment

WEBHOOK: Final = "webhook"


class Destination(Struct, frozen=True, kw_only=True):
    """A channel and whom to reach on it.

    ``target`` is a Slack user or channel id ("webhook" where the webhook itself names the channel), an e-mail
    address, or, on the console, the name of whom it was meant for.
    """

    channel: Channel
    target: str


@dataclass(frozen=True, kw_only=True)
class Queue:
    """Where a team looks."""

    slack_channel: str | None = None
    email: str | None = None


@dataclass(frozen=True, kw_only=True)
class AvailableChannels:
    """Which channels are set up. ``slack`` says how: by bot token anybody can be reached, a webhook is one channel."""

    slack: Literal["none", "webhook", "bot"] = "none"
    email: bool = False
    queues: Mapping[Segment, Queue] = field(default_factory=dict)
    operators: Queue = field(default_factory=Queue)


def to_owner(owner: Owner | None, segment: Segment, channels: AvailableChannels) -> tuple[Destination, ...]:
    """Return the owner's chain, then the segment's queue; an account without an owner has the queue alone."""
    queue = to_queue(segment, channels)
    if owner is None:
        return queue
    own = [*_slack(owner.slack_id, channels), *_email(owner.email, channels)]
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
    return (*_slack(queue.slack_channel, channels), *_email(queue.email, channels), console)


def _slack(target: str | None, channels: AvailableChannels) -> list[Destination]:
    if channels.slack == WEBHOOK:
        return [Destination(channel="slack", target=WEBHOOK)]
    return [Destination(channel="slack", target=target)] if channels.slack == "bot" and target else []


def _email(address: str | None, channels: AvailableChannels) -> list[Destination]:
    return [Destination(channel="email", target=address)] if channels.email and address else []
