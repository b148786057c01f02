"""Imported history is scored once it is told to its end; news at once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from radar_chassis.clock import ManualClock
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.scorecard_defaults import built_in_scorecards
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.repositories.snapshot_store import SnapshotStore
from radar_health_score.repositories.unscorable_accounts import UnscorableAccounts
from radar_health_score.service.scoring.rescoring import Rescoring
from radar_health_score.service.scoring.scorer import ScorecardScorer
from radar_health_score.service.scoring.scoring_loop import ScoringLoop
from radar_health_score.service.state.import_delay import ImportDelay
from radar_vocabulary.contracts.event_record import EventRecord
from radar_vocabulary.contracts.health import HealthSnapshot
from tests.support.health_state import NOON, State, event, incoming, used

ALL = frozenset({0, 1})
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


class Process:
    """A process that folds and scores; another one on the same store goes on where it stopped."""

    def __init__(self, url: str, clock: ManualClock) -> None:
        self.clock = clock
        self.state = State(url, clock=clock)
        self.told: list[HealthSnapshot] = []
        self.rescoring = Rescoring(
            database=self.state.database,
            reader=self.state.reader,
            snapshots=SnapshotStore(self.state.bulk),
            scorer=ScorecardScorer(
                Configuration(scorecards=built_in_scorecards(), workspace=WorkspaceSettings())
            ),
            publisher=self,
            clock=clock,
            unscorable=UnscorableAccounts(),
            import_delay=ImportDelay(quiet=5 * SECOND, longest=300 * SECOND),
        )

    def publish(self, snapshots: list[HealthSnapshot]) -> None:
        self.told += snapshots

    def imports(
        self, days_ago: int, *, account: str = "acme", partition: int = 0, feature: str = "x"
    ) -> None:
        """Fold a batch of history: what was used so many days ago, arriving now."""
        self.folds(self.use(NOON - days_ago * DAY, account, feature), partition=partition)

    def use(self, at: datetime, account: str = "acme", feature: str = "x") -> EventRecord:
        return used(feature, account=account, at=at, received=self.clock.now())

    def folds(self, *records: EventRecord, partition: int = 0) -> None:
        batch = [incoming(one, number, partition=partition) for number, one in enumerate(records)]
        self.state.fold_incoming(batch)


@pytest.fixture
def process(store_url: str) -> Iterator[Process]:
    process = Process(store_url, ManualClock(NOON))
    yield process
    process.state.close()


def test_history_is_scored_once_when_no_more_of_it_comes(process: Process) -> None:
    for days_ago in (90, 60, 30, 2):
        process.imports(days_ago)
        process.clock.advance(4 * SECOND)
        assert process.rescoring.pending(ALL) == 0
    process.clock.advance(SECOND)
    assert process.rescoring.pending(ALL) == 1
    (only,) = process.told
    assert only.freshness.last_event_at == NOON - 2 * DAY
    assert process.rescoring.pending(ALL) == 0


def test_how_long_history_waited_is_no_measure_of_how_quick_we_are(process: Process) -> None:
    process.imports(90)
    process.clock.advance(5 * SECOND)
    process.rescoring.pending(ALL)
    assert process.told[0].caused_by is None


def test_a_sweep_leaves_alone_who_is_half_told_and_scores_who_was_known_before(process: Process) -> None:
    process.folds(process.use(NOON - SECOND, "known"))
    process.rescoring.pending(ALL)
    process.clock.advance(2 * DAY)
    process.imports(90)
    assert process.rescoring.sweep(ALL, DAY, 100) == 1
    assert {one.account_id for one in process.told} == {"known"}
    process.clock.advance(5 * SECOND)
    assert process.rescoring.sweep(ALL, DAY, 100) == 1


def test_partitions_that_a_lagging_consumer_takes_in_turn_wait_for_one_another(process: Process) -> None:
    for days_ago in (90, 60, 30):
        for partition, account in ((0, "acme"), (1, "other")):
            process.imports(days_ago, account=account, partition=partition)
            process.clock.advance(4 * SECOND)
            assert process.rescoring.pending(ALL) == 0
    process.clock.advance(SECOND)
    assert process.rescoring.pending(ALL) == 2


def test_history_of_others_partitions_is_not_waited_for(process: Process) -> None:
    process.imports(90)
    process.clock.advance(5 * SECOND)
    process.imports(90, account="theirs", partition=1)
    assert process.rescoring.pending(frozenset({0})) == 1


def test_news_is_scored_at_once_beside_history_that_waits(process: Process) -> None:
    process.folds(process.use(NOON - 90 * DAY, "old"), process.use(NOON - SECOND, "new"))
    process.imports(80, account="both")
    process.folds(process.use(NOON - 70 * DAY, "both"), process.use(NOON - SECOND, "both"))
    assert process.rescoring.pending(ALL) == 2
    assert {one.account_id: one.caused_by for one in process.told} == {"new": NOON, "both": NOON}
    process.clock.advance(5 * SECOND)
    process.rescoring.pending(ALL)
    assert {one.account_id for one in process.told} == {"new", "both", "old"}


def test_what_is_told_late_but_only_known_now_is_news(process: Process) -> None:
    process.folds(event("account_updated", at=NOON - 90 * DAY, known=NOON, name="Acme"))
    assert process.rescoring.pending(ALL) == 1


def test_a_stream_of_old_news_is_scored_a_few_minutes_late_at_most(process: Process) -> None:
    process.imports(400)
    for days_ago in range(399, 299, -1):
        process.clock.advance(3 * SECOND)
        process.imports(days_ago)
    assert process.rescoring.pending(ALL) == 1


def test_a_crash_forgets_nothing(process: Process, store_url: str) -> None:
    process.imports(90)
    another = Process(store_url, process.clock)
    assert another.rescoring.pending(ALL) == 0
    process.clock.advance(5 * SECOND)
    assert another.rescoring.pending(ALL) == 1
    another.state.close()


def test_the_loop_comes_back_for_history_without_being_woken(process: Process) -> None:
    loop = ScoringLoop(process.rescoring, lambda: ALL, sweep_every=DAY, sweep_accounts=10)
    process.imports(90)
    assert 0 < loop() <= 1.0
    assert process.told == []
    process.clock.advance(5 * SECOND)
    loop()
    assert [one.account_id for one in process.told] == ["acme"]
