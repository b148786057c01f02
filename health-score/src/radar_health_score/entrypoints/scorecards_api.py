"""HTTP: the scorecards in force."""

from collections.abc import Mapping

from fastapi import APIRouter, Depends, Response

from radar_chassis.access.guard import Access
from radar_chassis.contracts.scalars import Segment
from radar_health_score.domain.scorecard import Scorecard, ScoredDimension
from radar_health_score.entrypoints.answer import answer
from radar_health_score.service.answers import (
    BandLimits,
    Page,
    ScorecardDimension,
    ScorecardLine,
    ScorecardMetric,
)


def scorecards_router(scorecards: Mapping[Segment, Scorecard], access: Access) -> APIRouter:
    """Return the routes about scorecards."""
    router = APIRouter(prefix="/v1", tags=["scorecards"], dependencies=[Depends(access.require("read"))])

    @router.get("/scorecards", summary="Scorecards in force, with their versions")
    def list_scorecards() -> Response:
        return answer(Page(items=[_line(segment, one) for segment, one in scorecards.items()]))

    return router


def _line(segment: Segment, scorecard: Scorecard) -> ScorecardLine:
    return ScorecardLine(
        segment=segment,
        name=scorecard.name,
        version=scorecard.version,
        neutral=scorecard.neutral,
        bands=BandLimits(healthy=scorecard.healthy_from, watch=scorecard.watch_from),
        min_coverage=scorecard.min_coverage,
        dimensions=[_dimension(part) for part in scorecard.dimensions],
    )


def _dimension(part: ScoredDimension) -> ScorecardDimension:
    metrics = [
        ScorecardMetric(metric=one.name, weight=one.weight, curve=one.curve.points()) for one in part.metrics
    ]
    return ScorecardDimension(dimension=part.dimension, weight=part.weight, metrics=metrics)
