"""HTTP: how far accounts have come."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.request_language import RequestedLanguage
from radar_health_score.entrypoints.accounts_api import account_filter
from radar_health_score.entrypoints.answer import answer
from radar_health_score.repositories.list_records import AccountFilter
from radar_health_score.service.queries.funnel import FunnelQueries


def funnel_router(funnel: FunnelQueries, access: Access) -> APIRouter:
    """Return the route."""
    router = APIRouter(prefix="/v1", tags=["portfolio"], dependencies=[Depends(access.require("read"))])

    @router.get("/portfolio/funnel", summary="Accounts by AARRR step and lifecycle stage")
    def get_funnel(
        wanted: Annotated[AccountFilter, Depends(account_filter)], language: RequestedLanguage
    ) -> Response:
        return answer(funnel.funnel(wanted), language)

    return router
