"""The alerts: what waits for somebody first, then what is taken care of."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from radar.console.pages.page_context import PageContext
from radar.console.sessions import Visitor
from radar.console.views.alerts import DONE, AlertCard, alert_cards
from radar_vocabulary.language.messages import message

TABS: Final = {
    "": message("Unresolved").text,
    "open": message("Open").text,
    "acknowledged": message("Acknowledged").text,
    "snoozed": message("Snoozed").text,
    "resolved": message("Resolved").text,
}
_UNRESOLVED: Final = ("open", "acknowledged", "snoozed")
ROWS: Final = 20


@dataclass(frozen=True, kw_only=True)
class Section:
    """The alerts in one state; ``next_cursor`` leads to more of them."""

    state: str
    cards: tuple[AlertCard, ...]
    next_cursor: str | None


def router(context: PageContext) -> APIRouter:
    """Return the routes. Messages link to a case by its id: its account's page shows it."""
    routes = context.router()

    @routes.get("/alerts")
    async def alerts(request: Request) -> Response:
        tab = request.query_params.get("state", "")
        tab = tab if tab in TABS else ""
        cursor = request.query_params.get("cursor", "") if tab else ""

        async def make(_visitor: Visitor) -> dict[str, Any]:
            states = (tab,) if tab else _UNRESOLVED
            sections = await asyncio.gather(*(_section(context, state, cursor) for state in states))
            return {
                "tab": tab,
                "tabs": TABS,
                "sections": [section for section in sections if section.cards],
                "done": DONE.get(request.query_params.get("done", "")),
                "here": request.url.path,
            }

        return await context.show(request, "alerts", "alerts.html", make)

    @routes.get("/cases")
    async def cases(request: Request) -> Response:
        await context.authentication.visitor(request)
        return RedirectResponse("/alerts", HTTPStatus.SEE_OTHER)

    @routes.get("/cases/{case_id}")
    async def case(request: Request, case_id: str) -> Response:
        await context.authentication.visitor(request)
        found = await context.alerts.alert(case_id)
        return RedirectResponse(f"/accounts/{quote(found.account_id, safe='')}", HTTPStatus.SEE_OTHER)

    return routes


async def _section(context: PageContext, state: str, cursor: str) -> Section:
    page = await context.alerts.alerts({"state": state, "cursor": cursor, "limit": ROWS})
    cards = alert_cards(page.items, context.today(), context.renderer.zone)
    return Section(state=state, cards=cards, next_cursor=page.next_cursor)
