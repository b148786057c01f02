"""Scoring everybody: a real ``radar score`` on accounts with months of use behind them, few and many of them."""

import sqlite3
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from radar.settings import Settings
from radar_health_score.main import database, migrate
from tests.bench.filled import Past, fill
from tests.bench.processes import cpu_seconds, highest_mib
from tests.bench.result import Figure, Result
from tests.bench.stage import embedded
from tests.support.product import Product
from tests.support.wait import eventually

NAME: Final = "sweep"
CURVE: Final = "sweep-curve"
LARGE: Final = "sweep-100000"
PAST: Final = Past()
_SECONDS, _MIB, _LARGE_MIB = 60.0, 1_024.0, 4_096.0


def measure(*, quick: bool) -> Result:
    """Sweep a thousand accounts, then ten thousand, by one process and by two."""
    return _result(NAME, (100, 200) if quick else (1_000, 10_000), alone=True)


def measure_curve(*, quick: bool) -> Result:
    """Sweep a thousand, ten thousand and a hundred thousand; needs what ``measure_large`` does."""
    return _result(CURVE, (100, 200, 300) if quick else (1_000, 10_000, 100_000), alone=False)


def measure_large(*, quick: bool) -> Result:
    """Sweep a hundred thousand; needs 12 GB of disk and a quarter of an hour."""
    return _result(LARGE, (300,) if quick else (100_000,), alone=False)


def _result(name: str, sizes: tuple[int, ...], *, alone: bool) -> Result:
    figures = [figure for size in sizes for figure in _figures(size, alone=alone)]
    return Result(
        name=name,
        title="Scoring every account again: a sweep of " + ", ".join(f"{size:,}" for size in sizes),
        figures=tuple(figures),
        notes=(
            (
                f"Each account: {PAST.features} features, {PAST.days} active days, {PAST.daily} users a day of "
                f"{PAST.users}, {PAST.terms} terms. `radar score` on the embedded log and database: one process uses one core."
            ),
            (
                "The first sweep scores accounts that never were: every snapshot is kept and published. In a later one a "
                "snapshot is kept where a reader would notice a change."
            ),
        ),
    )


def _figures(size: int, *, alone: bool) -> tuple[Figure, ...]:
    with embedded() as product:
        settings = Settings(data=product.folder)
        migrate(settings)
        tables = database(settings)
        fill(tables, size, PAST, datetime.now(UTC))
        tables.dispose()
        by_one = _by_one(product, size) if alone else _by_two(product, size, "the first time, two processes")
        return (*by_one, *_by_two(product, size, "a later time, two processes"))


def _by_one(product: Product, size: int) -> tuple[Figure, ...]:
    first, later = _swept(product, size), _swept(product, size)
    return (
        Figure(what=f"{size:,} accounts, the first time, one process", value=first.seconds, unit="s"),
        Figure(what=f"{size:,} accounts, a later time, one process", value=later.seconds, unit="s"),
        Figure(what="… processor time an account, first", value=1e3 * first.cpu / size, unit="ms"),
        Figure(what="… processor time an account, later", value=1e3 * later.cpu / size, unit="ms"),
    )


def _by_two(product: Product, size: int, what: str) -> tuple[Figure, ...]:
    swept = _swept(product, size, processes=2)
    aim = size == 10_000
    return (
        Figure(
            what=f"{size:,} accounts, {what}",
            value=swept.seconds,
            unit="s",
            aim="at most" if aim else "none",
            bound=_SECONDS if aim else None,
        ),
        Figure(what="… processor time an account", value=1e3 * swept.cpu / size, unit="ms"),
        Figure(
            what="… memory, both together",
            value=swept.memory,
            unit="MiB",
            aim="at most",
            bound=_MIB if size <= 10_000 else _LARGE_MIB,
        ),
    )


class _Swept(NamedTuple):
    """What a sweep took: seconds, processor seconds, and MiB at most, of all processes."""

    seconds: float
    cpu: float
    memory: float


def _swept(product: Product, size: int, *, processes: int = 1) -> _Swept:
    """Start scorers, which share the partitions, and wait until they have scored everybody."""
    began_at = datetime.now(UTC)
    settings = {"RADAR_HEALTH__SWEEP_SECONDS": "1", "RADAR_LOG_LEVEL": "warning"}
    scorers = [product.start("score", **settings).ready() for _ in range(processes)]
    if processes > 1:
        began_at = datetime.now(UTC)  # the first has begun while the others were starting
    began, spent = time.monotonic(), sum(map(cpu_seconds, scorers))
    store = product.folder / "health.db"
    eventually(lambda: _scored(store, began_at) >= size, within=3_600, every=0.2, what="everybody was scored")
    seconds, cpu = time.monotonic() - began, sum(map(cpu_seconds, scorers)) - spent
    memory = sum(map(highest_mib, scorers))
    for scorer in scorers:
        scorer.child.stop()
    return _Swept(seconds, cpu, memory)


def _scored(store: Path, since: datetime) -> int:
    with sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=10) as connection:
        micros = int(since.timestamp() * 1_000_000)
        query = "SELECT count(*) FROM latest_health WHERE as_of >= ?"
        return int(connection.execute(query, (micros,)).fetchone()[0])
