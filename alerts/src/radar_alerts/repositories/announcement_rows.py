"""Announcements, holds, receivers and versions, as rows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select, union, update

from radar_alerts.domain.announcing.announcement import Announcement
from radar_alerts.domain.announcing.hold import Hold
from radar_alerts.domain.routing.receiver import Receiver
from radar_alerts.repositories.tables import ANNOUNCEMENTS, DELIVERIES, HOLDS, LOCKS, RECEIVERS, VERSIONS
from radar_alerts.repositories.upsert import insert, insert_or_update

ANNOUNCING: Final = "announcing"
_TOLD: Final = ("sent", "unknown", "sending")
_announcement: Final = msgspec.json.Decoder(Announcement)
_hold: Final = msgspec.json.Decoder(Hold)
_receiver: Final = msgspec.json.Decoder(Receiver)


def lock(connection: Connection) -> None:
    """Let one process announce at a time: wait until no other transaction does."""
    connection.execute(insert(connection, LOCKS).on_conflict_do_nothing(), [{"name": ANNOUNCING}])
    connection.execute(select(LOCKS).where(LOCKS.c.name == ANNOUNCING).with_for_update()).one()


def add(connection: Connection, announcements: Collection[Announcement]) -> None:
    """Add what isn't there yet."""
    if announcements:
        statement = insert(connection, ANNOUNCEMENTS).on_conflict_do_nothing()
        connection.execute(statement, [_row(one) for one in announcements])


def write(connection: Connection, announcements: Collection[Announcement]) -> None:
    """Write what became of announcements."""
    if announcements:
        rows = sorted((_row(one) for one in announcements), key=lambda row: str(row["id"]))
        connection.execute(insert_or_update(connection, ANNOUNCEMENTS, "id"), rows)


def unrouted(connection: Connection, limit: int) -> Sequence[Announcement]:
    """Return the oldest announcements about cases that wait for a pass."""
    return _waiting(connection, ANNOUNCEMENTS.c.receiver_id.is_(None), limit)


def waited_for(connection: Connection) -> Sequence[str]:
    """Return the receivers for whom something waits."""
    query = select(ANNOUNCEMENTS.c.receiver_id).where(ANNOUNCEMENTS.c.state == "waiting").distinct()
    return [one for one in connection.execute(query).scalars() if one is not None]


def routed(connection: Connection, receivers: Collection[str], limit: int) -> Sequence[Announcement]:
    """Return the oldest announcements that wait for these receivers."""
    return _waiting(connection, ANNOUNCEMENTS.c.receiver_id.in_(sorted(receivers)), limit)


def _waiting(connection: Connection, which: ColumnElement[bool], limit: int) -> Sequence[Announcement]:
    query = select(ANNOUNCEMENTS.c.body).where(ANNOUNCEMENTS.c.state == "waiting", which)
    query = query.order_by(ANNOUNCEMENTS.c.created_at, ANNOUNCEMENTS.c.id).limit(limit)
    return [_announcement.decode(body) for body in connection.execute(query).scalars()]


def unsaid(connection: Connection, case_id: str) -> Sequence[Announcement]:
    """Return what was to be said of a case to somebody and wasn't yet."""
    query = select(ANNOUNCEMENTS.c.body).where(
        ANNOUNCEMENTS.c.case_id == case_id, ANNOUNCEMENTS.c.state.in_(("waiting", "digest", "held"))
    )
    return [_announcement.decode(body) for body in connection.execute(query).scalars()]


def anything(connection: Connection) -> bool:
    """Return whether a pass may have something to do."""
    query = (
        select(ANNOUNCEMENTS.c.id).where(ANNOUNCEMENTS.c.state.in_(("waiting", "digest", "held"))).limit(1)
    )
    return connection.execute(query).scalar() is not None


def of_hold(connection: Connection, hold_id: str) -> Sequence[Announcement]:
    """Return what a hold keeps back."""
    query = select(ANNOUNCEMENTS.c.body).where(
        ANNOUNCEMENTS.c.hold_id == hold_id, ANNOUNCEMENTS.c.state == "held"
    )
    return [_announcement.decode(body) for body in connection.execute(query).scalars()]


def digest_of(connection: Connection, receiver_id: str) -> Sequence[Announcement]:
    """Return what waits in a receiver's digest."""
    query = select(ANNOUNCEMENTS.c.body).where(
        ANNOUNCEMENTS.c.receiver_id == receiver_id, ANNOUNCEMENTS.c.state == "digest"
    )
    return [_announcement.decode(body) for body in connection.execute(query).scalars()]


def receivers_with_digest(connection: Connection) -> Sequence[str]:
    """Return the receivers in whose digest something waits."""
    query = select(ANNOUNCEMENTS.c.receiver_id).where(ANNOUNCEMENTS.c.state == "digest").distinct()
    return [one for one in connection.execute(query).scalars() if one is not None]


def openings_since(connection: Connection, since: datetime) -> Sequence[Announcement]:
    """Return openings that were let go, held or put into a digest since then, before they were routed."""
    query = select(ANNOUNCEMENTS.c.body).where(
        ANNOUNCEMENTS.c.settled_at >= since,
        ANNOUNCEMENTS.c.receiver_id.is_(None),
        ANNOUNCEMENTS.c.kind.in_(("opened", "reopened")),
        ANNOUNCEMENTS.c.state.in_(("sent", "held")),
    )
    return [_announcement.decode(body) for body in connection.execute(query).scalars()]


