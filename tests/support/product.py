"""The product as its users run it: real ``radar`` processes, on the embedded pair or on Kafka with PostgreSQL."""

import os
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest

from radar_chassis.access.keys import generate
from radar_chassis.bus.open import open_bus
from radar_chassis.bus.port import Bus
from tests.support.alert_rules import IN_THE_ENVIRONMENT
from tests.support.buses import product_topics
from tests.support.child import Child
from tests.support.ports import free_port
from tests.support.wait import eventually

RADAR = (sys.executable, "-m", "radar")


@dataclass
class Process:
    """One running ``radar`` process and a client for its HTTP API."""

    kind: str
    child: Child
    client: httpx2.Client

    def ready(self, *, within: float = 40.0) -> "Process":
        """Wait until it can do its job."""
        eventually(self._is_ready, within=within, what=f"{self.kind} is ready")
        return self

    def _is_ready(self) -> bool:
        assert self.child.running(), f"{self.kind} ended:\n{self.child.tail()}"
        try:
            return self.client.get("/readyz").status_code == 200
        except httpx2.TransportError:
            return False

    def get(self, path: str, **params: Any) -> Any:
        """GET and return the JSON answer; anything but 200 fails."""
        answer = self.client.get(path, params=params)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.text}"
        return answer.json()

    def send(self, events: Sequence[Mapping[str, Any]], **headers: str) -> httpx2.Response:
        """POST events in the native format."""
        return self.client.post("/v1/events", json=list(events), headers=headers)


@dataclass
class Product:
    """Where the processes of one test meet, and how they are started."""

    folder: Path
    bus_url: str
    database_url: str | None
    more: dict[str, str] = field(default_factory=dict)
    key: str = field(default_factory=lambda: generate()[0])
    processes: list[Process] = field(default_factory=list)

    def start(self, kind: str, **settings: str) -> Process:
        """Start ``radar <kind>`` ("run" without the sample company, "sample" with it); returns at once."""
        port = free_port()
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("RADAR_")},
            "RADAR_DATA": str(self.folder),
            "RADAR_PORT": str(port),
            "RADAR_BOOTSTRAP_KEY": self.key,
            "RADAR_LOG_FORMAT": "json",
            "RADAR_BUS_URL": self.bus_url,
            **({"RADAR_DATABASE_URL": self.database_url} if self.database_url else {}),
            **({} if kind == "sample" else IN_THE_ENVIRONMENT),
            **self.more,
            **settings,
        }
        log = self.folder / f"{kind}-{len(self.processes)}.log"
        words = {"run": ("run", "--no-sample"), "sample": ("run", "--sample")}.get(kind, (kind,))
        child = Child([*RADAR, *words], log=log, env=environment)
        client = httpx2.Client(
            base_url=f"http://127.0.0.1:{port}",
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=20,
            trust_env=False,
        )
        process = Process(kind, child, client)
        self.processes.append(process)
        return process

    def bus(self) -> Bus:
        """Open the log the processes share, with its topics."""
        bus = open_bus(self.bus_url)
        bus.ensure_topics(product_topics())
        return bus

    def close(self) -> None:
        """End every process."""
        for process in self.processes:
            process.client.close()
            process.child.kill()


@pytest.fixture(params=["embedded", pytest.param("apart", marks=[pytest.mark.kafka, pytest.mark.postgres])])
def product(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Product]:
    """The product on SQLite, and on a broker of its own with PostgreSQL."""
    if request.param == "embedded":
        made = Product(tmp_path, f"sqlite:///{tmp_path / 'log.db'}?lease=3", None)
    else:
        broker = request.getfixturevalue("kafka_broker")
        database = request.getfixturevalue("fresh_database")
        made = Product(tmp_path, f"{broker.url}?session_timeout=2", database)
    yield made
    made.close()


def uses(count: int, *, accounts: int = 5, prefix: str = "", feature: str = "report") -> list[dict[str, Any]]:
    """Return ``count`` feature uses spread over accounts, each with an id of its own."""
    tag = prefix or uuid.uuid4().hex[:8]
    return [
        {
            "id": f"{tag}-{number}",
            "type": "feature_used",
            "account_id": f"account-{number % accounts}",
            "user_id": f"user-{number % 7}",
            "data": {"feature": feature},
        }
        for number in range(count)
    ]


def counted(score: Process) -> int:
    """Return how many uses of features the health-score service has counted, over all accounts."""
    total = 0
    for account in score.get("/v1/accounts", limit=200)["items"]:
        features = score.get(f"/v1/accounts/{account['account_id']}/features")["items"]
        total += sum(feature["total"] for feature in features)
    return total
