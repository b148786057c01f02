"""HTTP: the demand pool."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from radar_chassis.access.guard import Access
from radar_health_score.entrypoints.answer import answer
from radar_health_score.entrypoints.parameters import Cursor, Limit
from radar_health_score.service.queries.requests import RequestFilter, RequestQueries

Text = Annotated[str | None, Query(max_length=200)]
Kind = Literal["blocks_use", "wins_deal", "money", "other"]


def requests_router(requests: RequestQueries, access: Access) -> APIRouter:
    """Return the route."""
    router = APIRouter(prefix="/v1", tags=["requests"], dependencies=[Depends(access.require("read"))])

    @router.get(
        "/requests", summary="What customers ask for: similar requests merged, the most pressing first"
    )
    def list_requests(
        kind: Kind | None = None,
        module: Text = None,
        region: Text = None,
        account_id: Text = None,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Response:
        wanted = RequestFilter(kind=kind, module=module, region=region, account_id=account_id)
        return answer(requests.requests(wanted, limit=limit, cursor=cursor))

    return router
