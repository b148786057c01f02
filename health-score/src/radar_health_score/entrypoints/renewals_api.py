"""HTTP: contracts coming up for renewal."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.request_language import RequestedLanguage
from radar_health_score.entrypoints.accounts_api import account_filter
from radar_health_score.entrypoints.answer import answer
from radar_health_score.entrypoints.parameters import Cursor, Limit
from radar_health_score.repositories.list_records import AccountFilter
from radar_health_score.service.queries.renewals import RenewalQueries

WithinDays = Annotated[
    int, Query(ge=0, le=3650, description="Contracts due so many days ahead, and those overdue by up to 90 days")
]  # fmt: skip


def renewals_router(renewals: RenewalQueries, access: Access) -> APIRouter:
    """Return the route."""
    router = APIRouter(prefix="/v1", tags=["renewals"], dependencies=[Depends(access.require("read"))])

    @router.get(
        "/renewals", summary="Every contract coming up: probability, ARR at risk, drivers; with totals"
    )
    def list_renewals(
        wanted: Annotated[AccountFilter, Depends(account_filter)],
        language: RequestedLanguage,
        *,
        within_days: WithinDays = 90,
        limit: Limit = 50,
        cursor: Cursor = None,
        reasons: Annotated[
            bool, Query(description="With the model's reasons for each contract; at most 50 at once")
        ] = False,
    ) -> Response:
        """List every open contract by its renewal date, nearest first.

        `arr_at_risk` is ARR × (1 − `probability`); `notice_by` is the last day for giving notice. `arr` and
        `arr_at_risk` are in the workspace's currency where a rate is configured, `renewal` has them as agreed. `totals`
        are over all pages, one sum per currency.
        """
        return answer(
            renewals.renewals(wanted, within_days=within_days, limit=limit, cursor=cursor, reasons=reasons),
            language,
        )

    return router
