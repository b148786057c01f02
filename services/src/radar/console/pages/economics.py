"""The portfolio's economics, now or as of a past day."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from radar.console.pages.desk import Desk
from radar.console.portfolio_answers import PortfolioAnswer
from radar.console.sessions import Visitor
from radar.console.views.economics import GROUPINGS, WINDOWS, Asked, bridges, figures, group_rows


def router(desk: Desk) -> APIRouter:
    """Return the route."""
    routes = desk.router()

    @routes.get("/economics")
    async def economics(request: Request) -> Response:
        async def make(_visitor: Visitor) -> dict[str, Any]:
            asked = Asked.read(request.query_params, desk.today())
            answers = await asyncio.gather(*(_portfolio(desk, asked, by) for by in GROUPINGS))
            return {
                "asked": asked,
                "windows": WINDOWS,
                "today": desk.today(),
                "portfolio": answers[0],
                "figures": figures(answers[0].total),
                "bridges": bridges(answers[0].total),
                "tables": [
                    (title, group_rows(answer.groups), answer.groups_left_out)
                    for title, answer in zip(GROUPINGS.values(), answers, strict=True)
                ],
            }

        return await desk.show(request, "economics", "economics.html", make)

    return routes


async def _portfolio(desk: Desk, asked: Asked, by: str) -> PortfolioAnswer:
    day = asked.day.isoformat() if asked.day else None
    query = {"as_of": day, "months": asked.months, "by": by}
    return await desk.health.get("/v1/portfolio", PortfolioAnswer, query)
