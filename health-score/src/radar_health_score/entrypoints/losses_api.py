"""HTTP: what was lost, why, and whom to win back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from radar_chassis.access.guard import Access
from radar_health_score.entrypoints.answer import answer
from radar_health_score.entrypoints.parameters import AsOf, Cursor, Limit, parse_as_of
from radar_health_score.service.queries.losses import LossFilter, LossQueries
from radar_vocabulary.contracts.scalars import Segment, Since

Text = Annotated[str | None, Query(max_length=200)]
Months = Annotated[int, Query(ge=1, le=60, description="Length of the trailing window, in months")]
Became = Annotated[
    Since | None, Query(description="gone: to be won back; won_back; stayed: other contracts went on")
]


def loss_filter(
    reason: Text = None,
    competitor: Text = None,
    since: Became = None,
    segment: Segment | None = None,
    owner: Text = None,
    industry: Text = None,
    region: Text = None,
) -> LossFilter:
    """Return the filter that the query asks for."""
    return LossFilter(
        reason=reason,
        competitor=competitor,
        since=since,
        segment=segment,
        owner=owner,
        industry=industry,
        region=region,
    )


def losses_router(losses: LossQueries, access: Access) -> APIRouter:
    """Return the route."""
    router = APIRouter(prefix="/v1", tags=["portfolio"], dependencies=[Depends(access.require("read"))])

    @router.get("/losses", summary="Lost contracts with reason and competitor, in sums and one by one")
    def list_losses(
        wanted: Annotated[LossFilter, Depends(loss_filter)],
        as_of: AsOf = None,
        months: Months = 12,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Response:
        return answer(losses.losses(parse_as_of(as_of), wanted, months=months, limit=limit, cursor=cursor))

    return router
