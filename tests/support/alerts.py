"""The alerts service on a real log and store, behind a real HTTP server."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr

from radar.settings import Settings
from radar_alerts import main
from radar_chassis.access.keys import Scope
from radar_chassis.access.store import KeyStore
from radar_chassis.bus.open import open_bus
from radar_chassis.bus.port import Bus, Outgoing
from radar_chassis.clock import Clock, SystemClock
from radar_chassis.store import offsets
from radar_vocabulary.contracts.alerts import AlertRecord, decode_alert
from radar_vocabulary.contracts.health import HealthSnapshot, encode_snapshot
from radar_vocabulary.contracts.topics import ALERTS, HEALTH
from tests.support.alert_rules import TOLD_AT_ONCE
from tests.support.one_service import serve
from tests.support.reading import read_all
from tests.support.wait import eventually


@dataclass
class Alerts:
    """A running alerts service, seen from outside."""

    url: str
    bus: Bus
    keys: KeyStore
    settings: Settings
    clients: dict[str, httpx2.Client] = field(default_factory=dict)
    sent: int = 0

    def client(self, *scopes: Scope) -> httpx2.Client:
        """Return a client with a key of these scopes, named after them."""
        name = "+".join(scopes)
        if name not in self.clients:
            key = self.keys.create(name, frozenset(scopes))[0]
            headers = {"Authorization": f"Bearer {key}"}
            self.clients[name] = httpx2.Client(base_url=self.url, headers=headers, timeout=30)
        return self.clients[name]

    def take(self, *snapshots: HealthSnapshot) -> None:
        """Publish snapshots and wait until the service has taken them in."""
        publish(self.bus, snapshots)
        self.sent += len(snapshots)
        eventually(lambda: self.consumed() >= self.sent, what="the snapshots were taken in")

    def consumed(self) -> int:
        """How many records the service has committed."""
        store = main.database(self.settings)
        try:
            with store.reading() as connection:
                query = offsets.TABLE.select()
                return sum(row.next_offset for row in connection.execute(query))
        finally:
            store.dispose()

    def get(self, path: str, **query: Any) -> Any:
        answer = self.client("read").get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any) -> httpx2.Response:
        return self.client("act").post(path, json=body)

    def alerts(self, **query: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.get("/v1/alerts", **query)["items"]
        return items

    def deliveries(self, **query: Any) -> list[dict[str, Any]]:
        """All messages, the oldest first."""
        items: list[dict[str, Any]] = self.get("/v1/deliveries", limit=200, **query)["items"]
        return items[::-1]

    def settled(self, number: int, *states: str) -> list[dict[str, Any]]:
        """Wait until there are ``number`` messages in one of ``states`` (sent), and return them."""
        wanted = set(states or ("sent",))

        def ready() -> list[dict[str, Any]]:
            found = self.deliveries()
            assert [one["state"] in wanted for one in found] == [True] * number, found
            return found

        return eventually(ready, within=20)

    def records(self) -> list[AlertRecord]:
        """What stands on the alerts' topic."""
        return [decode_alert(record.value or b"") for record in read_all(self.bus, ALERTS)]


def publish(bus: Bus, snapshots: Sequence[HealthSnapshot]) -> None:
    """Put snapshots on the health topic, keyed by account."""
    producer = bus.producer()
    records = [
        Outgoing(topic=HEALTH, key=one.account_id.encode(), value=encode_snapshot(one)) for one in snapshots
    ]
    producer.publish(records).result(15)
    producer.close()


def now() -> datetime:
    return datetime.now(UTC)


StartAlerts = Callable[..., Alerts]


@pytest.fixture
def start_alerts(tmp_path: Path) -> Iterator[StartAlerts]:
    """Start the service with settings of the test's own; everything stops at the end."""
    with ExitStack() as everything:

        def start(
            *,
            clock: Clock | None = None,
            store: str | None = None,
            stack: ExitStack = everything,
            **alerts: Any,
        ) -> Alerts:
            clock = clock or SystemClock()
            settings = Settings(
                data=tmp_path,
                # Embedded, each service has a file of its own in `data`.
                database_url=SecretStr(store) if store and not store.startswith("sqlite") else None,
                public_url="https://radar.vendor.example/",
                alerts={**TOLD_AT_ONCE, **alerts},
            )
            bus = open_bus(settings.bus_address())
            keys, url = serve(stack, main, settings, bus, clock, keys_at=settings.database_for("access"))
            running = Alerts(url=url, bus=bus, keys=keys, settings=settings)
            stack.callback(lambda: [client.close() for client in running.clients.values()])
            return running

        yield start
