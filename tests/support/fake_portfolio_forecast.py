"""The answers on what is coming up and how the portfolio grew, made up."""

from typing import Any

from fastapi import APIRouter, Request, Response

from radar_vocabulary.answers.growth import Cohorts, GrowthAnswer
from radar_vocabulary.answers.losses import Losses
from radar_vocabulary.answers.portfolio_forecast import PortfolioForecast
from tests.support.fake_answers import Guard, answer
from tests.support.fake_company import FakeCompany

ESTIMATE = {"expected": 0.93, "low": 0.88, "high": 0.98}
NEVER = "too few of the contracts have a probability"


def quarter(name: str, **more: Any) -> dict[str, Any]:
    """Return a quarter to come."""
    return {
        "quarter": name, "first_day": "2026-10-01", "last_day": "2026-12-31", "partial": False, "contracts": 7, "due_arr": 90_000.0,
        "sources": [{"source": "model", "contracts": 6, "arr": 81_000.0}, {"source": "scorecard", "contracts": 1, "arr": 9_000.0}],
        "arr_at_risk": {"expected": 6_300.0, "low": 0.0, "high": 22_000.0}, "grr": ESTIMATE, "nrr": ESTIMATE, "missing": {}, **more,
    }  # fmt: skip


def cohort(name: str, *kept: float) -> dict[str, Any]:
    """Return a cohort of ten with remainder."""
    ages = [
        {
            "age": age, "day": "2026-11-21", "logos": round(10 * share), "retention": share,
            "money": [{"currency": "EUR", "mrr": 1_000 * share, "nrr": 1.1 * share, "grr": share}],
        }
        for age, share in enumerate(kept)
    ]  # fmt: skip
    return {"cohort": name, "logos": 10, "ages": ages}


def loss_group(label: str | None) -> dict[str, Any]:
    """Return losses with one label."""
    return {
        "label": label,
        "losses": 2,
        "accounts": 2,
        "won_back": 1,
        "mrr": [{"amount": 100.0, "currency": "EUR"}],
    }


def portfolio_forecast_routes(company: FakeCompany, guard: Guard) -> APIRouter:
    """Return the routes of the forecast, of growth, cohorts and losses."""
    routes = APIRouter()
    bare = not company.accounts

    @routes.get("/v1/portfolio/forecast")
    async def forecast(request: Request) -> Response:
        await guard(request)
        unknown = {"arr_at_risk": None, "grr": None, "nrr": None, "missing": {"grr": NEVER}}
        quarters = [quarter("2026-Q4", partial=True), quarter("2027-Q1", **unknown)]
        items = [] if bare else [{"currency": "EUR", "arr": 400_000.0, "quarters": quarters}]
        assumptions = {"correlation": 0.05, "level": 0.8}
        return answer(PortfolioForecast, as_of=company.now, assumptions=assumptions, items=items)

    @routes.get("/v1/portfolio/growth")
    async def growth(request: Request) -> Response:
        await guard(request)
        monthly = [{"day": f"2026-{month:02}-28", "arr": 30_000.0 * month} for month in range(1, 12)]
        years = [{"day": "2025-03-01", "factor": 3, "target": 6e6, "actual": 5e6, "attained": 0.8333}]
        euros = {"currency": "EUR", "base": 2e6, "began_on": "2024-03-01", "years": years, "monthly": monthly}
        dollars = {
            "currency": "USD",
            "base": 2e6,
            "missing": {"years": "ARR hasn't reached 2,000,000 USD yet"},
        }
        return answer(GrowthAnswer, items=[] if bare else [euros, dollars])

    @routes.get("/v1/portfolio/cohorts")
    async def cohorts(request: Request) -> Response:
        await guard(request)
        items = [] if bare else [cohort("2026-Q2", 1.0, 0.9, 0.4), cohort("2026-Q3", 1.0, 1.0)]
        return answer(Cohorts, items=items)

    @routes.get("/v1/losses")
    async def losses(request: Request) -> Response:
        await guard(request)
        lost = [
            {
                "account_id": one.account_id, "name": one.name, "lost_on": "2026-05-01", "since": since,
                "arr": {"amount": 1_200.0, "currency": "EUR"}, "reason": "price", "competitor": "Northwind Suite",
            }
            for one, since in zip(company.accounts, ("gone", "won_back"), strict=False)
        ]  # fmt: skip
        return answer(
            Losses, first_day="2025-11-21", last_day="2026-11-21", items=lost,
            reasons=[loss_group("price")], competitors=[loss_group(None)], total=loss_group(None),
        )  # fmt: skip

    return routes
