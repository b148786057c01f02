"""Wires what replays the whole store beside the service."""

from collections.abc import Iterator
from contextlib import contextmanager

from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.main import bulk_for, configuration_now, database
from radar_health_score.repositories.configuration_book import ConfigurationBook
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.service.scoring.configurations import Configurations
from radar_health_score.service.scoring.replaying import Replaying
from radar_health_score.service.state.facts import FactsReader
from radar_health_score.settings import Settings


@contextmanager
def replaying(settings: Settings) -> Iterator[Replaying]:
    """Yield what replays accounts of a migrated store. Raises ConfigurationError."""
    tables = database(settings)
    bulk = bulk_for(tables)
    configuration = configuration_now(settings, tables)
    rows = FactRows(bulk)
    try:
        yield Replaying(
            database=tables,
            rows=rows,
            scan=ScanRows(bulk),
            reader=FactsReader(rows, WorkspaceDays(settings.time_zone), configuration.workspace.is_key),
            configurations=Configurations(current=configuration, book=ConfigurationBook()),
        )
    finally:
        tables.dispose()
