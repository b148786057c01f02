"""Runs a replay: finds the scorecards that are meant, walks the accounts, compares."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from radar_chassis.config import Settings
from radar_chassis.errors import NotFound
from radar_health_score.adapters.scorecard_folder import load_scorecard, load_scorecards
from radar_health_score.domain.replay import ReplayPoint
from radar_health_score.domain.replay_comparison import Comparing, Comparison
from radar_health_score.replay_job import replaying
from radar_health_score.service.replaying import Choice, Progress, Replaying, always, as_it_was, one_of

SHORTEST: Final = 4


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be replayed; ``scorecards``: one, or two that are to be compared. No accounts: all."""

    moments: Sequence[datetime]
    account_ids: Sequence[str]
    scorecards: Sequence[str]
    movers: int


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
    with replaying(settings) as replay:
        choices = [choice_of(one, replay) for one in asked.scorecards]
        numbers = replay.account_nos(asked.account_ids)
        comparing = Comparing()
        points = []
        for point in replay.points(numbers, asked.moments, choices, progress):
            if len(choices) > 1:
                comparing.add(point)
            points.append(_without_reasons(point))
    points.sort(key=lambda point: (point.account_id, point.as_of))
    comparison = comparing.result(movers=asked.movers) if len(choices) > 1 else None
    return Replay(asked=asked, zone=settings.time_zone, points=points, comparison=comparison)


def choice_of(which: str, replay: Replaying) -> Choice:
    """Return the scorecards meant: then, current, a file or folder, a version, the name of one in force."""
    current = replay.configurations.current.scorecards
    if which == "then":
        return as_it_was()
    if which == "current":
        return one_of(current)
    path = Path(which)
    if path.is_dir():
        return one_of(load_scorecards(path))
    if path.is_file():
        return always(load_scorecard(path))
    named = next((one for one in current.in_force() if one.name == which), None)
    return always(named) if named is not None else _of_version(which, replay)


def _of_version(which: str, replay: Replaying) -> Choice:
    with replay.database.reading() as connection:
        uses = replay.configurations.book.uses(connection)
        current = [one.version for one in replay.configurations.current.scorecards.in_force()]
        known = dict.fromkeys((*current, *(one.version for one in uses)))
        found = [one for one in known if one.startswith(which)] if len(which) >= SHORTEST else []
        scorecard = replay.configurations.scorecard(connection, found[0]) if len(found) == 1 else None
    if scorecard is None:
        raise NotFound(
            f"{which} is no file, no folder, and not the version or name of one scorecard that was ever in force; "
            "GET /v1/scorecards/versions lists them."
        )
    return always(scorecard)


def _without_reasons(point: ReplayPoint) -> ReplayPoint:
    """A year of ten thousand accounts fits into memory without them."""
    slim = (replace(verdict, contributions=()) for verdict in point.verdicts)
    return replace(point, verdicts=tuple(slim))
