"""Steps of alerts as rows: the timeline that stays, and the outbox that empties onto the topic."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, insert, select

from radar_alerts.repositories.tables import OUTBOX, TIMELINE
from radar_vocabulary.contracts.alerts import AlertRecord, decode_alert, encode_alert


def note(connection: Connection, records: Sequence[AlertRecord]) -> None:
    """Add steps. The timeline's key refuses a step that was written already: nothing is published twice."""
    if not records:
        return
    encoded = [(record, encode_alert(record)) for record in records]
    connection.execute(
        insert(TIMELINE),
        [
            {"alert_id": one.alert_id, "sequence": one.sequence, "at": one.at, "record": value}
            for one, value in encoded
        ],
    )
    connection.execute(
        insert(OUTBOX), [{"account_id": one.account_id, "record": value} for one, value in encoded]
    )


def timeline(connection: Connection, alert_id: str) -> list[AlertRecord]:
    """Return the steps of an alert, first to last."""
    query = select(TIMELINE.c.record).where(TIMELINE.c.alert_id == alert_id).order_by(TIMELINE.c.sequence)
    return [decode_alert(value) for value in connection.execute(query).scalars()]


def unpublished(connection: Connection, limit: int) -> list[tuple[int, str, bytes]]:
    """Return the oldest of the outbox."""
    query = select(OUTBOX).order_by(OUTBOX.c.number).limit(limit)
    return [(row.number, row.account_id, row.record) for row in connection.execute(query)]


def published(connection: Connection, numbers: Sequence[int]) -> None:
    """Take records out of the outbox."""
    if numbers:
        connection.execute(delete(OUTBOX).where(OUTBOX.c.number.in_(numbers)))
