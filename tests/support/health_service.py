"""The health-score service on a real log and store, behind a real HTTP server."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import pytest

from radar.settings import Settings
from radar_chassis.access.keys import Scope
from radar_chassis.access.store import KeyStore
from radar_chassis.bus.open import open_bus
from radar_chassis.bus.port import Bus, Outgoing
from radar_chassis.clock import Clock, ManualClock
from radar_health_score import main
from radar_vocabulary.contracts.event_record import EventRecord, encode_event
from radar_vocabulary.contracts.health import HealthSnapshot, decode_snapshot
from radar_vocabulary.contracts.topics import EVENTS, HEALTH
from tests.support.health_state import NOON
from tests.support.one_service import serve
from tests.support.reading import read_all
from tests.support.wait import eventually


@dataclass
class HealthService:
    """A running health-score service, seen from outside."""

    bus: Bus
    keys: KeyStore
    clock: ManualClock
    client: httpx2.Client
    url: str

    def publish(self, *records: EventRecord) -> None:
        """Put events on the log, as ingest would."""
        producer = self.bus.producer()
        producer.publish(
            [
                Outgoing(
                    topic=EVENTS,
                    key=one.account_id.encode(),
                    value=encode_event(one),
                    timestamp=self.clock.now(),
                )
                for one in records
            ]
        ).result(10)
        producer.close()

    def publish_bytes(self, value: bytes, key: bytes = b"acme") -> None:
        """Put anything on the topic of events."""
        producer = self.bus.producer()
        producer.publish([Outgoing(topic=EVENTS, key=key, value=value)]).result(10)
        producer.close()

    def get(self, path: str, **query: Any) -> Any:
        """Return the body of an answer that must be 200."""
        answer = self.client.get(path, params=query)
        assert answer.status_code == 200, f"{answer.status_code}: {answer.text}"
        return answer.json()

    def scored(self, account: str = "acme", **like: Any) -> dict[str, Any]:
        """Wait until the account's health is there and looks like this; return it."""

        def probe() -> dict[str, Any]:
            listed = self.get("/v1/accounts", q=account)["items"]
            assert account in {one["account_id"] for one in listed}, "not scored yet"
            health: dict[str, Any] = self.get(f"/v1/accounts/{account}/health")
            assert like.items() <= health.items(), health
            return health

        return eventually(probe, what=f"{account} is scored")

    def health_records(self) -> list[HealthSnapshot]:
        """What stands on the topic of health."""
        return [decode_snapshot(one.value) for one in read_all(self.bus, HEALTH) if one.value]

    def client_for(self, *scopes: Scope) -> httpx2.Client:
        """Return a client with a key of these scopes."""
        key = self.keys.create("test", frozenset(scopes))[0]
        return httpx2.Client(base_url=self.url, headers={"Authorization": f"Bearer {key}"}, timeout=30)


StartHealth = Callable[..., HealthService]


@pytest.fixture
def start_health(tmp_path: Path, store_url: str) -> Iterator[StartHealth]:
    """Start the service on either store; everything stops at the end."""
    with ExitStack() as stack:

        def start(*, clock: Clock | None = None, time_zone: str = "UTC", **health: Any) -> HealthService:
            clock = clock or ManualClock(NOON)
            settings = Settings(data=tmp_path, database_url=store_url, time_zone=time_zone, health=health)
            bus = open_bus(settings.bus_address())
            keys_at = f"sqlite:///{tmp_path / 'access.db'}"
            keys, url = serve(stack, main, settings, bus, clock, keys_at=keys_at)
            assert isinstance(clock, ManualClock)
            service = HealthService(bus=bus, keys=keys, clock=clock, client=httpx2.Client(), url=url)
            service.client.close()
            service.client = stack.enter_context(service.client_for("read"))
            return service

        yield start


@pytest.fixture
def health_service(start_health: StartHealth) -> HealthService:
    """The service with its default settings."""
    return start_health()
