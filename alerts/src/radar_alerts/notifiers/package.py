"""What a notifier package tells about itself: its name, its settings, how to check it and how to build it."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

import httpx2
from fastapi import APIRouter

from radar_alerts.service.case_acts import CaseActs
from radar_alerts.service.ports import Notifier
from radar_chassis.clock import Clock
from radar_chassis.config import Section
from radar_vocabulary.contracts.scalars import Owner
from radar_vocabulary.language.messages import Message
from radar_vocabulary.language.tags import Language

S = TypeVar("S", bound=Section)
Look = tuple[str, Callable[[], str]]


def no_target(_: object) -> str | None:
    """Return that there is none."""
    return None


def _no_routers(_: object, __: object) -> Sequence[APIRouter]:
    return ()


def no_reason(_: object, __: object) -> str | None:
    """Return that there is none."""
    return None


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What a notifier may use.

    Attributes:
        client: for HTTP; closed by whoever made it.
        trusted: the channel's targets that the operators configured themselves.
        language: what people are answered in where nothing tells their own.
        acts: what people can do about a case.
        person: the name of the owner who is this user of the channel; None for a stranger.
        first_time: whether a signature wasn't seen since a moment before now; it is from now on.
    """

    client: httpx2.Client
    clock: Clock
    trusted: frozenset[str]
    language: Language
    acts: CaseActs
    person: Callable[[str], str | None]
    first_time: Callable[[str, datetime, datetime], bool]


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
        routers: what it answers over HTTP itself.
        refuses: why the service mustn't start, from the owners' targets on the channel; None: it may.
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
    build: Callable[[S, Surroundings], Notifier]
    routers: Callable[[S, Surroundings], Sequence[APIRouter]] = _no_routers
    looks: Callable[[S], Iterator[Look]] = field(default=lambda _: iter(()))
    refuses: Callable[[S, Collection[str]], str | None] = no_reason
    owner_target: Callable[[Owner], str | None] = no_target
    only_target: Callable[[S], str | None] = no_target
    other_settings: Mapping[str, str] = field(default_factory=dict)
    queue_settings: tuple[str, ...] = ()
    pause: timedelta = timedelta()
    senders: int = 4
