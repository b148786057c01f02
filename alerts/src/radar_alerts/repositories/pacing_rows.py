"""Who sends to a destination, and from when on somebody else may: one message at a time, with a pause between.

The row is held while a message is on its way. A sender that dies leaves it held until its lease runs out, which is
when its delivery becomes *unknown*.
"""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection, update

from radar_alerts.domain.delivery import Delivery
from radar_alerts.repositories.tables import DESTINATIONS
from radar_alerts.repositories.upsert import insert

_LONG_AGO: Final = datetime(1970, 1, 1, tzinfo=UTC)


def hold(connection: Connection, delivery: Delivery, now: datetime, until: datetime) -> bool:
    """Hold the delivery's destination for it until then; False when somebody else has it, or it waits."""
    place = {"channel": delivery.destination.channel, "target": delivery.destination.target}
    new = insert(connection, DESTINATIONS).on_conflict_do_nothing()
    connection.execute(new, [{**place, "free_at": _LONG_AGO, "holder": None}])
    held = (
        update(DESTINATIONS)
        .where(
            DESTINATIONS.c.channel == place["channel"],
            DESTINATIONS.c.target == place["target"],
            DESTINATIONS.c.free_at <= now,
        )
        .values(free_at=until, holder=_holder(delivery))
    )
    return connection.execute(held).rowcount == 1


def release(connection: Connection, delivery: Delivery, free_at: datetime) -> None:
    """Let others send to the delivery's destination from then on, unless somebody else holds it by now."""
    connection.execute(
        update(DESTINATIONS)
        .where(
            DESTINATIONS.c.channel == delivery.destination.channel,
            DESTINATIONS.c.target == delivery.destination.target,
            DESTINATIONS.c.holder == _holder(delivery),
        )
        .values(free_at=free_at, holder=None)
    )


def _holder(delivery: Delivery) -> str:
    return f"{delivery.id}:{delivery.claims}"
