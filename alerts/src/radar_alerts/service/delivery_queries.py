"""What can be asked about deliveries: pages of them, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, and_, or_, select
from sqlalchemy.sql.elements import ColumnElement

from radar_alerts.domain.delivery import Delivery
from radar_alerts.repositories import delivery_rows
from radar_alerts.repositories.tables import DELIVERIES
from radar_chassis.store.database import Database
from radar_vocabulary.contracts.alerts import Channel, DeliveryState

PagePosition = tuple[datetime, str]


@dataclass(frozen=True, kw_only=True)
class DeliveryFilter:
    """Which deliveries."""

    states: Sequence[DeliveryState] = ()
    channel: Channel | None = None


class DeliveryQueries:
    """Reads; ``after`` is the place of the last row shown."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def deliveries(
        self, wanted: DeliveryFilter, after: PagePosition | None, limit: int
    ) -> Sequence[Delivery]:
        """Return deliveries, the newest first."""
        query = select(DELIVERIES).where(_behind(DELIVERIES, "created_at", "id", after))
        if wanted.states:
            query = query.where(DELIVERIES.c.state.in_(wanted.states))
        if wanted.channel:
            query = query.where(DELIVERIES.c.channel == wanted.channel)
        query = query.order_by(DELIVERIES.c.created_at.desc(), DELIVERIES.c.id.desc()).limit(limit)
        with self._database.reading() as connection:
            return [delivery_rows.from_row(row) for row in connection.execute(query).mappings()]

    def delivery(self, delivery_id: str) -> Delivery | None:
        """Return one delivery."""
        with self._database.reading() as connection:
            return delivery_rows.load(connection, delivery_id)


def _behind(table: Table, moment: str, name: str, after: PagePosition | None) -> ColumnElement[bool]:
    at, one = table.c[moment], table.c[name]
    if after is None:
        return one.is_not(None)
    return or_(at < after[0], and_(at == after[0], one < after[1]))
