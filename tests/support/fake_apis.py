"""The health-score and alerts APIs as far as the console asks them, answered from a made-up portfolio."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from radar_chassis.access.guard import Access
from radar_chassis.errors import InvalidRequest, NotFound, Unavailable
from radar_chassis.http.part import Part
from radar_vocabulary.answers.accounts import AccountDetail, AccountPage
from radar_vocabulary.answers.changes import Changes
from radar_vocabulary.answers.features import FeatureLine
from radar_vocabulary.answers.health_history import HealthPoint
from radar_vocabulary.answers.metrics import CatalogueLine, MetricHistory, Metrics
from radar_vocabulary.answers.overrides import AccountOverride
from radar_vocabulary.answers.page import Page
from radar_vocabulary.answers.people import PeoplePage
from radar_vocabulary.answers.renewals import Renewals
from radar_vocabulary.answers.scorecards import ScorecardLine
from radar_vocabulary.contracts.health import HealthSnapshot, Override
from tests.support.fake_alerts import alert_routes
from tests.support.fake_answers import answer, sent
from tests.support.fake_backtests import backtest_routes
from tests.support.fake_changes import fake_changes
from tests.support.fake_company import FakeAccount, FakeCompany, band_of
from tests.support.fake_lists import listing
from tests.support.fake_metrics import MISSING, fake_metric_history
from tests.support.fake_portfolio import portfolio_routes
from tests.support.fake_portfolio_forecast import portfolio_forecast_routes

FAMILY = {
    "ancestors": ["acct-01"], "members": 3, "score": 61.0, "worst": {"account_id": "acct-02", "score": 20.0, "name": "Blue Harbour"},
    "arr": [{"amount": 9_000.0, "currency": "EUR"}], "arr_at_risk": [{"amount": 1_000.0, "currency": "EUR"}],
}  # fmt: skip


def fake_apis(company: FakeCompany, access: Access) -> Part:  # noqa: C901, PLR0915 - a table of routes
    """Return both APIs as one part."""
    routes = APIRouter()

    async def guard(request: Request, scope: Any = "read") -> None:
        await access.require(scope)(request)
        company.asked_in.add(request.headers["Accept-Language"])
        if company.away:
            raise Unavailable("The database can't be reached.", retry_after=5)

    def account(account_id: str) -> FakeAccount:
        found = company.find(account_id)
        if found is None:
            raise NotFound("No account has this id.")
        return found

    @routes.get("/v1/accounts")
    async def accounts(request: Request) -> Response:
        await guard(request)
        return answer(AccountPage, **listing(company.accounts, request))

    @routes.get("/v1/renewals")
    async def renewals(request: Request) -> Response:
        await guard(request)
        within = int(request.query_params["within_days"])
        soon = [
            one.snapshot
            for one in company.accounts
            if one.snapshot.renewal and one.snapshot.renewal.days <= within
        ]
        arr = sum(one.renewal.arr.amount for one in soon if one.renewal and one.renewal.arr)
        totals = {"contracts": len(soon), "arr": [{"amount": arr, "currency": "EUR"}]}
        undated = {
            "contract_id": "c", "term_id": "c:1:2", "account_id": "acct-02", "name": "Undated Works",
            "owner": {"email": "anna@vendor.example"}, "arr": {"amount": 1_200, "currency": "EUR"},
        }  # fmt: skip
        undated_ones = [undated] if company.accounts else []
        return answer(Renewals, items=[_due(one) for one in soon], totals=totals, date_unknown=undated_ones)

    @routes.get("/v1/scorecards")
    async def scorecards(request: Request) -> Response:
        await guard(request)
        bands = {"healthy": 70, "watch": 48}
        known = [{"name": name, "version": "1", "bands": bands} for name in ("key", "mid", "long_tail")]
        return answer(Page[ScorecardLine], items=known)

    @routes.get("/v1/accounts/{account_id}")
    async def one_account(request: Request, account_id: str) -> Response:
        await guard(request)
        one = account(account_id)
        return answer(
            AccountDetail, account_id=one.account_id, name=one.name, segment=one.segment, industry="Logistics",
            region="DACH", owner=one.owner, family=FAMILY, contracts=one.contracts, health=one.snapshot,
        )  # fmt: skip

    @routes.get("/v1/accounts/{account_id}/health")
    async def health(request: Request, account_id: str) -> Response:
        await guard(request)
        asked = request.query_params.get("as_of")
        snapshot = account(account_id).snapshot
        return sent(
            msgspec.structs.replace(snapshot, as_of=datetime.fromisoformat(f"{asked}T23:59:59+00:00"))
            if asked
            else snapshot
        )

    @routes.get("/v1/accounts/{account_id}/health/history")
    async def history(request: Request, account_id: str) -> Response:
        await guard(request)
        one = account(account_id)
        days = [company.now - timedelta(days=back) for back in range(len(one.trend))][::-1]
        items = [
            {"day": day.date(), "as_of": day, "score": score, "band": band_of(score)}
            for day, score in zip(days, one.trend, strict=True)
        ]
        return answer(Page[HealthPoint], items=items)

    @routes.get("/v1/accounts/{account_id}/health/changes")
    async def changes(request: Request, account_id: str) -> Response:
        await guard(request)
        query = request.query_params
        if query.get("to", company.now.date().isoformat()) < query["from"]:
            raise InvalidRequest("`from` must not be after `to`; swap them.")
        return answer(Changes, **fake_changes(account(account_id).snapshot))

    @routes.get("/v1/accounts/{account_id}/metrics")
    async def metrics(request: Request, account_id: str) -> Response:
        await guard(request)
        items = [
            {name: getattr(driver, name) for name in ("metric", "dimension", "unit", "value")}
            for driver in account(account_id).snapshot.drivers
        ]
        return answer(Metrics, items=[*items, MISSING])

    @routes.get("/v1/metrics/catalogue")
    async def catalogue(request: Request) -> Response:
        await guard(request)
        used = {"metric": "seat_utilisation", "formula": "MAU / seats.", "source": ["login"]}
        scorecards = [{"scorecard": "key", "share": 0.1}]
        return answer(Page[CatalogueLine], items=[{**used, "scorecards": scorecards}])

    @routes.get("/v1/accounts/{account_id}/metrics/history")
    async def metric_history(request: Request, account_id: str) -> Response:
        await guard(request)
        return answer(
            MetricHistory, **fake_metric_history(account(account_id).snapshot, request.query_params)
        )

    @routes.get("/v1/accounts/{account_id}/users")
    async def users(request: Request, account_id: str) -> Response:
        await guard(request)
        account(account_id)
        today = company.now.date()
        roles = ["decision_maker", "manager", "manager"] + ["executor"] * 8 + [None]
        items = [
            {
                "user_id": f"u-{at}",
                "name": f"Person {at}",
                "role": role,
                "last_active_on": today - timedelta(days=at * 4),
            }
            for at, role in enumerate(roles)
        ]
        findings = [{"kind": "decision_maker_quiet", "text": "Person 0, decision maker, has been quiet"}]
        return answer(PeoplePage, items=items, people={"findings": findings})

    @routes.put("/v1/accounts/{account_id}/override")
    async def put_override(request: Request, account_id: str) -> Response:
        await guard(request, "act")
        one, wish = account(account_id), msgspec.json.decode(await request.body())
        one.snapshot = overridden(one.snapshot, wish, company.now)
        return answer(AccountOverride)

    @routes.delete("/v1/accounts/{account_id}/override")
    async def delete_override(request: Request, account_id: str) -> Response:
        await guard(request, "act")
        one = account(account_id)
        one.snapshot = msgspec.structs.replace(one.snapshot, override=None)
        return answer(AccountOverride)

    @routes.get("/v1/accounts/{account_id}/features")
    async def features(request: Request, account_id: str) -> Response:
        await guard(request)
        account(account_id)
        names = ("report.export", "dashboard.share", "api.sync", "alerts.rule")
        items = [
            {
                "feature": name,
                "key": at < 2,
                "total": 900 - at * 200,
                "uses_28d": 120 - at * 30,
                "users_28d": 12 - at * 3,
            }
            for at, name in enumerate(names)
        ]
        return answer(Page[FeatureLine], items=items)

    return Part(
        name="fake",
        routers=[
            routes,
            alert_routes(company, guard),
            portfolio_forecast_routes(company, guard),
            portfolio_routes(company, guard),
            backtest_routes(any_made=bool(company.accounts), guard=guard),
        ],
    )


def overridden(snapshot: HealthSnapshot, wish: dict[str, Any], now: datetime) -> HealthSnapshot:
    """Return the snapshot with what a person set."""
    override = Override(
        band=wish["band"], score=None, author=wish["author"], reason=wish["reason"], valid_from=now, points=0.0,
        expires_at=datetime.fromisoformat(wish["expires_at"]), scorecard_band=snapshot.band, scorecard_score=snapshot.score,
    )  # fmt: skip
    return msgspec.structs.replace(snapshot, override=override, band=wish["band"])


def _due(snapshot: HealthSnapshot) -> dict[str, Any]:
    renewal = snapshot.renewal
    assert renewal
    return {
        "account_id": snapshot.account_id, "contract_id": renewal.contract_id, "renews_on": renewal.renews_on,
        "notice_by": renewal.renews_on - timedelta(days=30), "arr": renewal.arr, "probability": renewal.probability,
        "arr_at_risk": renewal.arr_at_risk, "score": snapshot.score, "band": snapshot.band, "drivers": snapshot.drivers,
    }  # fmt: skip
