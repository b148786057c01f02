"""The gauges' counts are of the partitions asked for, and cost no reading of snapshots."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from radar_chassis.store.database import Database
from radar_chassis.store.migrate import migrate
from radar_health_score.repositories.health_lists import HealthLists
from tests.support.health_state import MIGRATIONS

COUNTED = (
    "INSERT INTO accounts (account_no, account_id, partition, next_user) VALUES (:no, :id, :partition, 1)"
)
SCORED = (
    "INSERT INTO latest_health (account_no, account_id, as_of, stored_at, segment, band, standing, snapshot)"
    " VALUES (:no, :id, 1, 1, 'key', 'watch', 'customer', '{}')"
)
PAYING = "INSERT INTO account_revenue (account_no, currency, arr, arr_at_risk) VALUES (:no, 'EUR', 100, 10)"


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    """A store with an account in each of the partitions 1, 2 and 3."""
    found = Database(store_url, schema="health")
    migrate(found, MIGRATIONS)
    rows = [{"no": at, "id": f"a{at}", "partition": at} for at in (1, 2, 3)]
    for statement in (COUNTED, SCORED, PAYING):
        found.run(lambda connection, said=statement: connection.execute(text(said), rows))
    yield found
    found.dispose()


def test_counts_are_of_the_partitions_asked_for(database: Database) -> None:
    with database.reading() as connection:
        counts = HealthLists().counts(connection, frozenset({1, 3, 4}))
    assert sorted(
        (one.band, one.currency or "", one.accounts, one.arr, one.arr_at_risk) for one in counts
    ) == [("watch", "", 2, 0.0, 0.0), ("watch", "EUR", 0, 200.0, 20.0)]


def test_in_one_file_they_are_read_from_an_index_not_from_the_snapshots(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'health.db'}", schema="health")
    migrate(database, MIGRATIONS)
    asked: list[tuple[str, Any]] = []
    with database.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *said: asked.append((said[2], said[3])))
        HealthLists().counts(connection, frozenset(range(32)))
        plans = [
            " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values))
            for query, values in tuple(asked)
            if "latest_health" in query
        ]
    database.dispose()
    assert len(plans) == 2
    assert all("USING COVERING INDEX latest_health_groups" in plan for plan in plans), plans
