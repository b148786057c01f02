"""A backtest from beginning to end: observe, learn, judge, keep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from radar_chassis.clock import Clock
from radar_chassis.store.database import Database
from radar_health_score.domain.forecast.coverage import years_from
from radar_health_score.domain.forecast.features import LONGEST_LEAD
from radar_health_score.domain.forecast.leads import LEADS
from radar_health_score.domain.forecast.observation import Observation, observation_of
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.repositories.backtest_book import BacktestBook
from radar_health_score.service.forecast.backtesting import Backtesting, BacktestProgress, Run
from radar_health_score.service.forecast.collecting import Features, collect, no_features
from radar_health_score.service.forecast.long_horizon_learning import LONG_LEADS
from radar_health_score.service.forecast.observing import Observing


@dataclass(frozen=True, kw_only=True)
class BacktestJob:
    """Makes backtests of everything in the store, and keeps them there."""

    database: Database
    observing: Observing
    backtesting: Backtesting
    book: BacktestBook
    rates: Rates
    clock: Clock
    features: Features = no_features

    def run(
        self, progress: BacktestProgress, *, split: date | None = None, leads: Sequence[int] = LEADS
    ) -> tuple[str, Run]:
        """Return the id and the backtest; raises TooFewOutcomes, DatabaseUnavailable."""
        watch = partial(progress, "observing")
        learnt_from = () if any(lead <= LONGEST_LEAD for lead in leads) else LEADS
        observations = collect(
            self.observing,
            self.rates,
            leads=(*leads, *learnt_from),
            sampled=LONG_LEADS,
            features=self.features,
            progress=watch,
        )
        made_at = self.clock.now()
        run = self.backtesting.run(
            observations, split=split, made_at=made_at, progress=progress, due=self._due, leads=leads
        )
        return self.database.run(lambda connection: self.book.keep(connection, run.backtest)), run

    def _due(self, quarters: Sequence[tuple[date, date]]) -> Iterator[Observation]:
        for one in self.observing.due(years_from(quarters)):
            yield observation_of(one, self.rates, self.features(one, self.rates))
