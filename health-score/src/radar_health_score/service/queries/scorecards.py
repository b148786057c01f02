"""The scorecards in force, and every one that ever was."""

from radar_chassis.errors import NotFound
from radar_chassis.store.database import Database
from radar_health_score.domain.scoring.scorecard import Scorecard, ScoredDimension
from radar_health_score.domain.scoring.scorecard_file import scorecard_file
from radar_health_score.service.scoring.configurations import Configurations
from radar_vocabulary.answers.page import Page
from radar_vocabulary.answers.scorecards import (
    BandLimits,
    ScorecardDimension,
    ScorecardLine,
    ScorecardMetric,
    ScorecardVersion,
    ScorecardVersionLine,
)


class ScorecardQueries:
    """Answers about scorecards."""

    def __init__(self, database: Database, configurations: Configurations) -> None:
        self._database = database
        self._configurations = configurations

    def in_force(self) -> Page[ScorecardLine]:
        """Return the scorecards in force, a workspace's own first."""
        return Page(items=[_line(one) for one in self._configurations.current.scorecards.in_force()])

    def versions(self) -> Page[ScorecardVersionLine]:
        """Return every scorecard that was ever in use, the latest first."""
        current = self._configurations.current.scorecards
        with self._database.reading() as connection:
            uses = self._configurations.book.uses(connection)
        return Page(
            items=[
                ScorecardVersionLine(
                    name=one.name,
                    version=one.version,
                    in_force=current.version(one.version) is not None,
                    periods=one.periods,
                )
                for one in reversed(uses)
            ]
        )

    def version(self, version: str) -> ScorecardVersion:
        """Return a scorecard that is or was in use; raises NotFound."""
        known = self._configurations
        with self._database.reading() as connection:
            scorecard = known.scorecard(connection, version)
            uses = {one.version: one for one in known.book.uses(connection)}
        if scorecard is None:
            raise NotFound(
                "No scorecard of this version was ever in use; GET /v1/scorecards/versions lists all."
            )
        return ScorecardVersion(
            scorecard=_line(scorecard),
            in_force=known.current.scorecards.version(version) is not None,
            periods=uses[version].periods if version in uses else (),
            yaml=scorecard_file(scorecard),
        )


def _line(scorecard: Scorecard) -> ScorecardLine:
    return ScorecardLine(
        name=scorecard.name,
        version=scorecard.version,
        applies_to=scorecard.applies_to.conditions(),
        neutral=scorecard.neutral,
        bands=BandLimits(healthy=scorecard.healthy_from, watch=scorecard.watch_from),
        min_coverage=scorecard.min_coverage,
        stale_after_days=scorecard.stale_after_days,
        when_stale=scorecard.when_stale,
        renewal=scorecard.renewal.points(),
        dimensions=[_dimension(part) for part in scorecard.dimensions],
    )


def _dimension(part: ScoredDimension) -> ScorecardDimension:
    metrics = [
        ScorecardMetric(metric=one.name, weight=one.weight, curve=one.curve.points()) for one in part.metrics
    ]
    return ScorecardDimension(dimension=part.dimension, weight=part.weight, metrics=metrics)
