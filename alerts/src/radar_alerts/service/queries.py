"""What can be asked of the alerts service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from radar_alerts.domain.delivery import Delivery, DeliveryState
from radar_alerts.domain.episode import Episode
from radar_alerts.domain.routing import Channel
from radar_vocabulary.contracts.alerts import AlertRecord, AlertState


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
class WholeAlert:
    """An alert and all that ever happened to it, oldest first."""

    episode: Episode
    timeline: Sequence[AlertRecord]
    deliveries: Sequence[Delivery]


class Queries(Protocol):
    """Reads; ``after`` is the place of the last row shown."""

    def alerts(
        self, wanted: AlertFilter, after: tuple[datetime, str] | None, limit: int
    ) -> Sequence[Episode]:
        """Return alerts that changed last first."""
        ...

    def alert(self, alert_id: str) -> WholeAlert:
        """Return one alert. Raises NotFound."""
        ...

    def deliveries(
        self, wanted: DeliveryFilter, after: tuple[datetime, str] | None, limit: int
    ) -> Sequence[Delivery]:
        """Return deliveries, the newest first."""
        ...

    def delivery(self, delivery_id: str) -> Delivery | None:
        """Return one delivery."""
        ...
