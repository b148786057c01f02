"""A process whose log or database is away at the start is not ready, and gets ready by itself."""

import asyncio
import threading
from typing import Any

import httpx2
import pytest

from radar.preparation import Gate, NotReady, prepared
from radar_chassis.errors import Unavailable
from radar_chassis.http.app import create_app
from radar_chassis.http.part import Part
from radar_chassis.tasks import Periodic
from tests.support.wait import eventually


class Database:
    """Away for the first ``failures`` attempts."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.attempts = 0

    def migrate(self) -> None:
        self.attempts += 1
        if self.attempts <= self.failures:
            raise Unavailable("away")


def test_the_tasks_start_once_everything_is_there() -> None:
    database, ran = Database(failures=2), threading.Event()
    task = Periodic("work", ran.set, every=60)
    part, preparation = prepared(Part(name="x", routers=(), tasks=(task,)), database.migrate)
    with pytest.raises(NotReady):
        part.checks["prepared"]()
    for one in part.tasks:
        one.start()
    assert ran.wait(10)
    assert database.attempts == 3
    eventually(lambda: preparation.done)
    part.checks["prepared"]()
    preparation.stop()
    assert preparation.join(5)
    assert not task.alive()


def test_a_process_that_never_got_ready_still_ends() -> None:
    task = Periodic("work", lambda: None, every=60)
    _, preparation = prepared(Part(name="x", routers=(), tasks=(task,)), Database(failures=1_000).migrate)
    preparation.start()
    preparation.stop()
    assert preparation.join(5)
    assert not task.alive()
    assert not preparation.done


def test_until_then_it_is_alive_and_asks_for_patience() -> None:
    part, preparation = prepared(Part(name="x", routers=()), Database(failures=0).migrate)
    gate = Gate(create_app([part], version="0"), preparation)

    async def ask() -> list[tuple[int, Any]]:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=gate), base_url="http://x") as http:
            answers = [await http.get(path) for path in ("/healthz", "/readyz", "/v1/anything")]
        return [(answer.status_code, answer.headers.get("retry-after")) for answer in answers]

    assert asyncio.run(ask()) == [(200, None), (503, "5"), (503, "2")]
    preparation.start()
    eventually(lambda: preparation.done)
    assert [status for status, _ in asyncio.run(ask())] == [200, 200, 404]
