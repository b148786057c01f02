"""Fault 12: the database is away; the scorer waits, stays in its group, and goes on by itself."""

from pathlib import Path

import pytest

from tests.support.kafka import KafkaBroker
from tests.support.postgres import PostgresServer
from tests.support.product import Product, counted, uses
from tests.support.wait import eventually

pytestmark = [pytest.mark.faults, pytest.mark.kafka, pytest.mark.postgres, pytest.mark.timeout(180)]


def test_the_scorer_waits_for_its_database(
    kafka_broker: KafkaBroker, postgres_server: PostgresServer, tmp_path: Path
) -> None:
    product = Product(tmp_path, kafka_broker.url, postgres_server.url())
    product.bus().close()
    try:
        ingest, score = product.start("ingest").ready(), product.start("score").ready()
        assert ingest.send(uses(100, prefix="before")).status_code == 200
        eventually(lambda: counted(score) == 100, within=40)
        postgres_server.stop()
        eventually(lambda: score.client.get("/readyz").status_code == 503, within=30)
        assert ingest.send(uses(100, prefix="meanwhile")).status_code == 200, "the log can take events"
        assert score.client.get("/healthz").status_code == 200
        answer = score.client.get("/v1/accounts")
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        postgres_server.start()
        eventually(lambda: counted(score) == 200, within=60)
        assert score.child.running()
    finally:
        product.close()
