"""What a benchmark runs on: a broker and a database of its own, the product's processes, and the end of them all."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.kafka import KafkaBroker
from tests.support.postgres import PostgresServer
from tests.support.product import Product

_TUNED_FOR_SPEED: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A broker, a database server, and a folder for scratch files."""

    folder: Path
    broker: KafkaBroker
    postgres: PostgresServer


@contextmanager
def apart() -> Iterator[Stage]:
    """Yield a fresh Kafka (with its usual JIT) and PostgreSQL."""
    with ExitStack() as after:
        folder = Path(after.enter_context(tempfile.TemporaryDirectory(prefix="radar-bench-")))
        broker = KafkaBroker(folder / "kafka", java_options=_TUNED_FOR_SPEED, heap="1g")
        after.callback(broker.stop)
        broker.start()
        postgres = PostgresServer()
        after.callback(postgres.discard)
        postgres.start()
        yield Stage(folder=folder, broker=broker, postgres=postgres)


@contextmanager
def product_on(stage: Stage) -> Iterator[Product]:
    """Yield the product on Kafka and PostgreSQL, no process started yet."""
    made = Product(stage.folder, stage.broker.url, stage.postgres.url())
    try:
        yield made
    finally:
        made.close()


@contextmanager
def embedded() -> Iterator[Product]:
    """Yield the product on its embedded log and databases, no process started yet."""
    with tempfile.TemporaryDirectory(prefix="radar-bench-") as folder:
        made = Product(Path(folder), f"sqlite:///{folder}/log.db", None)
        try:
            yield made
        finally:
            made.close()
