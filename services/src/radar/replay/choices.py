"""Finds the scorecards that a replay is asked for."""

from pathlib import Path
from typing import Final

from radar_chassis.errors import NotFound
from radar_health_score.adapters.scorecard_folder import load_scorecard, load_scorecards
from radar_health_score.service.scoring.replaying import Replaying, ScorecardChoice, always, as_it_was, one_of

SHORTEST: Final = 4


def choice_of(which: str, replay: Replaying) -> ScorecardChoice:
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


def _of_version(which: str, replay: Replaying) -> ScorecardChoice:
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
