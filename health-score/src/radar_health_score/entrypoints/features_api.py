"""HTTP: features over all accounts."""

from fastapi import APIRouter, Depends, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.request_language import RequestedLanguage
from radar_health_score.entrypoints.answer import answer
from radar_health_score.entrypoints.parameters import Cursor, Limit
from radar_health_score.service.queries.features import FeatureQueries


def features_router(features: FeatureQueries, access: Access) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/v1", tags=["features"], dependencies=[Depends(access.require("read"))])

    @router.get("/features", summary="Adoption, frequency, trend and ARR behind each feature")
    def list_features(language: RequestedLanguage, limit: Limit = 100, cursor: Cursor = None) -> Response:
        return answer(features.features(limit=limit, cursor=cursor), language)

    @router.get("/features/{name:path}", summary="A feature, and the accounts that retiring it would touch")
    def get_feature(
        name: str, language: RequestedLanguage, limit: Limit = 50, cursor: Cursor = None
    ) -> Response:
        return answer(features.feature(name, limit=limit, cursor=cursor), language)

    return router
