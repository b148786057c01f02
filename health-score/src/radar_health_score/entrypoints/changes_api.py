"""HTTP: why a score changed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.request_language import RequestedLanguage
from radar_health_score.entrypoints.answer import answer
from radar_health_score.entrypoints.parameters import parse_as_of
from radar_health_score.service.queries.changes import ChangeQueries

From = Annotated[
    str | None,
    Query(
        alias="from",
        max_length=40,
        description="A past moment (RFC 3339), or a date, which means its end; default: 28 days before `to`",
    ),
]
To = Annotated[
    str | None,
    Query(
        alias="to", max_length=40, description="A later moment, or a date, which means its end; default: now"
    ),
]


def changes_router(changes: ChangeQueries, access: Access) -> APIRouter:
    """Return the route."""
    router = APIRouter(
        prefix="/v1/accounts/{account_id}", tags=["accounts"], dependencies=[Depends(access.require("read"))]
    )

    @router.get("/health/changes", summary="A change of score, split into behaviour, time and configuration")
    def get_changes(
        account_id: str, language: RequestedLanguage, first: From = None, last: To = None
    ) -> Response:
        return answer(changes.changes(account_id, parse_as_of(first), parse_as_of(last), language), language)

    return router
