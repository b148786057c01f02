"""HTTP: accounts, their health, people and features."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from radar_chassis.access.guard import Access
from radar_chassis.http.request_language import RequestedLanguage
from radar_health_score.entrypoints.answer import answer
from radar_health_score.entrypoints.parameters import AsOf, Cursor, FirstDay, LastDay, Limit, parse_as_of
from radar_health_score.repositories.list_records import AccountFilter, Sort
from radar_health_score.service.queries.accounts import AccountQueries
from radar_health_score.service.queries.health import HealthQueries
from radar_health_score.service.queries.use import UseQueries
from radar_vocabulary.contracts.scalars import Band, Segment, Stage, Standing

Text = Annotated[str | None, Query(max_length=200)]
Standings = Annotated[
    frozenset[Standing],
    Query(description="May be given several times; default: all, with totals over current customers"),
]
Stages = Annotated[frozenset[Stage], Query(description="May be given several times; default: all")]
Parent = Annotated[str | None, Query(max_length=200, description="Accounts directly below this one")]


def account_filter(
    q: Text = None,
    segment: Segment | None = None,
    owner: Text = None,
    band: Band | None = None,
    industry: Text = None,
    region: Text = None,
    standing: Standings = frozenset(),
    stage: Stages = frozenset(),
    parent: Parent = None,
) -> AccountFilter:
    """Return the filter that a list's query asks for."""
    return AccountFilter(
        q=q,
        segment=segment,
        owner=owner,
        band=band,
        industry=industry,
        region=region,
        standings=standing,
        stages=stage,
        parent=parent,
    )


def lists_router(accounts: AccountQueries, access: Access) -> APIRouter:
    """Return the routes that answer about many accounts."""
    router = APIRouter(prefix="/v1", tags=["accounts"], dependencies=[Depends(access.require("read"))])

    @router.get("/accounts", summary="Accounts with their health")
    def list_accounts(
        wanted: Annotated[AccountFilter, Depends(account_filter)],
        language: RequestedLanguage,
        sort: Sort = "-arr_at_risk",
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Response:
        """List accounts, with sums over all pages.

        `arr` is 12 × MRR of all contracts in force. `arr_at_risk` sums ARR × (1 − probability) over the contracts that
        are due within a year or overdue by 90 days at most. Both are in the workspace's currency where a rate is
        configured, else in the one that the account pays most in; `revenue` has every currency as agreed.
        `renews_on` and `probability` are of the next renewal.
        """
        return answer(accounts.accounts(wanted, sort=sort, limit=limit, cursor=cursor), language)

    return router


def account_router(
    accounts: AccountQueries, health: HealthQueries, use: UseQueries, access: Access
) -> APIRouter:
    """Return the routes that answer about one account."""
    router = APIRouter(
        prefix="/v1/accounts/{account_id}", tags=["accounts"], dependencies=[Depends(access.require("read"))]
    )

    @router.get("", summary="Profile, contracts, latest health")
    def get_account(account_id: str, language: RequestedLanguage) -> Response:
        return answer(accounts.account(account_id), language)

    @router.get("/health", summary="A health snapshot, now or at a past moment")
    def get_health(account_id: str, language: RequestedLanguage, as_of: AsOf = None) -> Response:
        return answer(health.health(account_id, parse_as_of(as_of)), language)

    @router.get("/health/history", summary="A snapshot a day, short form")
    def get_history(
        account_id: str,
        first: FirstDay = None,
        last: LastDay = None,
    ) -> Response:
        return answer(health.history(account_id, parse_as_of(first), parse_as_of(last)))

    @router.get("/metrics", summary="Every metric: its value, or why it is missing")
    def get_metrics(account_id: str, language: RequestedLanguage, as_of: AsOf = None) -> Response:
        return answer(health.metrics(account_id, parse_as_of(as_of)), language)

    @router.get("/features", summary="Adoption of each feature")
    def list_features(account_id: str, limit: Limit = 100, cursor: Cursor = None) -> Response:
        return answer(use.features(account_id, limit=limit, cursor=cursor))

    return router