def sent_since(connection: Connection, receiver_id: str, since: datetime) -> int:
    """Return how many messages were made for a receiver at once since then, without critical ones and digests."""
    query = (
        select(func.count(ANNOUNCEMENTS.c.delivery_id.distinct()))
        .join(DELIVERIES, DELIVERIES.c.id == ANNOUNCEMENTS.c.delivery_id)
        .where(
            ANNOUNCEMENTS.c.receiver_id == receiver_id,
            ANNOUNCEMENTS.c.state == "sent",
            ANNOUNCEMENTS.c.settled_at >= since,
            # A digest's delivery has no severity.
            DELIVERIES.c.severity.in_(("high", "normal")),
        )
    )
    return int(connection.execute(query).scalar_one())


def told(
    connection: Connection, case_ids: Collection[str], *, pending: bool = False
) -> Mapping[str, tuple[str, ...]]:
    """Return who was really told of each case: receivers of deliveries that went out, also in a digest.

    ``pending``: also those to whom a message is on its way.
    """
    states = (*_TOLD, "pending") if pending else _TOLD
    ids = sorted(case_ids)
    at_once = select(DELIVERIES.c.case_id, DELIVERIES.c.receiver_id).where(
        DELIVERIES.c.case_id.in_(ids), DELIVERIES.c.receiver_id.is_not(None), DELIVERIES.c.state.in_(states)
    )
    in_digests = (
        select(ANNOUNCEMENTS.c.case_id, ANNOUNCEMENTS.c.receiver_id)
        .join(DELIVERIES, DELIVERIES.c.id == ANNOUNCEMENTS.c.delivery_id)
        .where(ANNOUNCEMENTS.c.case_id.in_(ids), DELIVERIES.c.state.in_(states))
    )
    found: dict[str, list[str]] = {}
    for case_id, receiver_id in connection.execute(union(at_once, in_digests)):
        found.setdefault(case_id, []).append(receiver_id)
    return {case_id: tuple(sorted(some)) for case_id, some in found.items()}


def names(connection: Connection, ids: Collection[str]) -> Mapping[str, str]:
    """Return receivers' names by id."""
    query = select(RECEIVERS.c.body).where(RECEIVERS.c.receiver_id.in_(sorted(ids)))
    found = (_receiver.decode(body) for body in connection.execute(query).scalars())
    return {one.id: one.name for one in found}


def cases_of_hold(connection: Connection, hold_id: str) -> Sequence[str]:
    """Return the cases whose announcements a hold keeps or kept."""
    query = select(ANNOUNCEMENTS.c.case_id).where(ANNOUNCEMENTS.c.hold_id == hold_id).distinct()
    return connection.execute(query.order_by(ANNOUNCEMENTS.c.case_id)).scalars().all()


def holds(connection: Connection, state: str | None, limit: int = 500) -> Sequence[Hold]:
    """Return holds, the newest first."""
    query = select(HOLDS.c.body).order_by(HOLDS.c.created_at.desc()).limit(limit)
    if state is not None:
        query = query.where(HOLDS.c.state == state)
    return [_hold.decode(body) for body in connection.execute(query).scalars()]


def hold(connection: Connection, hold_id: str) -> Hold | None:
    """Return one hold."""
    body = connection.execute(select(HOLDS.c.body).where(HOLDS.c.hold_id == hold_id)).scalar()
    return None if body is None else _hold.decode(body)


def write_holds(connection: Connection, some: Collection[Hold]) -> None:
    """Write holds."""
    if some:
        rows = [
            {
                "hold_id": one.hold_id,
                "state": one.state,
                "created_at": one.created_at,
                "body": msgspec.json.encode(one),
            }
            for one in some
        ]
        connection.execute(insert_or_update(connection, HOLDS, "hold_id"), rows)


def receiver(connection: Connection, receiver_id: str) -> tuple[Receiver, datetime | None] | None:
    """Return a receiver as it was last routed to, and when its last digest was made."""
    query = select(RECEIVERS).where(RECEIVERS.c.receiver_id == receiver_id)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else (_receiver.decode(row["body"]), row["last_digest_at"])


def keep_receivers(connection: Connection, some: Collection[Receiver], now: datetime) -> None:
    """Write receivers as they are routed to now; a new one's first digest is made at the next time for one."""
    rows = [
        {"receiver_id": one.id, "body": msgspec.json.encode(one), "last_digest_at": now}
        for one in sorted(some, key=lambda one: one.id)
    ]
    if rows:
        statement = insert(connection, RECEIVERS)
        kept = statement.on_conflict_do_update(
            index_elements=["receiver_id"], set_={"body": statement.excluded.body}
        )
        connection.execute(kept, rows)


def digest_made(connection: Connection, receiver_id: str, at: datetime) -> None:
    """Note when a receiver's digest was made."""
    statement = update(RECEIVERS).where(RECEIVERS.c.receiver_id == receiver_id)
    connection.execute(statement.values(last_digest_at=at))


def versions(connection: Connection) -> Mapping[str, datetime]:
    """Return when each version of a scorecard, model or rule was first seen."""
    return {row.name: row.first_seen for row in connection.execute(select(VERSIONS))}


def see_versions(connection: Connection, names: Collection[str], now: datetime) -> None:
    """Note versions that were never seen before."""
    if names:
        statement = insert(connection, VERSIONS).on_conflict_do_nothing()
        connection.execute(statement, [{"name": one, "first_seen": now} for one in sorted(names)])


def _row(announcement: Announcement) -> dict[str, object]:
    return {
        "id": announcement.id,
        "case_id": announcement.case_id,
        "receiver_id": announcement.receiver_id,
        "kind": announcement.kind,
        "state": announcement.state,
        "created_at": announcement.created_at,
        "settled_at": announcement.settled_at,
        "hold_id": announcement.hold_id,
        "delivery_id": announcement.delivery_id,
        "body": msgspec.json.encode(announcement),
    }
