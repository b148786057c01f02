"""Growth: ARR over time, T2D3, cohorts, and what was lost and why."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from radar.console.pages.page_context import PageContext
from radar.console.sessions import Visitor
from radar.console.texts import text
from radar.console.views.economics import EconomicsQuery
from radar.console.views.growth import EVERY, OF, cohort_rows, growth, loss_rows, lost_rows

LOST = 25


def router(context: PageContext) -> APIRouter:
    """Return the route."""
    routes = context.router()

    @routes.get("/growth")
    async def grown(request: Request) -> Response:
        query = request.query_params

        async def make(_visitor: Visitor) -> dict[str, Any]:
            asked = EconomicsQuery.read(query, context.today())
            of = query.get("of", "") if query.get("of") in OF else "logos"
            every = query.get("every", "") if query.get("every") in EVERY else "quarter"
            grew, cohorts, losses = await asyncio.gather(
                context.health.growth(asked.day),
                context.health.cohorts(asked.day, every=every),
                context.health.losses(asked.day, limit=LOST),
            )
            return {
                "asked": asked,
                "today": context.today(),
                "of": of,
                "ofs": OF,
                "every": every,
                "everies": EVERY,
                "growth": growth(grew),
                "cohorts": cohort_rows(cohorts, of),
                "losses": losses,
                "tables": (
                    (text("Why"), loss_rows(losses.reasons)),
                    (text("To whom"), loss_rows(losses.competitors)),
                ),
                "lost": lost_rows(losses.items),
            }

        return await context.show(request, "economics", "growth.html", make)

    return routes
