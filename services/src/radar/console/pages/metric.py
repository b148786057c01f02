"""One metric of an account over time: what it was, why it matters, and what it gave the score."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from radar.console.pages.page_context import PageContext
from radar.console.sessions import Visitor
from radar.console.views.account import as_of
from radar.console.views.metric import SPANS, every_for, metric_page, span_of


def router(context: PageContext) -> APIRouter:
    """Return the route."""
    routes = context.router()

    @routes.get("/metric/{name}")
    async def metric(request: Request, name: str) -> Response:
        query = request.query_params
        account_id = query.get("account", "")

        async def make(_visitor: Visitor) -> dict[str, Any]:
            at, days = as_of(query.get("as_of", ""), context.today()), span_of(query.get("days", ""))
            account, history, definition = await asyncio.gather(
                context.health.account(account_id),
                context.health.metric_history(
                    account_id, at.day, days=days, every=every_for(days), metric=name
                ),
                context.health.definition(name),
            )
            return {
                "account": account,
                "at": at,
                "days": days,
                "spans": SPANS,
                "metric": metric_page(history),
                "definition": definition,
                "here": request.url.path,
            }

        return await context.show(request, "portfolio", "metric.html", make)

    return routes
