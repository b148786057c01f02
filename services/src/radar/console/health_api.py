"""What the console asks of the health-score service, a function for each question."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from urllib.parse import quote

from radar.console.service_api import ApiAway, Query, ServiceApi
from radar_chassis.errors import NotFound
from radar_vocabulary.answers.accounts import AccountDetail, AccountPage
from radar_vocabulary.answers.backtests import BacktestAnswer, BacktestLine
from radar_vocabulary.answers.changes import Changes
from radar_vocabulary.answers.features import FeatureDetail, FeatureLine, FeaturePage
from radar_vocabulary.answers.growth import Cohorts, GrowthAnswer
from radar_vocabulary.answers.health_history import HealthPoint
from radar_vocabulary.answers.losses import Losses
from radar_vocabulary.answers.metrics import CatalogueLine, MetricHistory, MetricLine, Metrics
from radar_vocabulary.answers.models import ModelPage
from radar_vocabulary.answers.page import Page
from radar_vocabulary.answers.people import PeoplePage
from radar_vocabulary.answers.portfolio import Portfolio
from radar_vocabulary.answers.portfolio_forecast import PortfolioForecast
from radar_vocabulary.answers.renewals import Renewals
from radar_vocabulary.answers.scorecards import BandLimits, ScorecardLine
from radar_vocabulary.contracts.health import HealthSnapshot, ScorecardRef


class HealthApi(ServiceApi):
    """The paths of the health-score service that the console shows and uses."""

    async def accounts(self, query: Query) -> AccountPage:
        """Return a page of accounts with their health."""
        return await self.get("/v1/accounts", AccountPage, query)

    async def renewals(self, query: Query) -> Renewals:
        """Return a page of the contracts that come up for renewal."""
        return await self.get("/v1/renewals", Renewals, query)

    async def portfolio(self, as_of: date | None, *, months: str, by: str) -> Portfolio:
        """Return the economics of the portfolio and its groups at the end of a day, or now."""
        return await self.get("/v1/portfolio", Portfolio, {"as_of": as_of, "months": months, "by": by})

    async def forecast(self, query: Query) -> PortfolioForecast:
        """Return the quarters to come."""
        return await self.get("/v1/portfolio/forecast", PortfolioForecast, query)

    async def growth(self, as_of: date | None) -> GrowthAnswer:
        """Return ARR month by month."""
        return await self.get("/v1/portfolio/growth", GrowthAnswer, {"as_of": as_of})

    async def cohorts(self, as_of: date | None, *, every: str) -> Cohorts:
        """Return how many customers stay, by the period in which they began."""
        return await self.get("/v1/portfolio/cohorts", Cohorts, {"as_of": as_of, "by": every})

    async def losses(self, as_of: date | None, *, limit: int) -> Losses:
        """Return the contracts that were lost, and why."""
        return await self.get("/v1/losses", Losses, {"as_of": as_of, "limit": limit})

    async def all_features(self, query: Query) -> FeaturePage:
        """Return a page of features over all accounts."""
        return await self.get("/v1/features", FeaturePage, query)

    async def feature(self, name: str, query: Query) -> FeatureDetail:
        """Return a feature, and a page of the accounts that use it."""
        return await self.get(f"/v1/features/{quote(name, safe='')}", FeatureDetail, query)

    async def backtests(self, query: Query) -> Page[BacktestLine]:
        """Return a page of backtests."""
        return await self.get("/v1/backtests", Page[BacktestLine], query)

    async def backtest(self, name: str) -> BacktestAnswer:
        """Return a whole backtest; ``latest`` is the one made last."""
        return await self.get(f"/v1/backtests/{quote(name, safe='')}", BacktestAnswer)

    async def models(self) -> ModelPage:
        """Return every version of the model, and the champion."""
        return await self.get("/v1/models", ModelPage)

    async def definition(self, metric: str) -> CatalogueLine | None:
        """Return what a metric is; None where there is no such metric."""
        every = await self.get("/v1/metrics/catalogue", Page[CatalogueLine])
        return next((one for one in every.items if one.metric == metric), None)

    async def band_limits(self, scorecard: ScorecardRef) -> BandLimits | None:
        """Return where the bands of a scorecard lie; None when the service doesn't say."""
        try:
            known = (await self.get("/v1/scorecards", Page[ScorecardLine])).items
        except (NotFound, ApiAway):
            return None
        same = [one for one in known if one.name == scorecard.name]
        exact = [one for one in same if one.version == scorecard.version]
        return (exact or same)[0].bands if same else None

    async def account(self, account_id: str) -> AccountDetail:
        """Return an account's profile, contracts and latest health."""
        return await self.get(_of(account_id), AccountDetail)

    async def health(self, account_id: str, as_of: date | None) -> HealthSnapshot:
        """Return the snapshot of the end of a day, or of now."""
        return await self.get(_of(account_id, "health"), HealthSnapshot, {"as_of": as_of})

    async def history(self, account_id: str, first: date, last: date) -> Sequence[HealthPoint]:
        """Return a score a day, oldest first."""
        query = {"from": first, "to": last}
        page = await self.get(_of(account_id, "health/history"), Page[HealthPoint], query)
        return sorted(page.items, key=lambda point: point.day)

    async def changes(self, account_id: str, first: date, last: date | None) -> Changes:
        """Return the change of score between the ends of two days, or from one until now."""
        return await self.get(_of(account_id, "health/changes"), Changes, {"from": first, "to": last})

    async def metrics(self, account_id: str, as_of: date | None) -> Sequence[MetricLine]:
        """Return every metric, with a value or the reason why there is none."""
        return (await self.get(_of(account_id, "metrics"), Metrics, {"as_of": as_of})).items

    async def metric_history(
        self, account_id: str, last: date, *, days: int, every: int, metric: str | None = None
    ) -> MetricHistory:
        """Return metrics (all unless one is named) on every so many of the ``days`` before ``last``."""
        query: Query = {"from": last - timedelta(days=days), "to": last, "every": every, "metric": metric}
        return await self.get(_of(account_id, "metrics/history"), MetricHistory, query)

    async def people(self, account_id: str, limit: int) -> PeoplePage:
        """Return the account's users, those active last first, and what there is to say about them."""
        return await self.get(_of(account_id, "users"), PeoplePage, {"limit": limit})

    async def features(self, account_id: str) -> Sequence[FeatureLine]:
        """Return what the account uses."""
        return (await self.get(_of(account_id, "features"), Page[FeatureLine])).items

    async def set_override(
        self, account_id: str, band: str, author: str, reason: str, until: datetime
    ) -> None:
        """Show ``band`` in place of what the scorecard says, until a moment."""
        body: Query = {"band": band, "author": author, "reason": reason, "expires_at": until}
        await self.put(_of(account_id, "override"), body)

    async def withdraw_override(self, account_id: str, author: str) -> None:
        """Withdraw what was set by hand."""
        await self.delete(_of(account_id, "override"), {"author": author})


def _of(account_id: str, rest: str = "") -> str:
    return f"/v1/accounts/{quote(account_id, safe='')}" + (f"/{rest}" if rest else "")
