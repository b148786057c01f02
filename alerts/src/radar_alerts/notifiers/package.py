"""What a notifier package tells about itself: its name, its settings, how to check it and how to build it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Generic, TypeVar

import httpx2

from radar_alerts.service.ports import Notifier
from radar_chassis.config import Section
from radar_vocabulary.contracts.scalars import Owner
from radar_vocabulary.language.messages import Message

S = TypeVar("S", bound=Section)
Look = tuple[str, Callable[[], str]]


def no_target(_: object) -> str | None:
    """Return that there is none."""
    return None


@dataclass(frozen=True, kw_only=True)
class NotifierPackage(Generic[S]):
    """One way to reach people.

    Attributes:
        name: in deliveries, the API, and as the section of its settings: ``alerts.<name>``.
        title: what people call it.
        rank: people are reached by the channel with the lowest rank first.
        settings: its section; ``alerts.<name>_<setting>`` is read as ``alerts.<name>.<setting>``.
        other_settings: names outside that section that set one of its settings.
        queue_settings: names by which a queue may give its target, besides ``name``.
        is_set_up: whether the settings are enough to use it.
        build: returns the notifier. Raises ConfigurationError.
        looks: for ``radar doctor``: what is looked at, and a function that says how it is or raises a RadarError.
        owner_target: where an owner is reached; None where they can't be.
        only_target: where every message goes, whoever it is for; None: where its destination says.
        pause: between two messages to one destination.
        senders: how many destinations may be sent to at once: a silent one takes up a single sender.
    """

    name: str
    title: Message
    rank: int
    settings: type[S]
    is_set_up: Callable[[S], bool]
    build: Callable[[S, httpx2.Client], Notifier]
    looks: Callable[[S], Iterator[Look]] = field(default=lambda _: iter(()))
    owner_target: Callable[[Owner], str | None] = no_target
    only_target: Callable[[S], str | None] = no_target
    other_settings: Mapping[str, str] = field(default_factory=dict)
    queue_settings: tuple[str, ...] = ()
    pause: timedelta = timedelta()
    senders: int = 4
