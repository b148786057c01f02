"""What questions about the whole portfolio cost, on the embedded database."""

import resource
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
from fastapi.testclient import TestClient

from radar.settings import Settings
from radar_chassis.access.guard import Access
from radar_chassis.bus.open import open_bus
from radar_chassis.clock import ManualClock
from radar_chassis.http.app import create_app
from radar_chassis.store.database import Database
from radar_health_score.domain.account.attributes import Patch, encode_state, fold
from radar_health_score.domain.account.day_tally import DayTally
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.main import build, bulk_for, database, migrate
from radar_health_score.repositories import shapes
from radar_vocabulary.contracts.events import AccountUpdated, ContractClosed, ContractUpdated
from tests.bench.result import Figure, Result
from tests.support.buses import product_topics
from tests.support.console import Keys
from tests.support.health_state import NOON

NAME = "scans"
FEATURES, ACTIVE_DAYS, TERMS = 8, 25, 4
TODAY = NOON.toordinal()
CHUNK = 500


def measure(*, quick: bool) -> Result:
    """Ask each question once, of a process that has answered nothing yet, and again at once."""
    count = 500 if quick else 10_000
    with (
        tempfile.TemporaryDirectory(prefix="radar-bench-") as folder,
        _service(Path(folder), count) as client,
    ):
        before = _highest()
        now, again = _ask(client, "/v1/portfolio"), _ask(client, "/v1/portfolio?by=region")
        past = _ask(client, f"/v1/portfolio?as_of={(NOON - timedelta(days=300)).date()}")
        every, one = _ask(client, "/v1/features"), _ask(client, "/v1/features/feature-1")
        cohorts, growth = _ask(client, "/v1/portfolio/cohorts"), _ask(client, "/v1/portfolio/growth")
        losses = _ask(client, "/v1/losses")
        grown = _highest() - before
    return Result(
        name=NAME,
        title=f"Questions about all of {count:,} accounts",
        figures=(
            Figure(what="`/v1/portfolio`, now", value=now, unit="s of one core"),
            Figure(what="the same by another grouping, at once", value=again, unit="s of one core"),
            Figure(what="`/v1/portfolio`, 300 days ago", value=past, unit="s of one core"),
            Figure(what="`/v1/features`", value=every, unit="s of one core"),
            Figure(
                what="`/v1/features/{name}`, of a feature that everyone uses", value=one, unit="s of one core"
            ),
            Figure(what="`/v1/portfolio/cohorts`", value=cohorts, unit="s of one core"),
            Figure(what="`/v1/portfolio/growth`", value=growth, unit="s of one core"),
            Figure(what="`/v1/losses`", value=losses, unit="s of one core"),
            Figure(what="memory on top, at most", value=grown, unit="MiB"),
        ),
        notes=(
            f"Of each account: {TERMS} terms, {ACTIVE_DAYS} active days of 56, {FEATURES} features, 5 users a day.",
        ),
    )


def _ask(client: TestClient, path: str) -> float:
    began = time.process_time()
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    return time.process_time() - began


def _highest() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def _service(folder: Path, count: int) -> Iterator[TestClient]:
    settings, clock, keys = Settings(data=folder), ManualClock(NOON), Keys()
    migrate(settings)
    tables = database(settings)
    for first in range(1, count + 1, CHUNK):
        _fill(tables, range(first, min(count, first + CHUNK - 1) + 1))
    tables.dispose()
    bus = open_bus(settings.bus_address())
    bus.ensure_topics(product_topics())
    part = build(settings, bus=bus, access=Access(keys, clock), clock=clock)
    headers = {"Authorization": f"Bearer {keys.make('bench', 'read', at=NOON)}"}
    # Without its lifespan no task runs beside the questions.
    yield TestClient(create_app([part], version="bench"), headers=headers)
    part.close()
    bus.close()


def _fill(tables: Database, numbers: range) -> None:
    used, told = to_micros(NOON - timedelta(days=400)), to_micros(NOON - timedelta(days=100))
    days = [TODAY - 2 * back for back in range(ACTIVE_DAYS)]
    tally = _tally()
    papers = {no: _paper(no) for no in numbers}
    rows: list[tuple[Any, list[tuple[Any, ...]]]] = [
        (shapes.ACCOUNTS, [(no, f"account-{no}", 0, 40, used, TODAY, TODAY, told) for no in numbers]),
        (shapes.FEATURES, [(no, at, f"feature-{at}") for no in numbers for at in range(1, FEATURES + 1)]),
        (shapes.DAY_USE, [(no, day, day, tally) for no in numbers for day in days]),
        (
            shapes.ENTITIES,
            [
                (no, kind, entity_id, encode_state(state))
                for no, patches in papers.items()
                for (kind, entity_id), state in fold(patches).items()
            ],
        ),
        (
            shapes.PATCHES_OF_ACCOUNT,
            [
                (no, one.kind, one.entity_id, one.valid_at, one.known_at, 0, f"e{at}", _json(one.data))
                for no, patches in papers.items()
                for at, one in enumerate(patches)
            ],
        ),
    ]
    bulk = bulk_for(tables)
    with tables.transaction() as connection:
        for shape, values in rows:
            bulk.append(connection, shape, values)


def _tally() -> bytes:
    at = to_micros(NOON)
    day = DayTally(at)
    for feature in range(1, FEATURES + 1):
        for user in range(5):
            day.add(feature, feature + 7 * user, 2, 0, at)
    return day.encode()


def _paper(no: int) -> list[Patch]:
    begins = [date(NOON.year - TERMS + at, 8, 1) for at in range(TERMS + 1)]
    patches = [_patch("account", "", begins[0], AccountUpdated(industry=f"i{no % 12}", region=f"r{no % 6}"))]
    for at, (starts, ends) in enumerate(pairwise(begins)):
        terms = {
            "contract_id": "c",
            "starts_on": starts,
            "renews_on": ends,
            "mrr": {"amount": 100 + at, "currency": "EUR"},
        }
        patches.append(_patch("contract", f"v{at}", starts, msgspec.convert(terms, ContractUpdated)))
        if at < TERMS - 1:
            outcome = "renewed" if no % 7 or at else "churned"
            closed = msgspec.convert({"contract_id": "c", "on": ends, "outcome": outcome}, ContractClosed)
            patches.append(_patch("closing", f"{ends}|c", ends, closed))
    return patches


def _patch(kind: str, entity_id: str, on: date, data: Any) -> Patch:
    at = to_micros(datetime(on.year, on.month, on.day, tzinfo=NOON.tzinfo))
    return Patch(kind=kind, entity_id=entity_id, valid_at=at, known_at=at, position=0, data=data)


def _json(data: Any) -> str:
    return msgspec.json.encode(data).decode()
