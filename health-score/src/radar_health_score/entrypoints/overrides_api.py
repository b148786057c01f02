"""HTTP: health set by hand."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from radar_chassis.access.guard import Access
from radar_chassis.access.keys import Principal
from radar_health_score.entrypoints.answer import answer
from radar_health_score.service.scoring.overrides import NewOverride, Overrides
from radar_vocabulary.contracts.scalars import Band

Name = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Reason = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]


class OverrideBody(BaseModel):
    """What is to be shown in place of what the scorecard says; ``author`` defaults to the name of the API key."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    band: Band | None = None
    score: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)] | None = None
    author: Name | None = None
    reason: Reason
    valid_from: AwareDatetime | None = None
    expires_at: AwareDatetime


def overrides_router(overrides: Overrides, access: Access) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/v1", tags=["overrides"])
    reading, acting = Depends(access.require("read")), Depends(access.require("act"))

    @router.get("/overrides", dependencies=[reading], summary="What is set by hand now, on any account")
    def list_everywhere() -> Response:
        return answer(overrides.everywhere())

    @router.get("/accounts/{account_id}/override", dependencies=[reading], summary="What is set by hand now")
    def get_override(account_id: str) -> Response:
        return answer(overrides.current(account_id))

    @router.get(
        "/accounts/{account_id}/overrides",
        dependencies=[reading],
        summary="Everything that was ever set by hand",
    )
    def list_overrides(account_id: str) -> Response:
        return answer(overrides.history(account_id))

    @router.put(
        "/accounts/{account_id}/override", summary="Set the band, the score or both by hand, until a moment"
    )
    def put_override(
        account_id: str, body: OverrideBody, principal: Annotated[Principal, acting]
    ) -> Response:
        wish = NewOverride(
            band=body.band,
            score=body.score,
            author=body.author or principal.name,
            reason=body.reason,
            valid_from=body.valid_from,
            expires_at=body.expires_at,
        )
        return answer(overrides.put(account_id, wish))

    @router.delete("/accounts/{account_id}/override", summary="Let the scorecard speak again")
    def delete_override(
        account_id: str,
        principal: Annotated[Principal, acting],
        author: Annotated[str | None, Query(max_length=200, pattern=r"^[^\x00]*$")] = None,
        reason: Annotated[str, Query(max_length=2000, pattern=r"^[^\x00]*$")] = "",
    ) -> Response:
        return answer(overrides.withdraw(account_id, author or principal.name, reason))

    return router
