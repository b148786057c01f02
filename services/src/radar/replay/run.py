"""Runs a replay: walks the accounts under the scorecards that are meant, and compares."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from radar.replay.choices import choice_of
from radar.replay.walk import Walk, walk_beside, walk_here
from radar_chassis.config import Settings
from radar_health_score.domain.replay import ReplayPoint
from radar_health_score.domain.replay_comparison import Comparing, Comparison
from radar_health_score.replay_job import replaying
from radar_health_score.service.replaying import Progress

# From so many points on, other processes save more time than it takes to start them.
MANY: Final = 10_000


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be replayed; ``scorecards``: one, or two that are to be compared. No accounts: all.

    ``workers``: how many processes walk the accounts; 0: as many as there are cores, where that pays.
    """

    moments: Sequence[datetime]
    account_ids: Sequence[str]
    scorecards: Sequence[str]
    movers: int
    workers: int = 0


@dataclass(frozen=True, kw_only=True)
class Replay:
    """What came out: points by account and moment; ``comparison`` where two scorecards were asked for."""

    asked: Asked
    zone: str
    points: Sequence[ReplayPoint]
    comparison: Comparison | None

    @property
    def accounts(self) -> int:
        """How many accounts have a point."""
        return len({point.account_id for point in self.points})


def replayed(settings: Settings, asked: Asked, progress: Progress) -> Replay:
    """Return the replay; ``progress`` is told (accounts done, of all).

    Raises:
        NotFound: no such account or scorecard.
        ConfigurationError: a scorecard's file has mistakes.
    """
    points = sorted(_points(settings, asked, progress), key=lambda point: (point.account_id, point.as_of))
    comparing = Comparing()
    if len(asked.scorecards) > 1:
        for point in points:
            comparing.add(point)
    comparison = comparing.result(movers=asked.movers) if len(asked.scorecards) > 1 else None
    return Replay(asked=asked, zone=settings.time_zone, points=points, comparison=comparison)


def _points(settings: Settings, asked: Asked, progress: Progress) -> Iterator[ReplayPoint]:
    with replaying(settings) as replay:
        for one in asked.scorecards:
            choice_of(one, replay)  # what can't be found is said before anybody starts walking
        numbers = replay.account_nos(asked.account_ids)
        walk = Walk(account_nos=numbers, moments=asked.moments, scorecards=asked.scorecards)
        workers = asked.workers or _workers(len(numbers) * len(asked.moments))
        if workers == 1:
            yield from walk_here(replay, walk, progress)
        else:
            yield from walk_beside(settings, walk, workers, progress)


def _workers(points: int) -> int:
    return (os.cpu_count() or 1) if points >= MANY else 1
