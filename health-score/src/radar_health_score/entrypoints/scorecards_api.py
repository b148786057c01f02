"""HTTP: the scorecards in force, and those of the past."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from radar_chassis.access.guard import Access
from radar_health_score.entrypoints.answer import answer
from radar_health_score.service.queries.scorecards import ScorecardQueries

Version = Annotated[str, Path(max_length=64, description="A scorecard's version, as snapshots name it")]


def scorecards_router(scorecards: ScorecardQueries, access: Access) -> APIRouter:
    """Return the routes about scorecards."""
    router = APIRouter(
        prefix="/v1/scorecards", tags=["scorecards"], dependencies=[Depends(access.require("read"))]
    )

    @router.get("", summary="Scorecards in force, with their versions")
    def list_scorecards() -> Response:
        return answer(scorecards.in_force())

    @router.get("/versions", summary="Every scorecard that was ever in force, and when")
    def list_versions() -> Response:
        return answer(scorecards.versions())

    @router.get("/{version}", summary="A scorecard that is or was in force, with its content")
    def get_version(version: Version) -> Response:
        return answer(scorecards.version(version))

    return router
