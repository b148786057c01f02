"""The style sheet and the icon; their address changes with their content, so they may be kept for ever."""

from fastapi import APIRouter, Response

from radar.console.pages.page_context import PageContext
from radar.console.rendering import ASSETS
from radar_chassis.errors import NotFound


def router(context: PageContext) -> APIRouter:
    """Return the route; it needs no sign-in."""
    routes = context.router()

    @routes.get("/console/{name}")
    async def asset(name: str) -> Response:
        if name not in ASSETS:
            raise NotFound("There is no such file.")
        headers = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(context.renderer.assets[name], media_type=ASSETS[name], headers=headers)

    return routes
