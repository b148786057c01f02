"""Shows Prometheus what was seen of the champion; without one there is nothing to show."""

from dataclasses import dataclass
from typing import Final

from prometheus_client import Gauge

from radar_chassis.store.database import Database
from radar_health_score.domain.forecast.drift import Watched
from radar_health_score.repositories.watch_book import WatchBook
from radar_health_score.series import (
    FORECAST_GAP,
    FORECAST_OUTCOMES,
    FORECAST_PSI,
    FORECAST_RECENT,
    FORECAST_SCORE_PSI,
    FORECAST_SURPRISE,
    FORECAST_TRAINED,
    FORECAST_WATCHED,
)

_EVERY: Final = (
    FORECAST_TRAINED,
    FORECAST_WATCHED,
    FORECAST_RECENT,
    FORECAST_PSI,
    FORECAST_SCORE_PSI,
    FORECAST_OUTCOMES,
    FORECAST_GAP,
    FORECAST_SURPRISE,
)


@dataclass(frozen=True, kw_only=True)
class WatchGauges:
    """Reads what was seen last and shows it."""

    database: Database
    book: WatchBook

    def __call__(self) -> None:
        """Show it once; raises DatabaseUnavailable."""
        with self.database.reading() as connection:
            watched = self.book.latest(connection)
        if watched is None:
            for gauge in _EVERY:
                _set(gauge, {})
        else:
            _show(watched)


def _show(watched: Watched) -> None:
    version = watched.version
    gap = None if watched.foretold is None or watched.churned is None else watched.churned - watched.foretold
    values: dict[Gauge, float | None] = {
        FORECAST_TRAINED: watched.trained_until.timestamp(),
        FORECAST_WATCHED: watched.made_at.timestamp(),
        FORECAST_RECENT: watched.recent,
        FORECAST_SCORE_PSI: watched.score_psi,
        FORECAST_OUTCOMES: watched.outcomes,
        FORECAST_GAP: gap,
        FORECAST_SURPRISE: watched.surprise,
    }
    for gauge, value in values.items():
        _set(gauge, {(version,): value} if value is not None else {})
    _set(FORECAST_PSI, {(version, one.feature): one.psi for one in watched.features})


def _set(gauge: Gauge, values: dict[tuple[str, ...], float]) -> None:
    for labels, value in values.items():
        gauge.labels(*labels).set(value)
    shown = {tuple(sample.labels.values()) for family in gauge.collect() for sample in family.samples}
    for labels in shown - values.keys():
        gauge.remove(*labels)
