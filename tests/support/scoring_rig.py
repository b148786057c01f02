"""Scoring on a real store: events are folded, accounts scored, and what is published can be looked at."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec
from sqlalchemy import text

from radar_chassis.bus.port import BusUnavailable
from radar_chassis.clock import ManualClock
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.scorecard_defaults import built_in_scorecards
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.repositories.health_lists import HealthLists
from radar_health_score.repositories.snapshot_store import SnapshotStore
from radar_health_score.repositories.unscorable_accounts import UnscorableAccounts
from radar_health_score.service.scoring.rescoring import Rescoring
from radar_health_score.service.scoring.scorer import ScorecardScorer
from radar_health_score.service.state.import_delay import ImportDelay
from radar_vocabulary.contracts.health import HealthSnapshot
from tests.support.health_state import NOON, State

ALL = frozenset({0, 1})
HOUR = timedelta(hours=1)
CONFIGURATION = Configuration(scorecards=built_in_scorecards(), workspace=WorkspaceSettings())


class Topic:
    """Takes snapshots, unless it is away."""

    def __init__(self) -> None:
        self.records: list[HealthSnapshot] = []
        self.away = False

    def publish(self, snapshots: Sequence[HealthSnapshot]) -> None:
        if self.away:
            raise BusUnavailable("The log is away.")
        self.records += snapshots


class Rig:
    """A state with scoring on it."""

    def __init__(self, url: str) -> None:
        self.clock = ManualClock(NOON + HOUR)
        self.state = State(url, clock=self.clock)
        self.topic = Topic()
        self.rescoring = Rescoring(
            database=self.state.database,
            reader=self.state.reader,
            snapshots=SnapshotStore(self.state.bulk),
            scorer=ScorecardScorer(CONFIGURATION),
            publisher=self.topic,
            clock=self.clock,
            unscorable=UnscorableAccounts(),
            import_delay=ImportDelay(quiet=timedelta(seconds=5)),
        )

    def latest(self, account: str = "acme") -> HealthSnapshot | None:
        with self.state.database.reading() as connection:
            row = self.state.reader.find(connection, account)
            assert row is not None
            return HealthLists().latest(connection, row.account_no)

    def count(self, table: str) -> int:
        with self.state.database.reading() as connection:
            return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def kept(told: HealthSnapshot) -> HealthSnapshot:
    """Return what is stored of a record: readings are told on the topic alone."""
    assert told.readings, "a record tells every metric that has a value"
    return msgspec.structs.replace(told, readings={})
