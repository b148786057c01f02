"""The servers that tests stand on do what the tests of faults need of them."""

import psycopg
import pytest

from tests.support.kafka import KafkaBroker
from tests.support.postgres import PostgresServer


def _connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""), connect_timeout=3)


@pytest.mark.postgres
def test_each_test_gets_an_empty_database(fresh_database: str) -> None:
    with _connect(fresh_database) as connection:
        tables = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    assert tables == (0,)


@pytest.mark.postgres
def test_what_was_committed_survives_a_kill_of_postgresql(postgres_server: PostgresServer) -> None:
    with _connect(postgres_server.url()) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (7)")
    postgres_server.kill()
    with pytest.raises(psycopg.OperationalError):
        _connect(postgres_server.url())
    postgres_server.start()
    with _connect(postgres_server.url()) as connection:
        assert connection.execute("select n from kept").fetchall() == [(7,)]


@pytest.mark.kafka
def test_a_broker_comes_back_on_its_port_after_a_kill(kafka_broker: KafkaBroker) -> None:
    before = kafka_broker.bootstrap, kafka_broker.pid
    kafka_broker.kill()
    kafka_broker.start()
    assert kafka_broker.bootstrap == before[0]
    assert kafka_broker.pid != before[1]
