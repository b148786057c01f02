"""Features: which the customers use, and who would be touched by retiring one."""

from typing import Any

from fastapi import APIRouter, Request, Response

from radar.console.pages.page_context import PageContext
from radar.console.sessions import Visitor
from radar.console.views.features import feature_row, feature_rows, touched_rows

FEATURES = 50
ACCOUNTS = 25


def router(context: PageContext) -> APIRouter:
    """Return the routes."""
    routes = context.router()

    @routes.get("/features")
    async def features(request: Request) -> Response:
        cursor = request.query_params.get("cursor", "")

        async def make(_visitor: Visitor) -> dict[str, Any]:
            page = await context.health.all_features({"limit": FEATURES, "cursor": cursor})
            return {
                "page": page,
                "rows": feature_rows(page.items, context.today(), context.renderer.zone),
                "cursor": cursor,
            }

        return await context.show(request, "features", "features.html", make)

    @routes.get("/features/{name:path}")
    async def feature(request: Request, name: str) -> Response:
        cursor = request.query_params.get("cursor", "")

        async def make(_visitor: Visitor) -> dict[str, Any]:
            page = await context.health.feature(name, {"limit": ACCOUNTS, "cursor": cursor})
            today, zone = context.today(), context.renderer.zone
            return {
                "page": page,
                "feature": feature_row(page.feature, today, zone),
                "rows": touched_rows(page.items, today, zone),
                "cursor": cursor,
            }

        return await context.show(request, "features", "feature.html", make)

    return routes
