"""HTTP: models, how each was judged, and which speaks."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from radar_chassis.access.guard import Access
from radar_health_score.entrypoints.answer import answer
from radar_health_score.service.queries.models import ModelQueries

Version = Annotated[
    str,
    Path(max_length=64, description="A version or its first characters; `champion` for the one that speaks"),
]


def models_router(models: ModelQueries, access: Access) -> APIRouter:
    """Return the routes about models."""
    router = APIRouter(prefix="/v1/models", tags=["forecast"], dependencies=[Depends(access.require("read"))])

    @router.get("", summary="Every version of the renewal forecast, and the champion")
    def list_models() -> Response:
        return answer(models.page())

    @router.get("/{version}", summary="A model: what it learned from, how it was judged, when it spoke")
    def get_model(version: Version) -> Response:
        return answer(models.one(version))

    return router
