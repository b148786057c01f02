"""Health set by hand: a form's POST, then back to the account."""

from datetime import timedelta
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from radar.console.pages.page_context import PageContext
from radar.console.views.override_choices import OVERRIDE_BANDS
from radar_chassis.errors import InvalidRequest

Token = Annotated[str, Form()]
Account = Annotated[str, Form(max_length=1000)]


def router(context: PageContext) -> APIRouter:
    """Return the routes."""
    routes = context.router()

    @routes.post("/by-hand/set")
    async def set_by_hand(
        request: Request,
        account: Account,
        band: Annotated[str, Form(max_length=40)],
        days: Annotated[int, Form(ge=1, le=366)],
        reason: Annotated[str, Form(max_length=2000)] = "",
        token: Token = "",
    ) -> Response:
        visitor = await context.authentication.actor(request, token)
        if band not in OVERRIDE_BANDS or not reason.strip():
            raise InvalidRequest("Choose a band and give a reason.")
        until = context.clock.now() + timedelta(days=days)
        await context.health.set_override(account, band, visitor.name, reason.strip(), until)
        return _back(account, "set")

    @routes.post("/by-hand/withdraw")
    async def withdraw(request: Request, account: Account, token: Token = "") -> Response:
        visitor = await context.authentication.actor(request, token)
        await context.health.withdraw_override(account, visitor.name)
        return _back(account, "withdrawn")

    return routes


def _back(account: str, done: str) -> Response:
    return RedirectResponse(f"/accounts/{quote(account, safe='')}?done={done}", 303)
