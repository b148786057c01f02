"""What every page needs: the services' APIs, authentication, the renderer and the clock."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from radar.console.alerts_api import AlertsApi
from radar.console.authentication import Authentication
from radar.console.health_api import HealthApi
from radar.console.rendering import Frame, Renderer
from radar.console.route import console_route
from radar.console.sessions import Visitor
from radar_chassis.clock import Clock


@dataclass(frozen=True, kw_only=True)
class PageContext:
    """The parts a page is made with. ``events_url`` is where events are sent, None when it is this address."""

    health: HealthApi
    alerts: AlertsApi
    authentication: Authentication
    renderer: Renderer
    clock: Clock
    events_url: str | None = None

    def router(self) -> APIRouter:
        """Return a router for pages; they are no part of the described API."""
        return APIRouter(route_class=console_route(self.renderer), include_in_schema=False)

    def today(self) -> date:
        """Return the calendar day of the workspace."""
        return self.now().date()

    def now(self) -> datetime:
        """Return this moment in the workspace's zone."""
        return self.clock.now().astimezone(self.renderer.zone)

    async def show(self, request: Request, active: str, template: str, make: "Maker") -> Response:
        """Return a page for whoever is signed in; ``make`` gives what the template shows."""
        visitor = await self.authentication.visitor(request)
        shown = await make(visitor)
        response = self.renderer.page(template, self.frame(visitor, active, _place(request)), **shown)
        if visitor.fresh:
            self.authentication.remember(request, response, visitor.session)
        return response

    def frame(self, visitor: Visitor, active: str, here: str = "/") -> Frame:
        """Return the frame of a page."""
        return Frame(
            active=active,
            visitor=visitor.name,
            may_act=visitor.may_act,
            token=self.authentication.sessions.form_token(visitor.session),
            here=here,
        )


def _place(request: Request) -> str:
    return f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path


Maker = Callable[[Visitor], Awaitable[dict[str, Any]]]
