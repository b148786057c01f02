"""The ingest service on a real log and store, behind a real HTTP server."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from radar.settings import Settings
from radar_chassis.access.keys import Scope
from radar_chassis.access.store import KeyStore
from radar_chassis.bus.open import open_bus
from radar_chassis.bus.port import Incoming
from radar_chassis.clock import Clock, SystemClock
from radar_ingest import main
from radar_vocabulary.contracts.dead_letter import DeadLetter, decode_dead_letter
from radar_vocabulary.contracts.event_record import EventRecord, decode_event
from radar_vocabulary.contracts.topics import DEAD_LETTERS, EVENTS
from tests.support.one_service import serve
from tests.support.reading import read_all
from tests.support.switch import SwitchedBus


@dataclass
class Ingest:
    """A running ingest service, seen from outside."""

    url: str
    bus: SwitchedBus
    keys: KeyStore
    clients: dict[str, httpx2.Client] = field(default_factory=dict)

    def key(self, *scopes: Scope) -> str:
        """Make a key."""
        return self.keys.create("test", frozenset(scopes or ("ingest",)))[0]

    def client(self, *scopes: Scope) -> httpx2.Client:
        """Return a client with a key of these scopes."""
        name = "+".join(scopes or ("ingest",))
        if name not in self.clients:
            headers = {"Authorization": f"Bearer {self.key(*scopes)}"}
            self.clients[name] = httpx2.Client(base_url=self.url, headers=headers, timeout=30)
        return self.clients[name]

    def send(self, events: Any, **headers: str) -> httpx2.Response:
        """POST events in the native format."""
        return self.client().post("/v1/events", json=events, headers=headers)

    def send_bytes(self, body: Any, **headers: str) -> httpx2.Response:
        """POST a raw body."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client().post("/v1/events", content=body, headers=named)

    def records(self) -> list[Incoming]:
        """What stands on the log, as it stands there."""
        return read_all(self.bus, EVENTS)

    def events(self) -> list[EventRecord]:
        """What stands on the log."""
        return [decode_event(record.value or b"") for record in self.records()]

    def ids(self) -> list[str]:
        """The ids of what stands on the log."""
        return [event.id for event in self.events()]

    def letters(self) -> list[DeadLetter]:
        """What stands on the dead-letter topic."""
        return [decode_dead_letter(record.value or b"") for record in read_all(self.bus, DEAD_LETTERS)]

    def parked(self, **which: str) -> list[dict[str, Any]]:
        """What the service shows of it."""
        answer = self.client("admin").get("/v1/dead-letters", params=which)
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items


StartIngest = Callable[..., Ingest]


@pytest.fixture
def start_ingest(tmp_path: Path) -> Iterator[StartIngest]:
    """Start ingest with settings of the test's own; everything stops at the end."""
    with ExitStack() as stack:

        def start(*, clock: Clock | None = None, **ingest: Any) -> Ingest:
            clock = clock or SystemClock()
            settings = Settings(data=tmp_path, ingest=ingest)
            bus = SwitchedBus(open_bus(settings.bus_address()))
            keys, url = serve(stack, main, settings, bus, clock, keys_at=settings.database_for("access"))
            running = Ingest(url=url, bus=bus, keys=keys)
            stack.callback(lambda: [client.close() for client in running.clients.values()])
            return running

        yield start


@pytest.fixture
def ingest(start_ingest: StartIngest) -> Ingest:
    """Ingest with its default settings."""
    return start_ingest()
