"""Walks accounts, in this process or in several beside it."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from multiprocessing import get_context
from operator import attrgetter
from typing import Final

from radar.replay.choices import choice_of
from radar.settings import Settings
from radar_health_score.domain.scoring.replay import ReplayPoint
from radar_health_score.replay_job import replaying
from radar_health_score.service.scoring.replaying import Replaying, ReplayProgress

SHARE: Final = 20


@dataclass(frozen=True, kw_only=True)
class Walk:
    """Which accounts to walk, to which moments, under which scorecards (as they were asked for)."""

    account_nos: Sequence[int]
    moments: Sequence[datetime]
    scorecards: Sequence[str]


def walk_here(replay: Replaying, walk: Walk, progress: ReplayProgress) -> Iterator[ReplayPoint]:
    """Yield the points of a walk, reasons with the last of each account alone: a big replay must fit into memory."""
    choices = [choice_of(one, replay) for one in walk.scorecards]
    points = replay.points(walk.account_nos, walk.moments, choices, progress)
    for _, of_account in groupby(points, key=attrgetter("account_id")):
        yield from _reasons_at_the_end(of_account)


def walk_beside(
    settings: Settings, walk: Walk, workers: int, progress: ReplayProgress
) -> Iterator[ReplayPoint]:
    """Like ``walk_here``, by so many processes; what they find doesn't depend on their number."""
    shares = [
        replace(walk, account_nos=walk.account_nos[first : first + SHARE])
        for first in range(0, len(walk.account_nos), SHARE)
    ]
    # Spawned, not forked: connections to a database don't survive a fork.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        done = 0
        for share, points in zip(shares, pool.map(_share, [settings] * len(shares), shares), strict=True):
            done += len(share.account_nos)
            progress(done, len(walk.account_nos))
            yield from points


def _share(settings: Settings, walk: Walk) -> list[ReplayPoint]:
    with replaying(settings) as replay:
        return list(walk_here(replay, walk, lambda _done, _all: None))


def _reasons_at_the_end(points: Iterable[ReplayPoint]) -> Iterator[ReplayPoint]:
    *earlier, last = points
    for point in earlier:
        slim = (replace(verdict, contributions=()) for verdict in point.verdicts)
        yield replace(point, verdicts=tuple(slim))
    yield last
