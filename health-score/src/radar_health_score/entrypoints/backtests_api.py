"""HTTP: backtests, and how well each scorer did in them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from radar_chassis.access.guard import Access
from radar_health_score.entrypoints.answer import answer
from radar_health_score.entrypoints.parameters import Cursor, Limit
from radar_health_score.service.queries.backtests import BacktestQueries

BacktestId = Annotated[
    str, Path(max_length=64, description="A backtest's id, or `latest` for the one made last")
]


def backtests_router(backtests: BacktestQueries, access: Access) -> APIRouter:
    """Return the routes about backtests."""
    router = APIRouter(
        prefix="/v1/backtests", tags=["forecast"], dependencies=[Depends(access.require("read"))]
    )

    @router.get("", summary="Backtests, newest first: what each found in words and at its shortest lead")
    def list_backtests(limit: Limit = 50, cursor: Cursor = None) -> Response:
        return answer(backtests.page(limit, cursor))

    @router.get("/{backtest_id}", summary="A backtest: every measure with its interval, and the curves")
    def get_backtest(backtest_id: BacktestId) -> Response:
        return answer(backtests.one(backtest_id))

    return router
