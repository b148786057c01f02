"""Dead letters in the database."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, asc, bindparam, delete, desc, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from radar_chassis.store.database import Database
from radar_ingest.repositories.stored_dead_letters import DeadLetterFilter, StoredDeadLetter
from radar_ingest.repositories.tables import DEAD_LETTERS, utc
from radar_vocabulary.answers.dead_letters import ReplayOutcome
from radar_vocabulary.contracts.dead_letter import DeadLetter, Source

_T = DEAD_LETTERS.c


class DeadLetters:
    """The parked records. Blocking; raises DatabaseUnavailable."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def page(
        self, which: DeadLetterFilter, *, after: tuple[datetime, str] | None, limit: int
    ) -> Sequence[StoredDeadLetter]:
        """Return the newest first, those that come after the position ``after``."""
        query = _matching(which).order_by(desc(_T.at), desc(_T.id)).limit(limit)
        if after is not None:
            at, letter_id = utc(after[0]), after[1]
            query = query.where(or_(_T.at < at, and_(_T.at == at, _T.id < letter_id)))
        return self._read(query)

    def find(self, ids: Collection[str]) -> Sequence[StoredDeadLetter]:
        """Return those that exist, oldest first."""
        return self._read(select(DEAD_LETTERS).where(_T.id.in_(ids)).order_by(asc(_T.at), asc(_T.id)))

    def oldest(self, which: DeadLetterFilter, *, limit: int) -> Sequence[StoredDeadLetter]:
        """Return the oldest, those never tried again first: letters that stay bad don't hide the rest."""
        order = (_T.replayed_at.is_not(None), asc(_T.replayed_at), asc(_T.at), asc(_T.id))
        return self._read(_matching(which).order_by(*order).limit(limit))

    def record(self, outcomes: Sequence[ReplayOutcome], at: datetime) -> None:
        """Note what a replay came to."""
        if not outcomes:
            return
        statement = (
            update(DEAD_LETTERS)
            .where(_T.id == bindparam("letter"))
            .values(state=bindparam("new_state"), answer=bindparam("new_answer"), replayed_at=utc(at))
        )
        rows = [{"letter": one.id, "new_state": one.state, "new_answer": one.reason} for one in outcomes]

        def work(connection: Connection) -> None:
            connection.execute(statement, rows)

        self._database.run(work)

    def forget(self, before: datetime) -> int:
        """Delete letters from before then; return how many those were."""
        statement = delete(DEAD_LETTERS).where(_T.at < utc(before))
        return self._database.run(lambda connection: connection.execute(statement).rowcount)

    def _read(self, query: Select[Any]) -> list[StoredDeadLetter]:
        with self._database.reading() as connection:
            return [_stored(row) for row in connection.execute(query)]


def insert_dead_letters(connection: Connection, letters: Sequence[DeadLetter]) -> None:
    """Store letters; one that is there already stays as it is."""
    table = DEAD_LETTERS
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    connection.execute(dialect.insert(table).on_conflict_do_nothing(), [_row(letter) for letter in letters])


def _matching(which: DeadLetterFilter) -> Select[Any]:
    query = select(DEAD_LETTERS)
    for column, wanted in ((_T.step, which.step), (_T.code, which.code), (_T.state, which.state)):
        if wanted is not None:
            query = query.where(column == wanted)
    return query


def _row(letter: DeadLetter) -> dict[str, Any]:
    source = letter.source
    return {
        "id": _fit(letter.id, 128),
        "step": _fit(letter.step, 100),
        "code": _fit(letter.code, 100),
        "reason": _fit(letter.reason, 4_000),
        "at": utc(letter.at),
        "original": letter.original,
        "key": letter.key,
        "account_id": letter.account_id and _fit(letter.account_id, 200),
        "event_id": letter.event_id and _fit(letter.event_id, 128),
        "source_topic": source and source.topic,
        "source_partition": source and source.partition,
        "source_offset": source and source.offset,
        "replay": letter.replay,
        "state": "parked",
    }


def _fit(text: str, length: int) -> str:
    """Return what any database takes: a letter that can't be stored would be parked as a letter for ever."""
    return text.replace("\0", "")[:length]


def _stored(row: Row[Any]) -> StoredDeadLetter:
    source = None
    if row.source_topic is not None:
        source = Source(topic=row.source_topic, partition=row.source_partition, offset=row.source_offset)
    letter = DeadLetter(
        id=row.id,
        step=row.step,
        code=row.code,
        reason=row.reason,
        at=utc(row.at),
        original=bytes(row.original),
        key=bytes(row.key),
        account_id=row.account_id,
        event_id=row.event_id,
        source=source,
        replay=row.replay,
    )
    replayed_at = None if row.replayed_at is None else utc(row.replayed_at)
    return StoredDeadLetter(letter=letter, state=row.state, replayed_at=replayed_at, answer=row.answer)
