"""The answers about the whole portfolio: economics and features, made up."""

from typing import Any

from fastapi import APIRouter, Request, Response

from radar_chassis.errors import NotFound
from radar_vocabulary.answers.features import FeatureDetail, FeaturePage
from radar_vocabulary.answers.portfolio import Portfolio
from tests.support.fake_answers import Guard, answer
from tests.support.fake_company import FakeCompany

NEVER_LEFT = "no customer churned in the period, so the lifetime can't be calculated"


def money(currency: str = "EUR", mrr: float = 300_000.0, **more: Any) -> dict[str, Any]:
    """Return economics in one currency."""
    movement = {"base": 280_000.0, "expansion": 30_000.0, "contraction": 12_000.0, "churned": 18_000.0, "new": 16_000.0, "won_back": 4_000.0}  # fmt: skip
    known = {
        "grr": 0.893,
        "nrr": 1.0,
        "revenue_churn": 0.107,
        "arpa": 10_000.0,
        "ltv": 1_200_000.0,
        "ltv_to_cac": 4.2,
    }
    return {"currency": currency, "paying_accounts": 30, "mrr": mrr, "arr": 12 * mrr, "movement": movement, "missing": {}, **known, **more}  # fmt: skip


def group(name: str | None, *sums: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return the economics of a group."""
    return {
        "group": name, "accounts": 32, "customers": 30, "customers_before": 30, "customers_lost": 3,
        "customers_new": 2, "customers_won_back": 1, "renewals": {"renewed": 21, "churned": 3, "overdue": 2},
        "left_out": {"unpriced": 1, "switched_currency": 0}, "renewal_rate": 0.875, "logo_churn": 0.1,
        "lifetime_months": 120.0, "missing": {}, "money": list(sums), **more,
    }  # fmt: skip


def groups(by: str) -> list[dict[str, Any]]:
    """Return one group that is whole, one of two currencies, and one of which little is known."""
    names = {"segment": ("key", "mid", "long_tail")}.get(by, ("Logistics", "Retail", None))
    steady = money(mrr=4_000.0, ltv=None, ltv_to_cac=None, missing={"ltv": NEVER_LEFT})
    return [
        group(names[0], money()),
        group(names[1], money(mrr=50_000.0), money("USD", 9_000.0)),
        group(
            names[2], steady, logo_churn=0.0, lifetime_months=None, missing={"lifetime_months": NEVER_LEFT}
        ),
    ]


def feature(name: str = "report.export", **more: Any) -> dict[str, Any]:
    """Return a feature over all accounts."""
    return {
        "feature": name, "key": True, "accounts_28d": 24, "accounts_28d_before": 26, "adoption": 0.8, "users_28d": 310,
        "uses_28d": 5_200, "uses_28d_before": 6_400, "uses_per_account": 216.7, "trend": -0.1875,
        "arr": [{"amount": 2_400_000.0, "currency": "EUR"}], "last_used_at": "2026-11-21T12:00:00Z", "missing": {}, **more,
    }  # fmt: skip


ASLEEP = feature(
    "legacy/fax machine",
    key=False, accounts_28d=0, adoption=0.0, users_28d=0, uses_28d=0, uses_28d_before=0, uses_per_account=None,
    trend=None, arr=[], last_used_at=None, missing={"trend": "not used in the previous 28 days"},
)  # fmt: skip


def portfolio_routes(company: FakeCompany, guard: Guard) -> APIRouter:
    """Return the routes of ``GET /v1/portfolio`` and ``/v1/features``."""
    routes = APIRouter()

    @routes.get("/v1/portfolio")
    async def portfolio(request: Request, by: str, months: int, as_of: str = "2026-11-21") -> Response:
        await guard(request)
        total = group(None, money(), money("USD", 9_000.0)) if company.accounts else group(None)
        return answer(
            Portfolio, as_of=company.now, first_day="2025-11-21", last_day=as_of, months=months, by=by, total=total,
            groups=groups(by) if company.accounts else [],
        )  # fmt: skip

    @routes.get("/v1/features")
    async def features(request: Request) -> Response:
        await guard(request)
        items = (
            [feature(), feature("dashboard.share", key=False, trend=0.3), ASLEEP] if company.accounts else []
        )
        return answer(FeaturePage, as_of=company.now, active_accounts=30, items=items)

    @routes.get("/v1/features/{name:path}")
    async def one_feature(request: Request, name: str) -> Response:
        await guard(request)
        if name == ASLEEP["feature"]:
            return answer(FeatureDetail, as_of=company.now, active_accounts=30, feature=ASLEEP)
        if name != "report.export":
            raise NotFound("No account has ever used a feature of this name.")
        items = [
            {
                "account_id": one.account_id, "name": one.name, "segment": one.segment, "users_28d": 12, "uses_28d": 300,
                "owner": one.owner.name if one.owner else None, "last_used_at": company.now,
                "arr": [one.snapshot.renewal.arr] if one.snapshot.renewal else [],
                "renews_on": one.snapshot.renewal.renews_on if one.snapshot.renewal else None,
                "score": one.snapshot.score, "band": one.snapshot.band,
            }
            for one in company.accounts[:24]
        ]  # fmt: skip
        return answer(FeatureDetail, as_of=company.now, active_accounts=30, feature=feature(), items=items)

    return routes
