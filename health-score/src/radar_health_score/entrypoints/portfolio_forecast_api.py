"""HTTP: the portfolio in the quarters to come."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.request_language import RequestedLanguage
from radar_health_score.entrypoints.accounts_api import account_filter
from radar_health_score.entrypoints.answer import answer
from radar_health_score.repositories.list_records import AccountFilter
from radar_health_score.service.queries.portfolio_forecast import PortfolioForecastQueries

Correlation = Annotated[
    float,
    Query(ge=0, le=0.5, description="Correlation of any two renewals; a higher one widens the intervals"),
]


def portfolio_forecast_router(forecast: PortfolioForecastQueries, access: Access) -> APIRouter:
    """Return the route."""
    router = APIRouter(
        prefix="/v1/portfolio", tags=["portfolio"], dependencies=[Depends(access.require("read"))]
    )

    @router.get("/forecast", summary="ARR at risk, GRR and NRR of the next four quarters, with intervals")
    def get_forecast(
        wanted: Annotated[AccountFilter, Depends(account_filter)],
        language: RequestedLanguage,
        correlation: Correlation = 0.05,
    ) -> Response:
        return answer(forecast.forecast(wanted, correlation), language)

    return router
