"""The consume loop on both logs: counted once, poison parked, the rest goes on."""

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from radar_chassis.bus.port import Bus, Incoming, Outgoing, Partition
from radar_chassis.clock import SystemClock
from radar_chassis.errors import Unavailable
from radar_chassis.store import offsets
from radar_chassis.store.database import Database
from radar_chassis.worker.handler import Decoded, Poison
from radar_chassis.worker.worker import SMALLEST_BATCH, Worker, WorkerSettings
from radar_vocabulary.contracts.dead_letter import DeadLetter, decode_dead_letter
from radar_vocabulary.contracts.topics import DEAD_LETTERS
from tests.support.buses import new_topic
from tests.support.databases import count, counts
from tests.support.wait import eventually


class WordCount:
    """Counts words; ``refuse`` are poison, ``explode`` break the transaction they are in; ``batches``: the sizes of what was committed."""

    step = "words"

    def __init__(self, *, refuse: str = "", explode: str = "") -> None:
        self.refuse = refuse
        self.explode = explode
        self.before_commit: Callable[[], None] = lambda: None
        self.batches: list[int] = []

    def decode(self, record: Incoming) -> str:
        word = (record.value or b"").decode()
        if word == self.refuse:
            raise Poison("refused", "This word isn't taken; send another.")
        return word

    def apply(self, connection: Connection, batch: Sequence[Decoded[str]]) -> None:
        for one in batch:
            count(connection, one.value)
            if one.value == self.explode:
                raise RuntimeError("bad word")
        self.before_commit()

    def committed(self, batch: Sequence[Decoded[str]]) -> None:
        self.batches.append(len(batch))

    def assigned(self, partitions: frozenset[Partition]) -> None: ...

    def discard(self, partitions: frozenset[Partition]) -> None: ...


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    from radar_chassis.store.migrate import migrate

    database = Database(f"sqlite:///{tmp_path / 'words.db'}", schema="words")
    migrate(database, "tests.support.counter_migrations")
    yield database
    database.dispose()


@contextmanager
def working(
    bus: Bus, database: Database, handler: WordCount, topic: str, **more: object
) -> Iterator[Worker[str]]:
    settings = WorkerSettings(group=f"group-{topic}", topics=(topic,), **more)  # type: ignore[arg-type]
    worker = Worker(
        "test", bus=bus, database=database, handler=handler, clock=SystemClock(), settings=settings
    )
    worker.start()
    try:
        yield worker
    finally:
        worker.stop()
        assert worker.join(20)


def publish(bus: Bus, topic: str, words: Sequence[str]) -> None:
    producer = bus.producer()
    records = [Outgoing(topic=topic, key=word.encode(), value=word.encode()) for word in words]
    producer.publish(records).result(20)
    producer.close()


def letters(bus: Bus, topic: str) -> list[DeadLetter]:
    """Every dead letter that came from ``topic``, each once."""
    from tests.support.reading import read_all

    found = [decode_dead_letter(record.value or b"") for record in read_all(bus, DEAD_LETTERS)]
    ours = {letter.id: letter for letter in found if letter.source and letter.source.topic == topic}
    return list(ours.values())


def test_every_record_counts_once_also_after_a_restart(any_bus: Bus, database: Database) -> None:
    topic = new_topic(any_bus)
    publish(any_bus, topic, ["a", "b", "c", "a"])
    with working(any_bus, database, WordCount(), topic):
        eventually(lambda: counts(database) == {"a": 2, "b": 1, "c": 1})
    publish(any_bus, topic, ["c"])
    with working(any_bus, database, WordCount(), topic):
        eventually(lambda: counts(database) == {"a": 2, "b": 1, "c": 2})


def test_a_poison_record_is_parked_and_the_partition_goes_on(any_bus: Bus, database: Database) -> None:
    """Fault 9."""
    topic = new_topic(any_bus, partitions=1)
    publish(any_bus, topic, ["good", "bad", "better"])
    with working(any_bus, database, WordCount(refuse="bad"), topic):
        eventually(lambda: counts(database) == {"good": 1, "better": 1})
    (letter,) = letters(any_bus, topic)
    assert letter.code == "refused"
    assert letter.original == b"bad"
    assert letter.source is not None
    assert letter.source.offset == 1


def test_a_record_that_cannot_even_be_read_is_parked_too(any_bus: Bus, database: Database) -> None:
    topic = new_topic(any_bus, partitions=1)
    producer = any_bus.producer()
    values = (b"good", b"\xff\xfe", b"x" * 900_000 + b"\xff", b"better")
    producer.publish([Outgoing(topic=topic, key=b"k", value=value) for value in values]).result(20)
    producer.close()
    with working(any_bus, database, WordCount(), topic):
        eventually(lambda: counts(database) == {"good": 1, "better": 1})
    small, large = sorted(letters(any_bus, topic), key=lambda letter: letter.source.offset)  # type: ignore[union-attr]
    assert (small.code, small.original) == ("unreadable", b"\xff\xfe")
    assert values[2].startswith(large.original)
    assert "Only the first" in large.reason


