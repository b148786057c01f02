"""How a case, a hold and a rule look from outside."""

from collections.abc import Sequence
from datetime import datetime

from msgspec import convert, structs

from radar_alerts.domain.announcing.hold import Hold
from radar_alerts.domain.cases.case import Actor, Case, Signal
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.domain.cases.renewals import renewal_of
from radar_alerts.domain.cases.timeouts import latest_snooze
from radar_alerts.domain.messages.operators import hold_reason
from radar_alerts.domain.rules.rule import Rule
from radar_alerts.entrypoints.views import delivery_view, forecast_view
from radar_alerts.repositories.case_rows import CaseWithSnapshot
from radar_alerts.service.case_queries import CaseHistory
from radar_vocabulary.answers.alerts import AlertDriver
from radar_vocabulary.answers.cases import (
    ActorLine,
    CaseDetail,
    CaseLine,
    CaseStep,
    CauseLine,
    HoldLine,
    RuleLine,
    SignalLine,
    ToldLine,
)
from radar_vocabulary.contracts.alerts import AlertRecord
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import Translator, translator_for
from radar_vocabulary.reasons.causes import CAUSES, worst_causes
from radar_vocabulary.reasons.sentence import snapshot_in


def case_view(found: CaseWithSnapshot, now: datetime, language: Language) -> CaseLine:
    """Return a case as the API shows it, with its causes in ``language``; days are counted from ``now``."""
    case, snapshot = found.case, found.snapshot
    account, renewal = snapshot.account, renewal_of(found.case, found.snapshot)
    words = translator_for(language, "radar_vocabulary")
    act_by = case.notice_by or case.renews_on
    return CaseLine(
        case_id=case.case_id,
        kind=case.kind,
        state=case.state,
        severity=case.severity,
        tier=case.tier,
        account_id=case.account_id,
        account_name=account.name,
        segment=account.segment,
        owner=account.owner,
        assignee=case.assignee,
        contract_id=case.contract_id,
        term_id=case.term_id,
        renews_on=case.renews_on,
        days_to_renewal=(case.renews_on - now.date()).days if case.renews_on else None,
        act_by=act_by,
        days_to_act=(act_by - now.date()).days if act_by else None,
        notice_given=case.notice_given,
        score=snapshot.score,
        band=snapshot.band,
        probability=renewal.probability if renewal else None,
        source=renewal.source if renewal else None,
        arr=renewal.arr if renewal else None,
        arr_at_risk=renewal.arr_at_risk if renewal else None,
        causes=tuple(
            CauseLine(cause=one.cause, points=one.points, text=words.say(CAUSES[one.cause]))
            for one in worst_causes(snapshot)
        ),
        rule=case.opened_by,
        rule_version=case.rule_version,
        signals=tuple(_signal(one) for one in case.signals),
        openings=case.openings,
        opened_at=case.opened_at,
        changed_at=case.changed_at,
        announced_at=case.announced_at,
        escalated_at=case.escalated_at,
        acknowledged_by=_actor(case.acknowledgement.by) if case.acknowledgement else None,
        acknowledged_until=case.acknowledgement.until if case.acknowledgement else None,
        snoozed_until=case.snoozed_until,
        ended_at=case.ended_at,
        ended_by=_actor(case.ended_by) if case.ended_by else None,
        outcome_reason=case.outcome_reason,
        held_by=case.held_by,
    )


def whole_case(history: CaseHistory, policy: CasePolicy, now: datetime, language: Language) -> CaseDetail:
    """Return the whole case as the API shows it."""
    case, snapshot = history.found.case, snapshot_in(history.found.snapshot, language)
    return CaseDetail(
        **structs.asdict(case_view(history.found, now, language)),
        drivers=convert(snapshot.drivers, tuple[AlertDriver, ...], from_attributes=True),
        model=forecast_view(snapshot.model),
        timeline=tuple(case_step(one, language) for one in history.timeline),
        deliveries=tuple(delivery_view(one) for one in history.deliveries),
        told=tuple(ToldLine(receiver_id=one, name=name) for one, name in sorted(history.told.items())),
        latest_snooze=latest_snooze(case, now) if case.running else None,
        undo_until=_undo_until(case, history.timeline, policy),
    )


def case_step(step: AlertRecord, language: Language) -> CaseStep:
    """Return a step; a note of our own is in ``language``, a person's as they wrote it."""
    note = step.note
    if note and not step.actor:
        note = translator_for(language, "radar_alerts").tell(note)
    return CaseStep(
        sequence=step.sequence,
        change=step.step or step.change or "opened",  # type: ignore[arg-type]  # 0.1.0 knew "resolved"
        state=step.case_state or step.state,  # type: ignore[arg-type]
        at=step.at,
        actor=step.actor,
        claim=step.claim,
        note=note,
        rule=step.rule,
        score=step.score,
        band=step.band,
    )


def hold_view(hold: Hold, cases: Sequence[str], translator: Translator) -> HoldLine:
    """Return a hold as the API shows it."""
    return HoldLine(
        hold_id=hold.hold_id,
        key=hold.key,
        state=hold.state,
        count=hold.count,
        reason=hold_reason(hold.key, translator),
        created_at=hold.created_at,
        ended_at=hold.ended_at,
        ended_by=hold.ended_by,
        case_ids=tuple(cases),
    )


def rule_view(rule: Rule) -> RuleLine:
    """Return a rule as the API shows it."""
    return RuleLine(
        name=rule.name,
        version=rule.version,
        kind=rule.kind,
        opens=rule.opens,
        severity=rule.severity,
        earliest_days=rule.window.earliest if rule.window else None,
        latest_days=rule.window.latest if rule.window else None,
        held_days=rule.held.total_seconds() / 86_400,
        cap=rule.cap,
        playbook=rule.playbook,
        rests_on=tuple(sorted(rule.rests_on)),
        demoted=rule.demoted,
        definition=rule.definition,
    )


def _signal(signal: Signal) -> SignalLine:
    return convert(signal, SignalLine, from_attributes=True)


def _actor(actor: Actor) -> ActorLine:
    return ActorLine(name=actor.name, claim=actor.claim)


def _undo_until(case: Case, timeline: Sequence[AlertRecord], policy: CasePolicy) -> datetime | None:
    """Return until when the last act of a person can be undone without a word to anybody."""
    if not timeline or timeline[-1].actor is None or case.state == "open":
        return None
    return timeline[-1].at + policy.undo_within
