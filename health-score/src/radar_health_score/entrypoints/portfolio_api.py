"""HTTP: the portfolio's economics."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.request_language import RequestedLanguage
from radar_health_score.entrypoints.answer import answer
from radar_health_score.entrypoints.parameters import AsOf, parse_as_of
from radar_health_score.service.queries.portfolio import PortfolioQueries
from radar_vocabulary.answers.portfolio import By

Months = Annotated[int, Query(ge=1, le=60, description="Length of the trailing window, in months")]


def portfolio_router(portfolio: PortfolioQueries, access: Access) -> APIRouter:
    """Return the route."""
    router = APIRouter(prefix="/v1", tags=["portfolio"], dependencies=[Depends(access.require("read"))])

    @router.get("/portfolio", summary="MRR, retention, churn, lifetime value: in total and by group")
    def get_portfolio(
        language: RequestedLanguage, as_of: AsOf = None, by: By = "segment", months: Months = 12
    ) -> Response:
        return answer(portfolio.portfolio(parse_as_of(as_of), by=by, months=months), language)

    return router
