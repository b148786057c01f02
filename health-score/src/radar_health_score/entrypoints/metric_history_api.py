"""HTTP: how an account's metrics moved."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.request_language import RequestedLanguage
from radar_health_score.entrypoints.answer import answer
from radar_health_score.entrypoints.parameters import FirstDay, LastDay, parse_as_of
from radar_health_score.service.queries.metric_history import MetricHistoryQueries


def metric_history_router(queries: MetricHistoryQueries, access: Access) -> APIRouter:
    """Return the route."""
    router = APIRouter(
        prefix="/v1/accounts/{account_id}", tags=["accounts"], dependencies=[Depends(access.require("read"))]
    )

    @router.get("/metrics/history", summary="Metrics over time: value and points on every so many days")
    def get_metric_history(
        account_id: str,
        language: RequestedLanguage,
        first: FirstDay = None,
        last: LastDay = None,
        every: Annotated[int, Query(ge=1, le=92, description="Days from one point to the next")] = 7,
        metric: Annotated[
            frozenset[str], Query(description="May be given several times; default: all")
        ] = frozenset(),
    ) -> Response:
        found = queries.history(
            account_id, parse_as_of(first), parse_as_of(last), every=every, metrics=metric
        )
        return answer(found, language)

    return router
