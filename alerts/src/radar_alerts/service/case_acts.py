"""What people do about a case from within a channel: the port, and who is behind a channel's user."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection, select
from sqlalchemy.exc import SQLAlchemyError

from radar_alerts.domain.cases.case import Actor
from radar_alerts.repositories.tables import CASES, INTERACTIONS
from radar_alerts.repositories.upsert import insert
from radar_alerts.service.case_commands import CaseCommands
from radar_chassis.errors import RadarError
from radar_chassis.store.database import Database
from radar_vocabulary.contracts.scalars import Owner


class CaseActs(Protocol):
    """Each raises NotFound, Conflict, InvalidRequest or DatabaseUnavailable; doing it twice changes nothing."""

    def acknowledge(self, case_id: str, actor: Actor, note: str | None) -> None:
        """Somebody has it."""
        ...

    def snooze(self, case_id: str, actor: Actor, until: datetime, reason: str | None) -> None:
        """Leave it until then."""
        ...


@dataclass(frozen=True, kw_only=True)
class ActsFromChannels:
    """The acts of a button. ``wake`` publishes what was written."""

    commands: CaseCommands
    wake: Callable[[], None]

    def acknowledge(self, case_id: str, actor: Actor, note: str | None) -> None:
        """Somebody has it."""
        self.commands.acknowledge(case_id, actor, note)
        self.wake()

    def snooze(self, case_id: str, actor: Actor, until: datetime, reason: str | None) -> None:
        """Leave it until then, or for as long as the case may be left."""
        self.commands.snooze_at_most(case_id, actor, until, reason)
        self.wake()


@dataclass(frozen=True, kw_only=True)
class SlackOwners:
    """The owners of accounts by the Slack user that they are."""

    database: Database

    def __call__(self, user: str) -> str | None:
        """Return the name, or the address, of the owner who is this user. Raises DatabaseUnavailable."""
        query = (
            select(CASES.c.owner_name, CASES.c.owner_email)
            .where(CASES.c.owner_slack == user)
            .order_by(CASES.c.changed_at.desc())
            .limit(1)
        )
        with self.database.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else row.owner_name or row.owner_email or user


def known_owners(database: Database) -> Sequence[Owner]:
    """Return the owners that cases have had; none where the tables aren't there yet or can't be reached."""
    query = select(CASES.c.owner_name, CASES.c.owner_email, CASES.c.owner_slack).distinct()
    try:
        with database.reading() as connection:
            return [
                Owner(name=name, email=email, slack_id=slack)
                for name, email, slack in connection.execute(query)
            ]
    except (RadarError, SQLAlchemyError):
        return ()


@dataclass(frozen=True, kw_only=True)
class SignedRequests:
    """The requests that were taken, so that a recorded one can't be played again."""

    database: Database

    def first_time(self, signature: str, now: datetime, forget_before: datetime) -> bool:
        """Return whether this signature wasn't seen yet, and note it. Raises DatabaseUnavailable."""

        def note(connection: Connection) -> bool:
            connection.execute(INTERACTIONS.delete().where(INTERACTIONS.c.at < forget_before))
            new = insert(connection, INTERACTIONS).values(signature=signature, at=now)
            noted = new.on_conflict_do_nothing().returning(INTERACTIONS.c.signature)
            return connection.execute(noted).first() is not None

        return self.database.run(note)
