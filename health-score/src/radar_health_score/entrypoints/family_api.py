"""HTTP: the accounts below one."""

from fastapi import APIRouter, Depends, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.request_language import RequestedLanguage
from radar_health_score.entrypoints.answer import answer
from radar_health_score.entrypoints.parameters import Cursor, Limit
from radar_health_score.repositories.list_records import Sort
from radar_health_score.service.queries.accounts import AccountQueries


def family_router(accounts: AccountQueries, access: Access) -> APIRouter:
    """Return the route."""
    router = APIRouter(
        prefix="/v1/accounts/{account_id}", tags=["accounts"], dependencies=[Depends(access.require("read"))]
    )

    @router.get("/children", summary="Accounts directly below, and the whole family rolled up")
    def list_children(
        account_id: str,
        language: RequestedLanguage,
        sort: Sort = "-arr_at_risk",
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Response:
        return answer(accounts.children(account_id, sort=sort, limit=limit, cursor=cursor), language)

    return router
