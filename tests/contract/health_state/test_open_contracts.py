"""Rows of contracts and revenue stay in step with the latest health, also where a store is older than they are."""

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
import pytest
from alembic import command
from sqlalchemy import text

from radar_chassis.store.database import Database
from radar_chassis.store.migrate import configuration, migrate
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.main import bulk_for
from radar_health_score.repositories.health_lists import HealthLists
from radar_health_score.repositories.list_records import AccountFilter
from radar_health_score.repositories.renewal_lists import RenewalLists
from radar_health_score.repositories.score_records import Scored
from radar_health_score.repositories.snapshot_store import SnapshotStore
from radar_health_score.repositories.unscorable_accounts import UnscorableAccounts
from radar_health_score.series import ARR_AT_RISK
from radar_health_score.service.queries.housekeeping import Gauges
from radar_vocabulary.contracts.health import HealthSnapshot, Revenue, encode_snapshot
from tests.support.health import NOON, renewal, snapshot
from tests.support.health_state import MIGRATIONS

BETWEEN = (date(2026, 1, 1), date(2028, 1, 1))
EVERY = AccountFilter()


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    found = Database(store_url, schema="health")
    yield found
    found.dispose()


def with_contracts(*ids: str, minutes: int = 0) -> HealthSnapshot:
    renewals = tuple(renewal(one) for one in ids)
    arr = 60_000.0 * len(ids)
    revenue = (Revenue(currency="EUR", arr=arr, arr_at_risk=None),)
    told = snapshot(50.0, as_of=NOON + timedelta(minutes=minutes))
    return msgspec.structs.replace(told, renewal=renewals[0], renewals=renewals, revenue=revenue)


def contracts(database: Database) -> list[str]:
    with database.reading() as connection:
        rows = RenewalLists().renewals(connection, EVERY, BETWEEN, None, 10)
    return [row.place.contract_id for row in rows]


def test_the_newest_snapshot_alone_decides_which_contracts_are_open(database: Database) -> None:
    store = SnapshotStore(bulk_for(database))
    migrate(database, MIGRATIONS)

    def save(told: HealthSnapshot) -> None:
        one = Scored(account_no=7, snapshot=told, keep=False, kept_at=NOON)
        database.run(lambda connection: store.save(connection, [one]))

    save(with_contracts("c1", "c2"))
    assert contracts(database) == ["c1", "c2"]
    save(with_contracts("c2", "c3", minutes=2))
    save(with_contracts("c1", minutes=1))
    assert contracts(database) == ["c2", "c3"]
    with database.reading() as connection:
        assert RenewalLists().arr(connection, EVERY) == {"EUR": 120_000}


def test_agreements_under_one_id_are_listed_each_at_its_date(database: Database) -> None:
    store = SnapshotStore(bulk_for(database))
    migrate(database, MIGRATIONS)
    told = with_contracts("c1", "c1")
    dates = date(2027, 1, 1), date(2027, 3, 1)
    both = tuple(
        msgspec.structs.replace(one, renews_on=day) for one, day in zip(told.renewals, dates, strict=True)
    )
    one = Scored(
        account_no=7, snapshot=msgspec.structs.replace(told, renewals=both), keep=False, kept_at=NOON
    )
    database.run(lambda connection: store.save(connection, [one]))
    with database.reading() as connection:
        first, second = RenewalLists().renewals(connection, EVERY, BETWEEN, None, 10)
        (rest,) = RenewalLists().renewals(connection, EVERY, BETWEEN, first.place, 10)
    assert [row.place.renews_on for row in (first, second)] == ["2027-01-01", "2027-03-01"]
    assert rest.place == second.place


