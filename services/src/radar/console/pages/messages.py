"""The messages: what was told to whom, and where no channel is set up, what would have been."""

from typing import Any

from fastapi import APIRouter, Request, Response

from radar.console.pages.page_context import PageContext
from radar.console.sessions import Visitor

ROWS = 25


def router(context: PageContext) -> APIRouter:
    """Return the route."""
    routes = context.router()

    @routes.get("/messages")
    async def messages(request: Request) -> Response:
        cursor = request.query_params.get("cursor", "")

        async def make(_visitor: Visitor) -> dict[str, Any]:
            page = await context.alerts.deliveries({"cursor": cursor, "limit": ROWS})
            return {"messages": page.items, "next_cursor": page.next_cursor, "first_page": not cursor}

        return await context.show(request, "messages", "messages.html", make)

    return routes
