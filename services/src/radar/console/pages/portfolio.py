"""The portfolio: every account, the most at risk first."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from radar.console.pages.page_context import PageContext
from radar.console.service_api import Query
from radar.console.sessions import Visitor
from radar.console.views.portfolio import CHOICES, Filters, overview, owners, portfolio_rows

ROWS = 25
RENEWAL_DAYS = 90


def router(context: PageContext) -> APIRouter:
    """Return the route."""
    routes = context.router()

    @routes.get("/")
    async def portfolio(request: Request) -> Response:
        async def make(_visitor: Visitor) -> dict[str, Any]:
            filters = Filters.read(request.query_params)
            listing, renewals = await asyncio.gather(
                context.health.accounts({**_query(filters), "cursor": filters.cursor, "limit": ROWS}),
                context.health.renewals(
                    {"segment": filters.segment, "owner": filters.owner, "within_days": RENEWAL_DAYS}
                ),
            )
            return {
                "filters": filters,
                "choices": {value: text for value, (text, _) in CHOICES.items()},
                "overview": overview(listing.totals, renewals.totals),
                "rows": portfolio_rows(listing.items, context.today()),
                "owners": owners(listing.items),
                "next_cursor": listing.next_cursor,
                "now": context.now(),
                "events_url": context.events_url or str(request.base_url).rstrip("/"),
            }

        return await context.show(request, "portfolio", "portfolio.html", make)

    return routes


def _query(filters: Filters) -> Query:
    return {
        "q": filters.q,
        "standing": filters.standings,
        "segment": filters.segment,
        "owner": filters.owner,
        "band": filters.band,
        "sort": filters.sort,
    }