def test_a_store_from_before_has_the_contract_that_its_snapshots_spoke_of(database: Database) -> None:
    _up_to(database, "health_0004")
    told = snapshot(50.0)
    row = {"snapshot": encode_snapshot(told).decode(), "as_of": 1, "renews_on": "2027-01-01"}
    insert = text(
        "INSERT INTO latest_health (account_no, account_id, as_of, stored_at, segment, band, renews_on, currency,"
        " arr, arr_at_risk, snapshot) VALUES (1, 'acme', :as_of, :as_of, 'key', 'watch', :renews_on, 'EUR',"
        " 60000, 36000, :snapshot)"
    )
    database.run(lambda connection: connection.execute(insert, row))
    migrate(database, MIGRATIONS)
    with database.reading() as connection:
        (due,) = RenewalLists().due(connection, EVERY, BETWEEN)
        (listed,) = RenewalLists().renewals(connection, EVERY, BETWEEN, None, 10)
        assert RenewalLists().arr(connection, EVERY) == {"EUR": 60_000}
    assert (due.renews_on, due.arr, due.probability) == ("2027-01-01", 60_000, 0.4)
    assert (listed.place.contract_id, listed.snapshot) == ("c1", told)


def test_a_store_from_before_tells_who_told_each_probability(database: Database) -> None:
    store = SnapshotStore(bulk_for(database))
    _up_to(database, "health_0018")
    one, two = with_contracts("c1", "c2").renewals
    told = msgspec.structs.replace(
        with_contracts("c1"), renewals=(one, msgspec.structs.replace(two, source="model"))
    )
    health = text(
        "INSERT INTO latest_health (account_no, account_id, as_of, stored_at, segment, band, renews_on, currency,"
        " arr, arr_at_risk, snapshot) VALUES (1, 'acme', 1, 1, 'key', 'watch', '2027-01-01', 'EUR', 1, 1, :snapshot)"
    )
    contract = text(
        "INSERT INTO open_contracts (account_no, contract_id, renews_on, probability, currency, arr)"
        " VALUES (1, :id, '2027-01-01', 0.4, 'EUR', 60000)"
    )
    ids = [{"id": "c1"}, {"id": "c2"}, {"id": "gone"}]
    database.run(lambda connection: connection.execute(health, {"snapshot": encode_snapshot(told).decode()}))
    database.run(lambda connection: connection.execute(contract, ids))
    migrate(database, MIGRATIONS)
    assert sorted(str(source) for source in sources(database)) == ["None", "model", "scorecard"]
    later = msgspec.structs.replace(told, as_of=NOON)
    saved = Scored(account_no=1, snapshot=later, keep=False, kept_at=NOON)
    database.run(lambda connection: store.save(connection, [saved]))
    assert sorted(str(source) for source in sources(database)) == ["model", "scorecard"]


def sources(database: Database) -> list[str | None]:
    with database.reading() as connection:
        return [row.source for row in RenewalLists().due(connection, EVERY, BETWEEN)]


def _up_to(database: Database, revision: str) -> None:
    config = configuration(MIGRATIONS)
    with database.transaction() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text('CREATE SCHEMA IF NOT EXISTS "health"'))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def test_the_gauge_shows_what_is_at_risk_of_all_contracts_in_each_currency(database: Database) -> None:
    store = SnapshotStore(bulk_for(database), Rates(currency="EUR", rates={"USD": 0.5}))
    migrate(database, MIGRATIONS)
    told = msgspec.structs.replace(
        with_contracts("c1", "c2"),
        revenue=tuple(
            Revenue(currency=currency, arr=120_000.0, arr_at_risk=risk)
            for currency, risk in (("EUR", 72_000.0), ("SEK", 8_000.0), ("USD", 4_000.0))
        ),
    )
    account = text(
        "INSERT INTO accounts (account_no, account_id, partition, next_user) VALUES (7, 'acme', 3, 1)"
    )
    database.run(lambda connection: connection.execute(account))
    database.run(
        lambda connection: store.save(
            connection, [Scored(account_no=7, snapshot=told, keep=False, kept_at=NOON)]
        )
    )
    gauges = {"database": database, "lists": HealthLists(), "unscorable": UnscorableAccounts()}
    Gauges(**gauges, owned=lambda: frozenset({3}))()
    shown = {
        tuple(one.labels.values()): one.value for family in ARR_AT_RISK.collect() for one in family.samples
    }
    assert shown == {("key", "EUR"): 74_000.0, ("key", "SEK"): 8_000.0}
    Gauges(**gauges, owned=frozenset)()
    assert not [one for family in ARR_AT_RISK.collect() for one in family.samples]
