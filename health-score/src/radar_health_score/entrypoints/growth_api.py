"""HTTP: cohorts of customers, and growth against T2D3."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.request_language import RequestedLanguage
from radar_health_score.entrypoints.answer import answer
from radar_health_score.entrypoints.parameters import AsOf, parse_as_of
from radar_health_score.service.queries.cohorts import CohortQueries
from radar_health_score.service.queries.growth import GrowthQueries
from radar_vocabulary.contracts.scalars import Every

By = Annotated[Every, Query(description="How long a cohort's period is")]


def growth_router(cohorts: CohortQueries, growth: GrowthQueries, access: Access) -> APIRouter:
    """Return the routes."""
    router = APIRouter(
        prefix="/v1/portfolio", tags=["portfolio"], dependencies=[Depends(access.require("read"))]
    )

    @router.get("/cohorts", summary="How many customers stay, and what they pay, by when they began")
    def get_cohorts(language: RequestedLanguage, as_of: AsOf = None, by: By = "quarter") -> Response:
        return answer(cohorts.cohorts(parse_as_of(as_of), every=by), language)

    @router.get("/growth", summary="ARR month by month, and against T2D3")
    def get_growth(language: RequestedLanguage, as_of: AsOf = None) -> Response:
        return answer(growth.growth(parse_as_of(as_of)), language)

    return router
