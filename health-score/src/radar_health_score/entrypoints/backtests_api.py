"""HTTP: backtests, and how well each scorer did in them."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from radar_chassis.access.guard import Access
from radar_chassis.http.request_language import RequestedLanguage
from radar_health_score.domain.forecast.leads import LEADS
from radar_health_score.entrypoints.answer import answer
from radar_health_score.entrypoints.parameters import Cursor, Limit
from radar_health_score.repositories.backtest_run_records import BacktestRequest
from radar_health_score.service.forecast.backtest_runs import BacktestRuns
from radar_health_score.service.queries.backtests import BacktestQueries, run_answer

BacktestId = Annotated[
    str, Path(max_length=64, description="A backtest's id, or `latest` for the one made last")
]


Leads = Annotated[
    list[Annotated[int, Field(ge=0, le=365)]], Field(min_length=1, max_length=12, description="Days")
]


class BacktestBody(BaseModel):
    """What to test; without a ``split`` it is the day by which 65% of the outcomes were known."""

    model_config = ConfigDict(extra="forbid")

    split: date | None = None
    leads: Leads = list(LEADS)


def backtests_router(backtests: BacktestQueries, runs: BacktestRuns, access: Access) -> APIRouter:
    """Return the routes about backtests."""
    router = APIRouter(prefix="/v1/backtests", tags=["forecast"])
    reading, administering = Depends(access.require("read")), Depends(access.require("admin"))

    @router.post(
        "",
        status_code=202,
        dependencies=[administering],
        summary="Make a backtest, one at a time: the answer has the id under which it will be found",
    )
    def ask_for_backtest(body: BacktestBody | None = None) -> Response:
        asked = body or BacktestBody()
        leads = tuple(sorted(set(asked.leads), reverse=True))
        run = runs.ask(BacktestRequest(split=asked.split, leads=leads))
        response = answer(run_answer(run, goes_on=True))
        response.status_code = 202
        response.headers["Location"] = f"/v1/backtests/{run.backtest_id}"
        return response

    @router.get(
        "",
        dependencies=[reading],
        summary="Backtests, newest first: what each found in words and at its shortest lead",
    )
    def list_backtests(language: RequestedLanguage, limit: Limit = 50, cursor: Cursor = None) -> Response:
        return answer(backtests.page(limit, cursor, language), language)

    @router.get(
        "/{backtest_id}",
        dependencies=[reading],
        summary="A backtest: every measure with its interval, and the curves; running or failed: how far it is",
    )
    def get_backtest(backtest_id: BacktestId, language: RequestedLanguage) -> Response:
        return answer(backtests.one(backtest_id, language), language)

    return router
