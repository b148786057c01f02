"""The portfolio: every account, the most at risk first."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from radar.console.client import Query
from radar.console.pages.desk import Desk
from radar.console.sessions import Visitor
from radar.console.views.portfolio import CHOICES, Filters, overview, owners, portfolio_rows

ROWS = 25
RENEWAL_DAYS = 90


def router(desk: Desk) -> APIRouter:
    """Return the route."""
    routes = desk.router()

    @routes.get("/")
    async def portfolio(request: Request) -> Response:
        async def make(_visitor: Visitor) -> dict[str, Any]:
            filters = Filters.read(request.query_params)
            listing, renewals = await asyncio.gather(
                desk.health.accounts({**_query(filters), "cursor": filters.cursor, "limit": ROWS}),
                desk.health.renewals(RENEWAL_DAYS, {"segment": filters.segment, "owner": filters.owner}),
            )
            return {
                "filters": filters,
                "choices": {value: text for value, (text, _) in CHOICES.items()},
                "overview": overview(listing, renewals),
                "rows": portfolio_rows(listing.items, desk.today()),
                "owners": owners(listing.items),
                "next_cursor": listing.next_cursor,
                "now": desk.now(),
                "events_url": desk.events_url or str(request.base_url).rstrip("/"),
            }

        return await desk.show(request, "portfolio", "portfolio.html", make)

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
