"""The API's own shapes: what an alert and a delivery look like from outside."""

from datetime import date, datetime

from pydantic import BaseModel

from radar_alerts.domain.delivery import Delivery, DeliveryState
from radar_alerts.domain.episode import NO_CONTRACT, Episode
from radar_alerts.domain.notice import plain
from radar_alerts.domain.routing import Channel
from radar_alerts.domain.severity import Severity
from radar_alerts.service.queries import WholeAlert
from radar_vocabulary.contracts.alerts import AlertChange, AlertRecord, AlertState
from radar_vocabulary.contracts.health import ModelRef
from radar_vocabulary.contracts.scalars import Band, Dimension, Money, Owner, Segment
from radar_vocabulary.language.retelling import retold
from radar_vocabulary.language.tags import Language
from radar_vocabulary.reasons.sentence import snapshot_in


class MoneyView(BaseModel):
    """An amount in one currency."""

    amount: float
    currency: str


class OwnerView(BaseModel):
    """The customer-success manager."""

    name: str | None
    email: str | None
    slack_id: str | None


class DriverView(BaseModel):
    """A reason, in points and in words."""

    metric: str
    dimension: Dimension
    value: float
    unit: str
    points: float
    text: str


class ForecastDriverView(BaseModel):
    """A reason of the model: what it adds to the logit of renewing (below 0 it speaks for churn), and in words."""

    about: str
    logit: float
    metric: str | None
    value: float | None
    text: str


class ForecastView(BaseModel):
    """What ``probability`` is made of: ``base`` + the logits of all drivers = ln(p / (1 - p)). Strongest first."""

    version: str
    base: float
    drivers: list[ForecastDriverView]


class AlertView(BaseModel):
    """An alert as it is now. ``contract_id`` is null for an account without an open contract.

    ``model`` has the model's reasons; null where the scorecard gave the probability, or the account isn't at risk.
    """

    alert_id: str
    state: AlertState
    severity: Severity
    account_id: str
    account_name: str | None
    segment: Segment
    owner: OwnerView | None
    contract_id: str | None
    renews_on: date | None
    days_to_renewal: int | None
    score: float | None
    band: Band
    as_of: datetime
    probability: float | None
    arr: MoneyView | None
    arr_at_risk: MoneyView | None
    drivers: list[DriverView]
    model: ForecastView | None
    opened_at: datetime
    changed_at: datetime
    announced_at: datetime | None
    escalated_at: datetime | None
    acknowledged_by: str | None
    snoozed_until: datetime | None
    resolved_at: datetime | None
    resolved_by: str | None
    outcome: str | None


class StepView(BaseModel):
    """One step of an alert's life; ``actor`` is null where the product did it by itself."""

    sequence: int
    change: AlertChange
    state: AlertState
    at: datetime
    actor: str | None
    note: str | None
    score: float | None
    band: Band


class DeliveryView(BaseModel):
    """A message, to whom, and what became of it."""

    delivery_id: str
    alert_id: str | None
    kind: str
    channel: Channel
    recipient: str
    state: DeliveryState
    subject: str
    text: str
    created_at: datetime
    due_at: datetime | None
    finished_at: datetime | None
    tries: int
    resent: bool
    reason: str | None


class WholeAlertView(AlertView):
    """An alert with all that ever happened to it, oldest first."""

    timeline: list[StepView]
    deliveries: list[DeliveryView]


class AlertPage(BaseModel):
    """The alerts that changed last come first."""

    items: list[AlertView]
    next_cursor: str | None


class DeliveryPage(BaseModel):
    """The newest deliveries first."""

    items: list[DeliveryView]
    next_cursor: str | None


def whole_view(whole: WholeAlert, language: Language) -> WholeAlertView:
    """Return the whole alert as the API shows it, with its reasons in ``language``."""
    return WholeAlertView(
        **alert_view(whole.episode, language).model_dump(),
        timeline=[step_view(step, language) for step in whole.timeline],
        deliveries=[delivery_view(delivery) for delivery in whole.deliveries],
    )


def alert_view(episode: Episode, language: Language) -> AlertView:
    """Return an alert as the API shows it, with its reasons in ``language``."""
    snapshot, renewal = snapshot_in(episode.snapshot, language), episode.snapshot.renewal
    account = snapshot.account
    return AlertView(
        alert_id=episode.alert_id,
        state=episode.state,
        severity=episode.severity,
        account_id=episode.account_id,
        account_name=account.name,
        segment=account.segment,
        owner=_owner(account.owner),
        contract_id=None if episode.contract_id == NO_CONTRACT else episode.contract_id,
        renews_on=renewal.renews_on if renewal else None,
        days_to_renewal=renewal.days if renewal else None,
        score=snapshot.score,
        band=snapshot.band,
        as_of=snapshot.as_of,
        probability=renewal.probability if renewal else None,
        arr=_money(renewal.arr) if renewal else None,
        arr_at_risk=_money(renewal.arr_at_risk) if renewal else None,
        drivers=[
            DriverView(
                metric=one.metric,
                dimension=one.dimension,
                value=one.value,
                unit=one.unit,
                points=one.points,
                text=one.text,
            )
            for one in snapshot.drivers
        ],
        model=_forecast(snapshot.model),
        opened_at=episode.opened_at,
        changed_at=episode.changed_at,
        announced_at=episode.announced_at,
        escalated_at=episode.escalated_at,
        acknowledged_by=episode.acknowledged_by,
        snoozed_until=episode.snoozed_until,
        resolved_at=episode.resolved_at,
        resolved_by=episode.resolved_by,
        outcome=episode.outcome,
    )


def step_view(step: AlertRecord, language: Language) -> StepView:
    """Return a step as the API shows it; a note of our own is in ``language``, a person's as they wrote it."""
    return StepView(
        sequence=step.sequence,
        change=step.change,
        state=step.state,
        at=step.at,
        actor=step.actor,
        note=retold(step.note, language, "radar_alerts") if step.note and not step.actor else step.note,
        score=step.score,
        band=step.band,
    )


def delivery_view(delivery: Delivery) -> DeliveryView:
    """Return a delivery as the API shows it."""
    return DeliveryView(
        delivery_id=delivery.id,
        alert_id=delivery.alert_id,
        kind=delivery.notice.kind,
        channel=delivery.destination.channel,
        recipient=delivery.destination.target,
        state=delivery.state,
        subject=delivery.notice.headline,
        text=plain(delivery.notice, resent=delivery.resent),
        created_at=delivery.created_at,
        due_at=delivery.due_at,
        finished_at=delivery.finished_at,
        tries=delivery.tries,
        resent=delivery.resent,
        reason=delivery.reason,
    )


def _forecast(model: ModelRef | None) -> ForecastView | None:
    if model is None or model.base is None:
        return None
    drivers = [
        ForecastDriverView(
            about=one.about,
            logit=one.logit,
            metric=one.metric,
            value=None if one.metric is None else one.value,
            text=one.text,
        )
        for one in model.drivers
    ]
    return ForecastView(version=model.version, base=model.base, drivers=drivers)


def _owner(owner: Owner | None) -> OwnerView | None:
    return OwnerView(name=owner.name, email=owner.email, slack_id=owner.slack_id) if owner else None


def _money(money: Money | None) -> MoneyView | None:
    return MoneyView(amount=money.amount, currency=money.currency) if money else None
