"""Runs a replay: walks the accounts under the scorecards that are meant, and compares."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import Final

from radar.replay.choices import choice_of
from radar.replay.walk import Walk, walk_beside, walk_here
from radar.settings import Settings
from radar_health_score.domain.scoring.replay import ReplayPoint
from radar_health_score.domain.scoring.replay_comparison import Comparing, Comparison
from radar_health_score.replay_job import replaying
from radar_health_score.service.scoring.replaying import ReplayProgress

# From so many points on, other processes save more time than it takes to start them.
MANY: Final = 10_000
Take = Callable[[ReplayPoint], None]
Sink = Callable[[], AbstractContextManager[Take]]


@dataclass(frozen=True, kw_only=True)
class ReplayRequest:
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
    """What came out.

    Attributes:
        points: by account and moment; none where they weren't to be kept.
        scores: how many points there were. ``accounts``: of how many accounts.
        comparison: where two scorecards were asked for.
    """

    request: ReplayRequest
    zone: str
    points: Sequence[ReplayPoint]
    scores: int
    accounts: int
    comparison: Comparison | None


@contextmanager
def nowhere() -> Iterator[Take]:
    """Take no points."""
    yield lambda _point: None


def replayed(
    settings: Settings,
    request: ReplayRequest,
    progress: ReplayProgress,
    *,
    sink: Sink = nowhere,
    keep: bool = True,
) -> Replay:
    """Return the replay; ``progress`` is told (accounts done, of all).

    ``sink`` is opened for what takes the points one by one, by account and moment, while they are found. Without
    ``keep`` no more than a few accounts' are in memory: those of a big company over a year wouldn't fit.

    Raises:
        NotFound: no such account or scorecard.
        ConfigurationError: a scorecard's file has mistakes.
    """
    found = _points(settings, request, progress)
    first = list(islice(found, 1))  # what can't be found is said before the sink is opened
    comparing = Comparing() if len(request.scorecards) > 1 else None
    kept: list[ReplayPoint] = []
    scores = accounts = 0
    with sink() as take:
        for _, of_account in groupby(chain(first, found), key=attrgetter("account_id")):
            accounts += 1
            for point in of_account:
                scores += 1
                take(point)
                if comparing is not None:
                    comparing.add(point)
                if keep:
                    kept.append(point)
    return Replay(
        request=request,
        zone=settings.time_zone,
        points=kept,
        scores=scores,
        accounts=accounts,
        comparison=None if comparing is None else comparing.result(movers=request.movers),
    )


def _points(settings: Settings, request: ReplayRequest, progress: ReplayProgress) -> Iterator[ReplayPoint]:
    with replaying(settings) as replay:
        for one in request.scorecards:
            choice_of(one, replay)  # what can't be found is said before anybody starts walking
        numbers = replay.account_nos(request.account_ids)
        walk = Walk(account_nos=numbers, moments=request.moments, scorecards=request.scorecards)
        workers = request.workers or _workers(len(numbers) * len(request.moments))
        if workers == 1:
            yield from walk_here(replay, walk, progress)
        else:
            yield from walk_beside(settings, walk, workers, progress)


def _workers(points: int) -> int:
    return (os.cpu_count() or 1) if points >= MANY else 1
