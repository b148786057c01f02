"""A folder of scorecards: any number of ``*.yaml``, each the scorecard of the accounts that it says."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final, get_args

from radar_chassis.errors import ConfigurationError
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_health_score.domain.scoring.scorecard_defaults import built_in_scorecards
from radar_health_score.domain.scoring.scorecard_set import Scorecards
from radar_health_score.domain.scoring.scorecard_yaml import ScorecardInvalid, parse_scorecard
from radar_health_score.domain.scoring.traits import AppliesTo
from radar_vocabulary.contracts.scalars import Segment

_SUFFIXES: Final = frozenset({".yaml", ".yml"})


def load_scorecards(folder: Path | None) -> Scorecards:
    """Return the scorecards of ``folder`` before the built-in ones, which speak for whom the folder leaves out.

    Raises:
        ScorecardInvalid: names every mistake of every file.
        ScorecardsClash: two speak for the same accounts, or one can never speak.
        ConfigurationError: there is no such folder, or a file can't be read.
    """
    built_in = built_in_scorecards()
    if folder is None:
        return built_in
    if not folder.is_dir():
        raise ConfigurationError(
            f"health.scorecards names {folder}, which doesn't exist; create it, or remove the setting."
        )
    own = _read(sorted(file for file in folder.iterdir() if file.suffix in _SUFFIXES))
    return Scorecards.of(own, *built_in.layers) if own else built_in


def load_scorecard(file: Path) -> Scorecard:
    """Return the scorecard in ``file``; raises ScorecardInvalid, ConfigurationError (it can't be read)."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"The scorecard {file} can't be read; check its path and its rights."
        ) from error
    return parse_scorecard(text, usually=_of_name(file.stem))


def _read(files: Iterable[Path]) -> list[Scorecard]:
    found, problems = [], []
    for file in files:
        try:
            found.append(load_scorecard(file))
        except ScorecardInvalid as error:
            problems += [f"{file.name}: {problem}" for problem in error.problems]
    if problems:
        raise ScorecardInvalid(problems)
    return found


def _of_name(stem: str) -> AppliesTo:
    """A file named after a segment is that segment's scorecard, unless it says whom it applies to."""
    return AppliesTo(segment=frozenset({stem})) if stem in get_args(Segment) else AppliesTo()
