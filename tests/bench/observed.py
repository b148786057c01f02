"""What building the training snapshots costs: every contract end of a company's past, seen from three days before it."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from radar.settings import Settings
from radar_chassis.clock import SystemClock
from radar_health_score.forecast_jobs import backtest_job
from radar_health_score.main import database, migrate
from radar_health_score.service.forecast.collecting import collect
from tests.bench.filled import Past, fill
from tests.bench.result import Figure

# As many contract ends and days of use an account as the public projects in docs/forecast.md have.
PAST: Final = Past(features=12, users=12, daily=4, days=80, every=12, terms=4, term_days=182)
ACCOUNTS: Final = 553


def observed(*, quick: bool) -> Figure:
    """Observe them all, metrics and features included, in one process on SQLite."""
    count = ACCOUNTS // 20 if quick else ACCOUNTS
    with tempfile.TemporaryDirectory(prefix="radar-bench-") as folder:
        settings = Settings(data=Path(folder))
        migrate(settings)
        tables = database(settings)
        fill(tables, count, PAST, datetime.now(UTC))
        tables.dispose()
        with backtest_job(settings, SystemClock()) as job:
            began = time.perf_counter()
            cases = collect(job.observing, job.rates, features=job.features)
            spent = time.perf_counter() - began
    ends = count * (PAST.terms - 1)
    return Figure(
        what=f"training snapshots of {ends:,} contract ends, {len(cases):,} in all",
        value=spent,
        unit="s",
        aim="at most",
        bound=60.0,
    )
