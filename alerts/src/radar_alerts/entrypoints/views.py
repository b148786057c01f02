"""How an alert and a delivery look from outside."""

from typing import Final

from msgspec import convert, structs

from radar_alerts.domain.cases.case import Actor
from radar_alerts.domain.cases.renewals import renewal_of
from radar_alerts.domain.delivery import Delivery, mark_of
from radar_alerts.domain.notice import plain
from radar_alerts.repositories.case_rows import CaseWithSnapshot
from radar_alerts.service.case_queries import CaseHistory
from radar_alerts.service.steps import old_state
from radar_vocabulary.answers.alerts import (
    AlertDetail,
    AlertDriver,
    AlertLine,
    AlertStep,
    ForecastReason,
    ForecastReasons,
)
from radar_vocabulary.answers.deliveries import DeliveryLine
from radar_vocabulary.contracts.alerts import AlertRecord, CaseState
from radar_vocabulary.contracts.health import ModelRef
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import translator_for
from radar_vocabulary.reasons.sentence import snapshot_in

_OLD_OUTCOMES: Final[dict[CaseState, str]] = {
    "renewed": "renewed",
    "lost": "churned",
    "recovered": "recovered",
    "dismissed": "false_alarm",
}


def whole_view(whole: CaseHistory, language: Language) -> AlertDetail:
    """Return a case as ``/v1/alerts`` shows it, without the steps that 0.1.0 had no word for."""
    return AlertDetail(
        **structs.asdict(alert_view(whole.found, language)),
        timeline=tuple(step_view(step, language) for step in whole.timeline if step.change is not None),
        deliveries=tuple(delivery_view(delivery) for delivery in whole.deliveries),
    )


def alert_view(found: CaseWithSnapshot, language: Language) -> AlertLine:
    """Return a case as ``/v1/alerts`` shows it, with its reasons in ``language``."""
    case, snapshot = found.case, snapshot_in(found.snapshot, language)
    account, renewal = snapshot.account, renewal_of(found.case, found.snapshot) or found.snapshot.renewal
    return AlertLine(
        alert_id=case.case_id,
        state=old_state(case.state),
        severity=case.severity,
        account_id=case.account_id,
        account_name=account.name,
        segment=account.segment,
        owner=case.assignee or account.owner,
        contract_id=case.contract_id,
        renews_on=case.renews_on,
        days_to_renewal=renewal.days if renewal else None,
        score=snapshot.score,
        band=snapshot.band,
        as_of=snapshot.as_of,
        probability=renewal.probability if renewal else None,
        arr=renewal.arr if renewal else None,
        arr_at_risk=renewal.arr_at_risk if renewal else None,
        drivers=convert(snapshot.drivers, tuple[AlertDriver, ...], from_attributes=True),
        model=forecast_view(snapshot.model),
        opened_at=case.opened_at,
        changed_at=case.changed_at,
        announced_at=case.announced_at,
        escalated_at=case.escalated_at,
        acknowledged_by=said_by(case.acknowledgement.by) if case.acknowledgement else None,
        snoozed_until=case.snoozed_until,
        resolved_at=case.ended_at,
        resolved_by=said_by(case.ended_by) if case.ended_by else None,
        outcome=_OLD_OUTCOMES.get(case.state),
    )


def said_by(actor: Actor) -> str:
    """Return who acted as ``/v1/alerts`` names them: who they said that they are, else their key's name."""
    return actor.claim or actor.name


def step_view(step: AlertRecord, language: Language) -> AlertStep:
    """Return a step as the API shows it; a note of our own is in ``language``, a person's as they wrote it."""
    note = step.note
    if note and not step.actor:
        note = translator_for(language, "radar_alerts").tell(note)
    return AlertStep(
        sequence=step.sequence,
        change=step.change or "opened",
        state=step.state,
        at=step.at,
        actor=step.claim or step.actor,
        note=note,
        score=step.score,
        band=step.band,
    )


def delivery_view(delivery: Delivery) -> DeliveryLine:
    """Return a delivery as the API shows it."""
    return DeliveryLine(
        delivery_id=delivery.id,
        alert_id=delivery.alert_id,
        kind=delivery.notice.kind,
        channel=delivery.destination.channel,
        recipient=delivery.destination.target,
        state=delivery.state,
        subject=delivery.notice.headline,
        text=plain(delivery.notice, mark=mark_of(delivery)),
        created_at=delivery.created_at,
        due_at=delivery.due_at,
        finished_at=delivery.finished_at,
        tries=delivery.tries,
        resent=delivery.resent,
        reason=delivery.reason,
        case_id=delivery.case_id,
        receiver_id=delivery.receiver_id,
        possibly_repeated=delivery.possibly_repeated,
    )


def forecast_view(model: ModelRef | None) -> ForecastReasons | None:
    """Return the model's reasons; None where it told none."""
    if model is None or model.base is None:
        return None
    drivers = tuple(
        ForecastReason(
            about=one.about,
            logit=one.logit,
            metric=one.metric,
            value=None if one.metric is None else one.value,
            text=one.text,
        )
        for one in model.drivers
    )
    return ForecastReasons(version=model.version, base=model.base, drivers=drivers)
