"""A real Apache Kafka broker (KRaft, one node) for tests: started, stopped, killed, frozen, and started again."""

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.child import Child, Restartable
from tests.support.kafka_jars import Kafka, NoKafka, fetch
from tests.support.missing import missing
from tests.support.ports import free_ports
from tests.support.wait import eventually

# The client compiler alone starts in half the time; benchmarks leave this out.
QUICK_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
_QUIET = (
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.log.kafka.server.KafkaRaftServer=info",
)
_STARTED = "Kafka Server started"


class KafkaBroker(Restartable):
    """One broker whose port and data in ``folder`` survive stop and kill. Raises NoKafka where it can't run."""

    def __init__(
        self, folder: Path, *, java_options: tuple[str, ...] = QUICK_START, heap: str = "512m"
    ) -> None:
        super().__init__()
        self._kafka: Kafka = fetch()
        self._folder = folder
        self._options = (f"-Xmx{heap}", *java_options)
        self.port, self._controller_port = free_ports(2)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copytree(self._kafka.formatted, folder / "data")
        (folder / "server.properties").write_text(self._settings())

    @property
    def bootstrap(self) -> str:
        """``host:port`` for clients."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The same as a bus address."""
        return f"kafka://{self.bootstrap}"

    def start(self) -> "KafkaBroker":
        """Start (again) on the same port and data; returns when it serves."""
        log = self._folder / "broker.log"
        log.unlink(missing_ok=True)
        command = [self._kafka.java, *self._options, *_QUIET, "-cp", self._kafka.class_path]
        self._child = child = Child(
            [*command, "kafka.Kafka", str(self._folder / "server.properties")], log=log
        )

        def serves() -> bool:
            if not child.running():
                raise NoKafka(f"the broker ended at once:\n{child.tail()}")
            return _STARTED in log.read_text(errors="replace") and self._accepts()

        eventually(serves, within=60, every=0.05, what="Kafka serves")
        return self

    def _accepts(self) -> bool:
        with socket.create_connection(("127.0.0.1", self.port), timeout=1):
            return True

    def _settings(self) -> str:
        settings = {
            "process.roles": "broker,controller",
            "node.id": "1",
            "controller.quorum.voters": f"1@127.0.0.1:{self._controller_port}",
            "listeners": f"PLAINTEXT://127.0.0.1:{self.port},CONTROLLER://127.0.0.1:{self._controller_port}",
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{self.port}",
            "controller.listener.names": "CONTROLLER",
            "log.dirs": str(self._folder / "data"),
            "num.partitions": "4",
            "auto.create.topics.enable": "false",
            "offsets.topic.replication.factor": "1",
            "offsets.topic.num.partitions": "4",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "group.initial.rebalance.delay.ms": "0",
            "group.min.session.timeout.ms": "1000",
            # A killed broker is let in again without waiting out its old session.
            "broker.session.timeout.ms": "2000",
            "broker.heartbeat.interval.ms": "500",
        }
        return "".join(f"{name}={value}\n" for name, value in settings.items())


@pytest.fixture(scope="session")
def kafka_bootstrap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """``host:port`` of a broker shared by the session: KAFKA_BOOTSTRAP, or one started here."""
    given = os.environ.get("KAFKA_BOOTSTRAP")
    if given:
        yield given
        return
    try:
        broker = KafkaBroker(tmp_path_factory.mktemp("kafka")).start()
    except NoKafka as why:
        missing(f"no Kafka: {why}")
    yield broker.bootstrap
    broker.stop()


@pytest.fixture
def kafka_broker(tmp_path: Path) -> Iterator[KafkaBroker]:
    """A running broker of the test's own, to be stopped, killed or frozen."""
    try:
        broker = KafkaBroker(tmp_path / "kafka").start()
    except NoKafka as why:
        missing(f"no Kafka: {why}")
    yield broker
    broker.stop()