def test_a_record_that_breaks_its_transaction_is_found_and_parked(any_bus: Bus, database: Database) -> None:
    topic = new_topic(any_bus, partitions=1)
    words = [f"w{number}" for number in range(20)]
    publish(any_bus, topic, [*words[:7], "boom", *words[7:]])
    with working(any_bus, database, WordCount(explode="boom"), topic):
        eventually(lambda: counts(database) == dict.fromkeys(words, 1))
    (letter,) = letters(any_bus, topic)
    assert (letter.code, letter.original) == ("unprocessable", b"boom")


def test_batches_that_take_too_long_become_smaller(any_bus: Bus, database: Database) -> None:
    """Fault 8."""
    topic = new_topic(any_bus, partitions=1)
    publish(any_bus, topic, ["slow"] * 1_000)
    counter = WordCount()
    with working(any_bus, database, counter, topic, max_records=400, slow_seconds=0.0):
        eventually(lambda: counts(database) == {"slow": 1_000})
    limits = [400, 200, 100]
    assert all(size <= limit for size, limit in zip(counter.batches, limits, strict=False))
    assert max(counter.batches[len(limits) :]) <= SMALLEST_BATCH


def test_too_many_dead_letters_stop_consumption(any_bus: Bus, database: Database) -> None:
    """Fault 10."""
    topic = new_topic(any_bus, partitions=1)
    publish(any_bus, topic, ["bad"] * 30)
    with working(any_bus, database, WordCount(refuse="bad"), topic, dead_letter_limit=10) as worker:
        eventually(lambda: worker.halted)
        with pytest.raises(Unavailable, match="dead-letter list"):
            worker.check()
    with database.reading() as connection:
        where = Partition(topic, 0)
        assert offsets.load(connection, f"group-{topic}", [where]) == {where: None}


def test_a_consumer_that_was_overtaken_counts_nothing(any_bus: Bus, database: Database) -> None:
    """Fault 6, in one process: while the batch is under way, another owner moves the offset past it."""
    topic = new_topic(any_bus, partitions=1)
    where = Partition(topic, 0)
    group = f"group-{topic}"
    database.run(lambda c: offsets.move(c, group, where, expected=None, new=0))
    publish(any_bus, topic, ["one", "two", "three"])
    overtaken = WordCount()
    with working(any_bus, database, overtaken, topic):
        eventually(lambda: counts(database) == {"one": 1, "two": 1, "three": 1})
        database.run(lambda c: offsets.move(c, group, where, expected=3, new=4))
        publish(any_bus, topic, ["counted-by-the-other", "mine"])
        eventually(lambda: counts(database).get("mine") == 1)
    assert "counted-by-the-other" not in counts(database)


def test_a_dead_letter_that_is_not_acknowledged_keeps_the_offset(database: Database, tmp_path: Path) -> None:
    """Fault 11: the dead-letter topic is missing, so parking fails, and the record must not be passed."""
    from radar_chassis.bus.open import open_bus

    bus = open_bus(f"sqlite:///{tmp_path / 'log.db'}")
    topic = new_topic(bus, partitions=1)
    publish(bus, topic, ["bad"])
    where = Partition(topic, 0)
    with working(bus, database, WordCount(refuse="bad"), topic):
        eventually(lambda: _waiting(database, topic))
        with database.reading() as connection:
            assert offsets.load(connection, f"group-{topic}", [where]) == {where: None}
        from radar_chassis.bus.port import TopicSettings

        bus.ensure_topics({DEAD_LETTERS: TopicSettings(partitions=1)})
        eventually(lambda: [letter.original for letter in letters(bus, topic)] == [b"bad"])
    bus.close()


def _waiting(database: Database, topic: str) -> bool:
    from prometheus_client import REGISTRY

    return REGISTRY.get_sample_value("radar_worker_state", {"service": "test"}) == 0


@pytest.mark.postgres
def test_while_the_database_is_away_the_worker_waits_and_goes_on_by_itself(
    any_bus: Bus, postgres_server: object
) -> None:
    """Fault 12."""
    from radar_chassis.store.migrate import migrate

    database = Database(postgres_server.url(), schema=f"words_{uuid.uuid4().hex[:6]}")  # type: ignore[attr-defined]
    migrate(database, "tests.support.counter_migrations")
    topic = new_topic(any_bus)
    publish(any_bus, topic, ["before"])
    with working(any_bus, database, WordCount(), topic):
        eventually(lambda: counts(database) == {"before": 1})
        postgres_server.stop()  # type: ignore[attr-defined]
        publish(any_bus, topic, ["meanwhile", "also"])
        eventually(lambda: _waiting(database, topic))
        postgres_server.start()  # type: ignore[attr-defined]
        eventually(lambda: counts(database) == {"before": 1, "meanwhile": 1, "also": 1}, within=40)
    database.dispose()
