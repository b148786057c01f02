"""What every service counts on in its store, on SQLite and on PostgreSQL."""

import contextlib
import threading

import pytest
from sqlalchemy import text

from radar_chassis.bus.port import Partition
from radar_chassis.store import offsets
from radar_chassis.store.database import Database, DatabaseUnavailable
from radar_chassis.store.migrate import migrate
from radar_chassis.store.offsets import OffsetMoved
from tests.support.databases import count, counts

EVENTS = Partition("events", 0)


def test_what_a_transaction_did_is_there_whole_or_not_at_all(counter: Database) -> None:
    with pytest.raises(ZeroDivisionError), counter.transaction() as connection:
        count(connection, "lost")
        raise ZeroDivisionError
    with counter.transaction() as connection:
        count(connection, "kept")
    assert counts(counter) == {"kept": 1}


def test_migrating_twice_changes_nothing(counter: Database) -> None:
    counter.run(lambda connection: count(connection, "before"))
    migrate(counter, "tests.support.counter_migrations")
    assert counts(counter) == {"before": 1}


def test_services_that_start_together_migrate_once(store_url: str) -> None:
    failures: list[Exception] = []

    def start() -> None:
        database = Database(store_url, schema="counter")
        try:
            migrate(database, "tests.support.counter_migrations")
        except Exception as error:
            failures.append(error)
        finally:
            database.dispose()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_an_offset_moves_only_from_where_it_is_thought_to_be(counter: Database) -> None:
    def move(expected: int | None, new: int) -> None:
        counter.run(lambda c: offsets.move(c, "group", EVENTS, expected=expected, new=new))

    move(None, 10)
    move(10, 25)
    with pytest.raises(OffsetMoved):
        move(None, 5)
    with pytest.raises(OffsetMoved):
        move(10, 30)
    with counter.reading() as connection:
        assert offsets.load(connection, "group", [EVENTS]) == {EVENTS: 25}
        assert offsets.load(connection, "another", [EVENTS]) == {EVENTS: None}


def test_of_two_consumers_at_the_same_offset_one_counts(counter: Database) -> None:
    barrier = threading.Barrier(2)
    losers: list[OffsetMoved] = []

    def consume() -> None:
        def work(connection: object) -> None:
            offsets.move(connection, "group", EVENTS, expected=None, new=1)  # type: ignore[arg-type]
            count(connection, "once")  # type: ignore[arg-type]

        barrier.wait()
        try:
            counter.run(work)
        except OffsetMoved as error:
            losers.append(error)

    threads = [threading.Thread(target=consume) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts(counter) == {"once": 1}
    assert len(losers) == 1


@pytest.mark.postgres
def test_the_victim_of_a_deadlock_is_run_again(fresh_database: str) -> None:
    """Fault 13."""
    database = Database(fresh_database, schema="counter")
    migrate(database, "tests.support.counter_migrations")
    for word in ("a", "b"):
        database.run(lambda connection, word=word: count(connection, word))
    barrier = threading.Barrier(2)
    runs: list[str] = []

    def cross(first: str, second: str) -> None:
        def work(connection: object) -> None:
            runs.append(first)
            count(connection, first)  # type: ignore[arg-type]
            if len(runs) <= 2:
                barrier.wait(timeout=20)
            count(connection, second)  # type: ignore[arg-type]

        database.run(work)

    threads = [threading.Thread(target=cross, args=pair) for pair in (("a", "b"), ("b", "a"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts(database) == {"a": 3, "b": 3}
    assert len(runs) > 2
    database.dispose()


@pytest.mark.postgres
def test_a_database_that_is_away_is_said_to_be(postgres_server: object) -> None:
    database = Database(postgres_server.url(), schema="counter")  # type: ignore[attr-defined]
    database.ping()
    postgres_server.stop()  # type: ignore[attr-defined]
    with pytest.raises(DatabaseUnavailable):
        database.ping()
    postgres_server.start()  # type: ignore[attr-defined]
    database.ping()
    database.dispose()


def test_a_mistake_in_a_statement_is_not_called_an_outage(counter: Database) -> None:
    with pytest.raises(Exception, match="nowhere") as caught:
        counter.run(lambda connection: connection.execute(text("SELECT * FROM nowhere")))
    assert not isinstance(caught.value, DatabaseUnavailable)


def test_that_every_connection_is_busy_is_an_outage_and_no_mistake(counter: Database) -> None:
    counter.engine.pool._timeout = 0.05  # type: ignore[attr-defined]
    with contextlib.ExitStack() as busy, pytest.raises(DatabaseUnavailable, match="busy"):
        for _ in range(100):
            busy.enter_context(counter.reading())
