"""Deliveries as rows, taken up and settled by compare-and-set."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import msgspec
from sqlalchemy import ColumnElement, Connection, RowMapping, and_, case, delete, func, or_, select, update

from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.notice import Notice
from radar_alerts.domain.routing import Destination
from radar_alerts.repositories import pacing_rows
from radar_alerts.repositories.tables import ANNOUNCEMENTS, CASES, DELIVERIES, DESTINATIONS
from radar_alerts.repositories.upsert import insert
from radar_vocabulary.contracts.alerts import Channel

_SHARED: Final = (
    "id", "key", "alert_id", "state", "claims", "tries", "resent", "created_at", "caused_by", "due_at",
    "finished_at", "reason", "reference", "case_id", "receiver_id", "severity", "thread", "possibly_repeated",
)  # fmt: skip
_CANDIDATES: Final = 20
_WAITING: Final = ("pending", "unknown")
_AT_DESTINATION: Final[ColumnElement[bool]] = and_(
    DESTINATIONS.c.channel == DELIVERIES.c.channel, DESTINATIONS.c.target == DELIVERIES.c.target
)
# What is about no case, such as a message to operators, comes between the critical and the others.
_URGENCY: Final = case({"critical": 0, "high": 2, "normal": 3}, value=DELIVERIES.c.severity, else_=1)
LOST_WITH_THE_SENDER: Final = "the sender went away before it could note the answer"


def to_row(delivery: Delivery) -> dict[str, Any]:
    """Return the row of a delivery."""
    return {
        **{name: getattr(delivery, name) for name in _SHARED},
        "channel": delivery.destination.channel,
        "target": delivery.destination.target,
        "fallbacks": msgspec.json.encode(delivery.fallbacks),
        "notice": msgspec.json.encode(delivery.notice),
        "root": msgspec.json.encode(delivery.root) if delivery.root else None,
    }


def from_row(row: RowMapping) -> Delivery:
    """Return the delivery in a row."""
    return Delivery(
        destination=Destination(channel=row["channel"], target=row["target"]),
        fallbacks=msgspec.json.decode(row["fallbacks"], type=tuple[Destination, ...]),
        notice=msgspec.json.decode(row["notice"], type=Notice),
        root=msgspec.json.decode(row["root"], type=Notice) if row["root"] else None,
        **{name: row[name] for name in _SHARED},
    )


def enqueue(connection: Connection, deliveries: Collection[Delivery]) -> None:
    """Add what isn't there yet."""
    if deliveries:
        statement = insert(connection, DELIVERIES).on_conflict_do_nothing()
        connection.execute(statement, [to_row(delivery) for delivery in deliveries])


def load(connection: Connection, delivery_id: str) -> Delivery | None:
    """Return one delivery."""
    query = select(DELIVERIES).where(DELIVERIES.c.id == delivery_id)
    row = connection.execute(query).mappings().one_or_none()
    return None if row is None else from_row(row)


def of_case(connection: Connection, case_id: str) -> Sequence[Delivery]:
    """Return the messages about a case, the oldest first."""
    said = select(ANNOUNCEMENTS.c.delivery_id).where(ANNOUNCEMENTS.c.case_id == case_id)
    query = select(DELIVERIES).where(or_(DELIVERIES.c.alert_id == case_id, DELIVERIES.c.id.in_(said)))
    ordered = query.order_by(DELIVERIES.c.created_at, DELIVERIES.c.id)
    return [from_row(row) for row in connection.execute(ordered).mappings()]


def oldest_pending(connection: Connection) -> tuple[int, datetime | None]:
    """Return how many deliveries wait, and since when the oldest does."""
    query = select(func.count(), func.min(DELIVERIES.c.created_at)).where(
        DELIVERIES.c.state.in_(("pending", "sending"))
    )
    number, oldest = connection.execute(query).one()
    return number, oldest


