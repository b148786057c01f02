"""The answers of the alerts service as far as the console reads them; anything more is left alone."""

from datetime import date, datetime

from msgspec import Struct

from radar_vocabulary.contracts.health import Driver
from radar_vocabulary.contracts.scalars import Band, Money, Owner


class AlertStep(Struct, frozen=True, kw_only=True):
    """A step in an alert's life."""

    sequence: int
    change: str
    at: datetime
    state: str | None = None
    actor: str | None = None
    note: str | None = None


class AlertAnswer(Struct, frozen=True, kw_only=True):
    """An alert in ``GET /v1/alerts``; ``timeline`` only in ``GET /v1/alerts/{id}``."""

    alert_id: str
    account_id: str
    state: str
    opened_at: datetime | None = None
    account_name: str | None = None
    segment: str | None = None
    severity: str | None = None
    owner: Owner | None = None
    contract_id: str | None = None
    renews_on: date | None = None
    score: float | None = None
    band: Band = "unknown"
    arr_at_risk: Money | None = None
    drivers: tuple[Driver, ...] = ()
    acknowledged_by: str | None = None
    snoozed_until: datetime | None = None
    resolved_at: datetime | None = None
    outcome: str | None = None
    timeline: tuple[AlertStep, ...] = ()


class DeliveryAnswer(Struct, frozen=True, kw_only=True):
    """A message in ``GET /v1/deliveries``."""

    delivery_id: str
    channel: str
    state: str
    created_at: datetime
    recipient: str | None = None
    subject: str | None = None
    text: str | None = None
    alert_id: str | None = None
    account_id: str | None = None
    finished_at: datetime | None = None
    reason: str | None = None
