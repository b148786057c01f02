"""The portfolio's economics, now or as of a past day."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from radar.console.pages.page_context import PageContext
from radar.console.sessions import Visitor
from radar.console.views.economics import GROUPINGS, WINDOWS, EconomicsQuery, bridges, figures, group_rows


def router(context: PageContext) -> APIRouter:
    """Return the route."""
    routes = context.router()

    @routes.get("/economics")
    async def economics(request: Request) -> Response:
        async def make(_visitor: Visitor) -> dict[str, Any]:
            asked = EconomicsQuery.read(request.query_params, context.today())
            answers = await asyncio.gather(
                *(context.health.portfolio(asked.day, months=asked.months, by=by) for by in GROUPINGS)
            )
            return {
                "asked": asked,
                "windows": WINDOWS,
                "today": context.today(),
                "portfolio": answers[0],
                "figures": figures(answers[0].total),
                "bridges": bridges(answers[0].total),
                "tables": [
                    (title, group_rows(answer.groups), answer.groups_left_out)
                    for title, answer in zip(GROUPINGS.values(), answers, strict=True)
                ],
            }

        return await context.show(request, "economics", "economics.html", make)

    return routes
