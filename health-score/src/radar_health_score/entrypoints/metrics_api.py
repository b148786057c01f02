"""HTTP: the catalogue of metrics."""

from fastapi import APIRouter, Depends, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.request_language import RequestedLanguage
from radar_health_score.domain.scoring.scorecard_set import Scorecards
from radar_health_score.entrypoints.answer import answer
from radar_health_score.service.queries.metric_catalogue import catalogue_lines
from radar_vocabulary.answers.page import Page


def metrics_router(scorecards: Scorecards, access: Access) -> APIRouter:
    """Return the routes about metrics in general."""
    router = APIRouter(prefix="/v1/metrics", tags=["metrics"], dependencies=[Depends(access.require("read"))])

    @router.get("/catalogue", summary="Every metric: what it is, its formula and source, and who counts it")
    def get_catalogue(language: RequestedLanguage) -> Response:
        return answer(Page(items=catalogue_lines(scorecards.in_force())), language)

    return router
