"""Backtests: whether the score would have told us."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from radar.console.pages.page_context import PageContext
from radar.console.sessions import Visitor
from radar.console.views.backtests import backtest_page, run_rows
from radar.console.views.probability_source import probability_source

RUNS = 10


def router(context: PageContext) -> APIRouter:
    """Return the routes."""
    routes = context.router()

    @routes.get("/backtests")
    async def latest(request: Request) -> Response:
        return await _shown(context, request, "latest")

    @routes.get("/backtests/{backtest_id}")
    async def backtest(request: Request, backtest_id: str) -> Response:
        return await _shown(context, request, backtest_id)

    return routes


async def _shown(context: PageContext, request: Request, name: str) -> Response:
    cursor = request.query_params.get("cursor", "")

    async def make(_visitor: Visitor) -> dict[str, Any]:
        runs, models = await asyncio.gather(
            context.health.backtests({"limit": RUNS, "cursor": cursor}),
            context.health.models(),
        )
        speaks = probability_source(models)
        if not runs.items and name == "latest":
            return {"backtest": None, "page": None, "runs": (), "cursor": None, "speaks": speaks}
        backtest = await context.health.backtest(name)
        return {
            "backtest": backtest,
            "page": backtest_page(backtest, request.query_params.get("lead", "")),
            "runs": run_rows(runs.items),
            "cursor": runs.next_cursor,
            "speaks": speaks,
        }

    return await context.show(request, "backtests", "backtests.html", make)
