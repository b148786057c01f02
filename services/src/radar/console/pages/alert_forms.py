"""Acknowledge, snooze, resolve: a form's POST, then back to the page it came from."""

from datetime import timedelta
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from radar.console.pages.page_context import PageContext
from radar.console.pages.sign_in import here

Token = Annotated[str, Form()]
Onward = Annotated[str, Form(alias="next")]


def router(context: PageContext) -> APIRouter:
    """Return the routes."""
    routes = context.router()

    @routes.post("/alerts/{alert_id}/acknowledge")
    async def acknowledge(
        request: Request,
        alert_id: str,
        token: Token = "",
        onward: Onward = "/alerts",
        note: Annotated[str, Form(max_length=2000)] = "",
    ) -> Response:
        visitor = await context.authentication.actor(request, token)
        await context.alerts.act(alert_id, "acknowledge", {"by": visitor.name, "note": note.strip()})
        return _back(onward, "acknowledged")

    @routes.post("/alerts/{alert_id}/snooze")
    async def snooze(
        request: Request,
        alert_id: str,
        days: Annotated[int, Form(ge=1, le=365)],
        token: Token = "",
        onward: Onward = "/alerts",
        reason: Annotated[str, Form(max_length=2000)] = "",
    ) -> Response:
        visitor = await context.authentication.actor(request, token)
        until = (context.clock.now() + timedelta(days=days)).isoformat()
        body = {"by": visitor.name, "until": until, "reason": reason.strip()}
        await context.alerts.act(alert_id, "snooze", body)
        return _back(onward, "snoozed")

    @routes.post("/alerts/{alert_id}/resolve")
    async def resolve(
        request: Request,
        alert_id: str,
        outcome: Annotated[str, Form(max_length=40)],
        token: Token = "",
        onward: Onward = "/alerts",
        note: Annotated[str, Form(max_length=2000)] = "",
    ) -> Response:
        visitor = await context.authentication.actor(request, token)
        body = {"by": visitor.name, "outcome": outcome, "note": note.strip()}
        await context.alerts.act(alert_id, "resolve", body)
        return _back(onward, "resolved")

    return routes


def _back(onward: str, done: str) -> Response:
    path, _, _ = here(onward).partition("?")
    return RedirectResponse(f"{path}?{urlencode({'done': done})}", 303)
