"""Renewals: every contract coming up, and what the quarters to come look like."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from radar.console.pages.page_context import PageContext
from radar.console.sessions import Visitor
from radar.console.views.renewals import WITHIN, Due, due_rows, quarter_tables

ROWS = 50


def router(context: PageContext) -> APIRouter:
    """Return the route."""
    routes = context.router()

    @routes.get("/renewals")
    async def renewals(request: Request) -> Response:
        async def make(_visitor: Visitor) -> dict[str, Any]:
            asked = Due.read(request.query_params)
            whose = {"segment": asked.segment, "owner": asked.owner}
            page, forecast = await asyncio.gather(
                context.health.renewals(
                    {**whose, "within_days": asked.within, "limit": ROWS, "cursor": asked.cursor}
                ),
                context.health.forecast(whose),
            )
            return {
                "asked": asked,
                "spans": WITHIN,
                "page": page,
                "rows": due_rows(page.items, context.today()),
                "owners": sorted({one.owner.email for one in page.items if one.owner and one.owner.email}),
                "quarters": quarter_tables(forecast),
                "level": forecast.assumptions.level,
                "correlation": forecast.assumptions.correlation,
            }

        return await context.show(request, "renewals", "renewals.html", make)

    return routes
