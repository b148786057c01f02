"""Scores accounts and lets it be known: read, score, publish, and only then commit and forget.

A crash between any two steps repeats the work; it never skips it. A reader of the topic may see a snapshot twice,
the second one newer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Final

import msgspec
import structlog
from sqlalchemy import Connection

from radar_chassis.clock import Clock
from radar_chassis.errors import Unavailable
from radar_chassis.store.database import Database
from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.history.next_change import earlier_of, next_change_at
from radar_health_score.domain.workspace.workspace_days import from_micros
from radar_health_score.repositories.score_records import Before, Scored
from radar_health_score.repositories.snapshot_store import SnapshotStore
from radar_health_score.repositories.unscorable_accounts import UnscorableAccounts
from radar_health_score.series import EVENT_TO_SCORE
from radar_health_score.service.scoring.score_ports import (
    Reasons,
    Scorer,
    SnapshotPublisher,
    without_model_reasons,
)
from radar_health_score.service.scoring.scoring_queue import ScoringQueue
from radar_health_score.service.scoring.unscorable import Failures, failed
from radar_health_score.service.scoring.worth_publishing import worth_publishing
from radar_health_score.service.state.facts import FactsReader, KnownFacts
from radar_health_score.service.state.import_delay import ImportDelay
from radar_vocabulary.contracts.health import HealthSnapshot

log = structlog.get_logger()

CHUNK: Final = 200
BATCHES_AT_ONCE: Final = 500


@dataclass(kw_only=True)
class Rescoring:
    """Re-scores accounts of partitions, in chunks. One thread uses it.

    Attributes:
        import_delay: how long imported history waits for the rest of it, so that no account is scored half told.
        reasons: the model's, for what somebody may be alerted about.
    """

    database: Database
    reader: FactsReader
    snapshots: SnapshotStore
    scorer: Scorer
    publisher: SnapshotPublisher
    clock: Clock
    import_delay: ImportDelay
    unscorable: UnscorableAccounts
    reasons: Reasons = without_model_reasons
    _queue: ScoringQueue = field(default_factory=ScoringQueue, init=False)

    def pending(self, partitions: frozenset[int]) -> int:
        """Score those that wait longest for a score, CHUNK at most; return how many accounts that were."""
        waiting = self._waiting(partitions)
        chunk = waiting.first(CHUNK)
        if not chunk:
            return 0
        self._score(list(chunk), {no: arrival for no, arrival in chunk.items() if arrival is not None})
        done = waiting.scored(chunk)
        if done:
            self.database.run(lambda connection: self.snapshots.done(connection, done))
        return len(chunk)

    def _waiting(self, partitions: frozenset[int]) -> ScoringQueue:
        """Return the queue, with what has come since it was looked at."""
        with self.database.reading() as connection:
            history = self._is_complete(connection, partitions)
            if self._queue.of != (partitions, history):
                self._queue = ScoringQueue((partitions, history))
            after = self._queue.read_up_to
            self._queue.add(
                self.snapshots.pending(connection, partitions, BATCHES_AT_ONCE, history=history, after=after)
            )
        return self._queue

    def sweep(self, partitions: frozenset[int], older_than: timedelta, limit: int) -> int:
        """Score up to ``limit`` accounts that were not scored for ``older_than``; return how many those were.

        Those come first for whom a date that was told of has come.
        """
        now = self.clock.now()
        with self.database.reading() as connection:
            # Who was never scored may be new to us by history alone, and that isn't told to its end.
            new = self._is_complete(connection, partitions)
            due = self.snapshots.due(connection, partitions, now - older_than, limit, new=new, now=now)
        for chunk in _chunks(due, CHUNK):
            self._score(chunk, {})
        return len(due)

    def _is_complete(self, connection: Connection, partitions: frozenset[int]) -> bool:
        # PredictionRequest of all our partitions at once: a consumer that lags takes them in turn, each seldom.
        pending = self.snapshots.pending_import(connection, partitions)
        return pending is None or self.import_delay.is_over(pending, self.clock.now())

    def _score(self, account_nos: Sequence[int], received: Mapping[int, int]) -> None:
        """Score accounts; one that can't be is remembered and doesn't keep the others waiting."""
        try:
            self._score_together(account_nos, received)
        except Unavailable:
            raise
        except Exception as error:
            # Not the facts of one account, which are read and scored apart: something about writing them.
            if len(account_nos) == 1:
                log.exception("account_not_written", account_no=account_nos[0])
                self._give_up({account_nos[0]: error})
                return
            middle = len(account_nos) // 2
            self._score(account_nos[:middle], received)
            self._score(account_nos[middle:], received)

    def _score_together(self, account_nos: Sequence[int], received: Mapping[int, int]) -> None:
        failures = Failures()
        with self.database.reading() as connection:
            before = self.snapshots.before(connection, account_nos)
            unscorable = self.unscorable.among(connection, account_nos)
            scored = self._fresh(connection, account_nos, before, received, failures)
        self.publisher.publish([one.snapshot for one in scored if one.keep])
        again = [one.account_no for one in scored if one.account_no in unscorable]

        def save(connection: Connection) -> None:
            self.snapshots.save(connection, scored)
            self.unscorable.forget(connection, again)

        self.database.run(save)
        if failures.errors:
            self._give_up(failures.errors)
        done = self.clock.now()
        for one in scored:
            if one.account_no in received:
                arrival = from_micros(received[one.account_no])
                EVENT_TO_SCORE.observe(max(0.0, (done - arrival).total_seconds()))

    def _give_up(self, errors: Mapping[int, Exception]) -> None:
        """Remember accounts that can't be scored, until they are tried again."""
        now = self.clock.now()

        def record(connection: Connection) -> None:
            before = self.unscorable.among(connection, list(errors))
            found = [failed(no, error, before.get(no), now) for no, error in errors.items()]
            self.unscorable.record(connection, found)
            self.snapshots.introduce(connection, self._blank(connection, list(errors), now))

        self.database.run(record)

    def _blank(
        self, connection: Connection, account_nos: Sequence[int], now: datetime
    ) -> Mapping[int, HealthSnapshot]:
        """Return the health of these accounts as if nothing was known of them but their ids."""
        through = date.fromordinal(self.reader.days.through(now))
        rows = self.reader.accounts(connection, account_nos)
        nothing = [AccountFacts(account_id=row.account_id, as_of=now, through=through) for row in rows]
        return {
            row.account_no: snapshot
            for row, snapshot in zip(rows, self.scorer.snapshots(nothing), strict=True)
        }

    def _fresh(
        self,
        connection: Connection,
        account_nos: Sequence[int],
        before: Mapping[int, Before],
        received: Mapping[int, int],
        failures: Failures,
    ) -> Sequence[Scored]:
        now = self.clock.now()
        not_before = {account_no: last.as_of for account_no, last in before.items()}
        read = list(self.reader.read_now(connection, account_nos, now, not_before, failures.add))
        made: list[tuple[AccountFacts, Scored]] = []
        for known, said in zip(read, self._health(read, failures), strict=True):
            if said is None:
                continue
            try:
                made.append((known.facts, self._scored(known, said, before, received)))
            except Exception as error:  # noqa: BLE001 - see Failures
                failures.add(known.account, error)
        return self.reasons([one for _, one in made], [facts for facts, _ in made])

    def _health(self, read: Sequence[KnownFacts], failures: Failures) -> Sequence[HealthSnapshot | None]:
        """Return the health of each; None, and a failure, where it can't be told."""
        try:
            return self.scorer.snapshots([one.facts for one in read])
        except Exception as error:  # noqa: BLE001 - the one that fails is found, the others are scored
            log.debug("scored_apart", accounts=len(read), reason=repr(error))
        return [self._health_of(one, failures) for one in read]

    def _health_of(self, known: KnownFacts, failures: Failures) -> HealthSnapshot | None:
        try:
            return self.scorer.snapshot(known.facts)
        except Exception as error:  # noqa: BLE001 - see Failures
            failures.add(known.account, error)
            return None

    def _scored(
        self,
        known: KnownFacts,
        said: HealthSnapshot,
        before: Mapping[int, Before],
        received: Mapping[int, int],
    ) -> Scored:
        account_no = known.account.account_no
        arrival, last = received.get(account_no), before.get(account_no)
        snapshot = msgspec.structs.replace(said, caused_by=None if arrival is None else from_micros(arrival))
        keep = worth_publishing(last.kept if last else None, snapshot, self.reader.days)
        kept_at = snapshot.as_of if keep or last is None else last.kept.as_of
        wakes = earlier_of(next_change_at(known.facts, self.reader.days), known.next_change_at)
        return Scored(account_no=account_no, snapshot=snapshot, keep=keep, kept_at=kept_at, wakes_at=wakes)


def _chunks(items: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
