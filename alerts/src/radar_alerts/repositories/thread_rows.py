"""The first message of each thread, by thread and destination."""

from datetime import datetime

from sqlalchemy import Connection, select

from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.threads import Thread
from radar_alerts.repositories.tables import THREADS
from radar_alerts.repositories.upsert import insert


def load(connection: Connection, delivery: Delivery) -> Thread | None:
    """Return the thread that the delivery goes into, if it has begun at that destination."""
    if delivery.thread is None:
        return None
    query = select(THREADS.c.reference, THREADS.c.subject).where(
        THREADS.c.key == delivery.thread,
        THREADS.c.channel == delivery.destination.channel,
        THREADS.c.target == delivery.destination.target,
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else Thread(reference=row.reference, subject=row.subject)


def begin(connection: Connection, delivery: Delivery, reference: str, now: datetime) -> None:
    """Note that the delivery begins its thread, unless one has begun there."""
    row = {
        "key": delivery.thread,
        "channel": delivery.destination.channel,
        "target": delivery.destination.target,
        "reference": reference,
        "subject": delivery.notice.headline[:1000],
        "at": now,
    }
    connection.execute(insert(connection, THREADS).on_conflict_do_nothing(), [row])
