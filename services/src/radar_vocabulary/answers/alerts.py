"""What ``GET /v1/alerts`` and ``/v1/alerts/{id}`` answer with."""

from msgspec import Struct

from radar_vocabulary.answers.deliveries import DeliveryLine
from radar_vocabulary.contracts.alerts import AlertChange, AlertState, Severity
from radar_vocabulary.contracts.scalars import Band, Day, Dimension, Moment, Money, Owner, Segment


class AlertDriver(Struct, frozen=True, kw_only=True):
    """A reason, in points and in words."""

    metric: str
    dimension: Dimension
    value: float
    unit: str
    points: float
    text: str


class ForecastReason(Struct, frozen=True, kw_only=True):
    """A reason of the model: what it adds to the logit of renewing (below 0 it speaks for churn), and in words."""

    about: str
    logit: float
    metric: str | None
    value: float | None
    text: str


class ForecastReasons(Struct, frozen=True, kw_only=True):
    """What ``probability`` is made of: ``base`` + the logits of all drivers = ln(p / (1 - p)). Strongest first."""

    version: str
    base: float
    drivers: tuple[ForecastReason, ...]


class AlertLine(Struct, frozen=True, kw_only=True):
    """An alert as it is now. ``contract_id`` is null for an account without an open contract.

    ``model`` has the model's reasons; null where the scorecard gave the probability, or the account isn't at risk.
    """

    alert_id: str
    state: AlertState
    severity: Severity
    account_id: str
    account_name: str | None
    segment: Segment
    owner: Owner | None
    contract_id: str | None
    renews_on: Day | None
    days_to_renewal: int | None
    score: float | None
    band: Band
    as_of: Moment
    probability: float | None
    arr: Money | None
    arr_at_risk: Money | None
    drivers: tuple[AlertDriver, ...]
    model: ForecastReasons | None
    opened_at: Moment
    changed_at: Moment
    announced_at: Moment | None
    escalated_at: Moment | None
    acknowledged_by: str | None
    snoozed_until: Moment | None
    resolved_at: Moment | None
    resolved_by: str | None
    outcome: str | None


class AlertStep(Struct, frozen=True, kw_only=True):
    """One step of an alert's life; ``actor`` is null where the product did it by itself."""

    sequence: int
    change: AlertChange
    state: AlertState
    at: Moment
    actor: str | None
    note: str | None
    score: float | None
    band: Band


class AlertDetail(AlertLine, frozen=True, kw_only=True):
    """An alert with all that ever happened to it, oldest first."""

    timeline: tuple[AlertStep, ...]
    deliveries: tuple[DeliveryLine, ...]
