"""Whether scoring one account again costs more the longer its history is, and the more people it has seen go."""

import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Final

from radar.settings import Settings
from radar_chassis.store.database import Database
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.main import bulk_for, configuration_of, database, migrate
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.service.scoring.scorer import ScorecardScorer
from radar_health_score.service.state.facts import FactsReader
from radar_health_score.service.state.inactive_users_cache import InactiveUsersCache
from tests.bench.filled import Past, fill
from tests.bench.result import Figure, Result

NAME: Final = "rescore"
PAST: Final = Past()
VARIANTS: Final = (
    ("1 year, 10 users", replace(PAST, terms=1)),
    ("15 years of yearly terms", replace(PAST, terms=15, days=900, every=6)),
    ("15 years of monthly terms", replace(PAST, terms=180, term_days=30)),
    ("10,000 users, 9,990 of them gone", replace(PAST, users=10_000)),
    ("10 tickets, surveys and invoices each", replace(PAST, signals=10)),
    ("10,000 of each, 9,990 of them over", replace(PAST, signals=10_000)),
)
_MOST: Final = 2.0


def measure(*, quick: bool) -> Result:
    """Score an account of each kind again and again, in turn."""
    rounds = 5 if quick else 60
    spent: dict[str, list[float]] = {name: [] for name, _ in VARIANTS}
    with tempfile.TemporaryDirectory(prefix="radar-bench-") as folder:
        settings = Settings(data=Path(folder))
        migrate(settings)
        tables = database(settings)
        now = datetime.now(UTC)
        for number, (_, past) in enumerate(VARIANTS, start=1):
            fill(tables, 1, past, now, first=number)
        scorer = ScorecardScorer(configuration_of(settings))
        reader = FactsReader(FactRows(bulk_for(tables)), WorkspaceDays("UTC"), lambda _name: True).counting(
            InactiveUsersCache()
        )
        for _ in range(rounds):
            for number, (name, _) in enumerate(VARIANTS, start=1):
                spent[name].append(_once(tables, reader, scorer, number, now))
        tables.dispose()
    base = median(spent[VARIANTS[0][0]])
    return Result(
        name=NAME,
        title="Scoring one account again",
        figures=tuple(_figure(name, median(spent[name]), base) for name, _ in VARIANTS),
        notes=(
            (
                f"Read, measured and scored on SQLite, the median of {rounds} rounds in turn; {PAST.features} features, "
                f"{PAST.days} active days in reach. The aim is {_MOST:.0f} times the first."
            ),
        ),
    )


def _figure(name: str, seconds: float, base: float) -> Figure:
    return Figure(what=name, value=1e3 * seconds, unit="ms", aim="at most", bound=_MOST * 1e3 * base)


def _once(
    tables: Database, reader: FactsReader, scorer: ScorecardScorer, account_no: int, now: datetime
) -> float:
    began = time.process_time()
    with tables.reading() as connection:
        (known,) = reader.read_now(connection, [account_no], now)
    scorer.snapshot(known.facts)
    return time.process_time() - began
