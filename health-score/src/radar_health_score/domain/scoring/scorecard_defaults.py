"""The scorecards that come with the product: one for each segment."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import get_args

from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_health_score.domain.scoring.scorecard_set import Scorecards
from radar_health_score.domain.scoring.scorecard_yaml import parse_scorecard
from radar_vocabulary.contracts.scalars import Segment


@cache
def load_default_scorecards() -> Mapping[Segment, Scorecard]:
    """Return the default scorecard of each segment."""
    folder = files("radar_health_score.domain.scoring") / "scorecards"
    segments: tuple[Segment, ...] = get_args(Segment)
    return MappingProxyType(
        {segment: parse_scorecard((folder / f"{segment}.yaml").read_text("utf-8")) for segment in segments}
    )


@cache
def built_in_scorecards() -> Scorecards:
    """Return the default scorecards, as they are in force where a workspace has none of its own."""
    return Scorecards.of(load_default_scorecards().values())
