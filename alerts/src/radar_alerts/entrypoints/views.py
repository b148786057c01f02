"""How an alert and a delivery look from outside."""

from msgspec import convert, structs

from radar_alerts.domain.delivery import Delivery, mark_of
from radar_alerts.domain.episode import NO_CONTRACT, Episode
from radar_alerts.domain.notice import plain
from radar_alerts.service.queries import AlertHistory
from radar_vocabulary.answers.alerts import (
    AlertDetail,
    AlertDriver,
    AlertLine,
    AlertStep,
    ForecastReason,
    ForecastReasons,
)
from radar_vocabulary.answers.deliveries import DeliveryLine
from radar_vocabulary.contracts.alerts import AlertRecord
from radar_vocabulary.contracts.health import ModelRef
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import translator_for
from radar_vocabulary.reasons.sentence import snapshot_in


def whole_view(whole: AlertHistory, language: Language) -> AlertDetail:
    """Return the whole alert as the API shows it, with its reasons in ``language``."""
    return AlertDetail(
        **structs.asdict(alert_view(whole.episode, language)),
        timeline=tuple(step_view(step, language) for step in whole.timeline),
        deliveries=tuple(delivery_view(delivery) for delivery in whole.deliveries),
    )


def alert_view(episode: Episode, language: Language) -> AlertLine:
    """Return an alert as the API shows it, with its reasons in ``language``."""
    snapshot, renewal = snapshot_in(episode.snapshot, language), episode.snapshot.renewal
    account = snapshot.account
    return AlertLine(
        alert_id=episode.alert_id,
        state=episode.state,
        severity=episode.severity,
        account_id=episode.account_id,
        account_name=account.name,
        segment=account.segment,
        owner=account.owner,
        contract_id=None if episode.contract_id == NO_CONTRACT else episode.contract_id,
        renews_on=renewal.renews_on if renewal else None,
        days_to_renewal=renewal.days if renewal else None,
        score=snapshot.score,
        band=snapshot.band,
        as_of=snapshot.as_of,
        probability=renewal.probability if renewal else None,
        arr=renewal.arr if renewal else None,
        arr_at_risk=renewal.arr_at_risk if renewal else None,
        drivers=convert(snapshot.drivers, tuple[AlertDriver, ...], from_attributes=True),
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


def step_view(step: AlertRecord, language: Language) -> AlertStep:
    """Return a step as the API shows it; a note of our own is in ``language``, a person's as they wrote it."""
    shown = convert(step, AlertStep, from_attributes=True)
    if not step.note or step.actor:
        return shown
    return structs.replace(shown, note=translator_for(language, "radar_alerts").tell(step.note))


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


def _forecast(model: ModelRef | None) -> ForecastReasons | None:
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
