"""The services are found by the name of their command, and their databases under the names they themselves use."""

import importlib
from pathlib import Path

import pytest

from radar.runtime import topic_settings
from radar.services import SERVICES
from radar.settings import Settings
from radar_vocabulary.contracts import topics


@pytest.mark.parametrize("name", SERVICES)
def test_a_services_tables_are_where_the_service_puts_them(name: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    service = SERVICES[name]
    service.migrate(settings)
    database = service.database(settings)
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM alembic_version").scalar() == 1
    database.dispose()
    importlib.import_module(service.migrations)


def test_only_health_is_compacted_and_dead_letters_are_few() -> None:
    made = topic_settings(Settings(events_partitions=12))
    assert set(made) == {topics.EVENTS, topics.HEALTH, topics.ALERTS, topics.DEAD_LETTERS}
    assert [name for name, one in made.items() if one.compacted] == [topics.HEALTH]
    assert made[topics.EVENTS].partitions == 12
    assert made[topics.DEAD_LETTERS].partitions == 4