def expire(connection: Connection, channel: Channel, now: datetime) -> int:
    """Make *unknown* what was taken up by a sender whose lease has run out."""
    lost = (
        update(DELIVERIES)
        .where(
            DELIVERIES.c.channel == channel, DELIVERIES.c.state == "sending", DELIVERIES.c.lease_until <= now
        )
        .values(state="unknown", due_at=now, reason=LOST_WITH_THE_SENDER)
    )
    return connection.execute(lost).rowcount


def claim(connection: Connection, channel: Channel, now: datetime, lease_until: datetime) -> Delivery | None:
    """Take the most severe delivery that is due and whose destination is free, and hold that destination.

    Of those equally severe, the one that has been due for longest. What is returned tells the state it was found
    in (pending or unknown); the row says sending.
    """
    due = (
        select(DELIVERIES)
        .outerjoin(DESTINATIONS, _AT_DESTINATION)
        .where(
            DELIVERIES.c.channel == channel,
            DELIVERIES.c.state.in_(_WAITING),
            DELIVERIES.c.due_at <= now,
            or_(DESTINATIONS.c.free_at.is_(None), DESTINATIONS.c.free_at <= now),
        )
        .order_by(_URGENCY, DELIVERIES.c.due_at, DELIVERIES.c.created_at)
        .limit(_CANDIDATES)
    )
    tried: set[str] = set()
    for row in connection.execute(due).mappings().all():
        delivery = replace(from_row(row), claims=row["claims"] + 1)
        target = delivery.destination.target
        if target in tried:
            continue
        tried.add(target)
        if pacing_rows.hold(connection, delivery, now, lease_until):
            if _take(connection, row, lease_until):
                return delivery
            pacing_rows.release(connection, delivery, now)
    return None


def _take(connection: Connection, row: RowMapping, lease_until: datetime) -> bool:
    taken = (
        update(DELIVERIES)
        .where(
            DELIVERIES.c.id == row["id"],
            DELIVERIES.c.claims == row["claims"],
            DELIVERIES.c.state == row["state"],
        )
        .values(state="sending", claims=row["claims"] + 1, lease_until=lease_until)
    )
    return connection.execute(taken).rowcount == 1


def update_claimed(connection: Connection, delivery: Delivery) -> bool:
    """Write the state of a delivery we hold the claim on; False when it was taken from us."""
    values = to_row(delivery)
    done = (
        update(DELIVERIES)
        .where(
            DELIVERIES.c.id == delivery.id,
            DELIVERIES.c.claims == delivery.claims,
            DELIVERIES.c.state == "sending",
        )
        .values(
            {
                name: values[name]
                for name in ("state", "tries", "resent", "due_at", "finished_at", "reference")
            }
        )
        .values(reason=delivery.reason[:500] if delivery.reason else None)
    )
    return connection.execute(done).rowcount == 1


def next_due(connection: Connection, channel: Channel) -> datetime | None:
    """Return when something is to be done for the channel next: a due delivery, or a lease that runs out."""
    free = func.coalesce(DESTINATIONS.c.free_at, DELIVERIES.c.due_at)
    moment = case((free > DELIVERIES.c.due_at, free), else_=DELIVERIES.c.due_at)
    due = (
        select(func.min(moment))
        .select_from(DELIVERIES.outerjoin(DESTINATIONS, _AT_DESTINATION))
        .where(DELIVERIES.c.channel == channel, DELIVERIES.c.state.in_(_WAITING))
    )
    lease = select(func.min(DELIVERIES.c.lease_until)).where(
        DELIVERIES.c.channel == channel, DELIVERIES.c.state == "sending"
    )
    moments = [connection.execute(query).scalar() for query in (due, lease)]
    return min((moment for moment in moments if moment is not None), default=None)


def delete_ended(connection: Connection, before: datetime) -> int:
    """Delete deliveries that ended before then, of cases that ended before then (or of none); return how many."""
    ended = select(CASES.c.case_id).where(CASES.c.ended_at < before)
    of = or_(DELIVERIES.c.alert_id.is_(None), DELIVERIES.c.alert_id.in_(ended))
    statement = delete(DELIVERIES).where(DELIVERIES.c.finished_at < before, of)
    return connection.execute(statement).rowcount
