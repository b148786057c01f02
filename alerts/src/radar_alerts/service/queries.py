"""What can be asked of the alerts service: pages of alerts and deliveries, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.episode import Episode
from radar_alerts.repositories import delivery_rows, episode_rows, timeline_rows
from radar_alerts.repositories.tables import ALERTS, DELIVERIES
from radar_chassis.errors import NotFound
from radar_chassis.store.database import Database
from radar_vocabulary.contracts.alerts import AlertRecord, AlertState, Channel, DeliveryState

PagePosition = tuple[datetime, str]


@dataclass(frozen=True, kw_only=True)
class AlertFilter:
    """Which alerts; ``owner`` is an e-mail address, a name or a Slack id."""

    states: Sequence[AlertState] = ()
    account_id: str | None = None
    owner: str | None = None


@dataclass(frozen=True, kw_only=True)
class DeliveryFilter:
    """Which deliveries."""

    states: Sequence[DeliveryState] = ()
    channel: Channel | None = None


@dataclass(frozen=True, kw_only=True)
class AlertHistory:
    """An alert and all that ever happened to it, oldest first."""

    episode: Episode
    timeline: Sequence[AlertRecord]
    deliveries: Sequence[Delivery]


class Queries:
    """Reads; ``after`` is the place of the last row shown."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def alerts(self, wanted: AlertFilter, after: PagePosition | None, limit: int) -> Sequence[Episode]:
        """Return alerts that changed last first."""
        query = select(ALERTS).where(*_alert_conditions(wanted))
        query = query.where(_behind(ALERTS, "changed_at", "alert_id", after))
        query = query.order_by(ALERTS.c.changed_at.desc(), ALERTS.c.alert_id.desc()).limit(limit)
        with self._database.reading() as connection:
            return [episode_rows.from_row(row) for row in connection.execute(query).mappings()]

    def alert(self, alert_id: str) -> AlertHistory:
        """Return one alert with all that ever happened to it. Raises NotFound."""
        with self._database.reading() as connection:
            episode = episode_rows.load(connection, alert_id, lock=False)
            if episode is None:
                raise NotFound("There is no alert with this id; GET /v1/alerts lists them.")
            theirs = select(DELIVERIES).where(DELIVERIES.c.alert_id == alert_id)
            ordered = theirs.order_by(DELIVERIES.c.created_at, DELIVERIES.c.id)
            return AlertHistory(
                episode=episode,
                timeline=timeline_rows.timeline(connection, alert_id),
                deliveries=[delivery_rows.from_row(row) for row in connection.execute(ordered).mappings()],
            )

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


def _alert_conditions(wanted: AlertFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.states:
        conditions.append(ALERTS.c.state.in_(wanted.states))
    if wanted.account_id:
        conditions.append(ALERTS.c.account_id == wanted.account_id)
    if wanted.owner:
        by_email = ALERTS.c.owner_email == wanted.owner.lower()
        by_name = func.lower(ALERTS.c.owner_name) == wanted.owner.lower()
        conditions.append(or_(by_email, by_name, ALERTS.c.owner_slack == wanted.owner))
    return conditions


def _behind(table: Table, moment: str, name: str, after: PagePosition | None) -> ColumnElement[bool]:
    at, one = table.c[moment], table.c[name]
    if after is None:
        return one.is_not(None)
    return or_(at < after[0], and_(at == after[0], one < after[1]))
