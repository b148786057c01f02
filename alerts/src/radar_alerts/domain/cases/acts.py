"""What a person does to a case: acknowledge, snooze, assign, dismiss, say how it came out, reopen."""

from datetime import datetime
from typing import Final, Literal, get_args

from radar_alerts.domain.cases.case import REOPENED, Acknowledgement, Actor, Case, Signal
from radar_alerts.domain.cases.changes import changed
from radar_alerts.domain.cases.decision import AnnouncementKind, Decision, Reason
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.domain.cases.timeouts import acknowledged_until, latest_snooze
from radar_chassis.errors import Conflict, InvalidRequest
from radar_vocabulary.contracts.alerts import CaseChange, CaseState
from radar_vocabulary.contracts.scalars import Owner

DismissReason = Literal["false_alarm", "known", "not_ours", "duplicate", "other"]
DISMISS_REASONS: Final[tuple[str, ...]] = get_args(DismissReason)


def acknowledge(case: Case, actor: Actor, policy: CasePolicy, now: datetime) -> Decision:
    """Somebody has it. Saying so again changes nothing, whoever says it. Raises Conflict when it has ended."""
    _still_running(case)
    if case.state == "acknowledged":
        return Decision(reason=Reason.ALREADY_SO)
    until = acknowledged_until(case, policy, now)
    after = changed(
        case,
        now,
        state="acknowledged",
        acknowledgement=Acknowledgement(by=actor, at=now, until=until),
        snoozed_until=None,
    )
    return Decision(reason=Reason.BY_A_PERSON, case=after, change="acknowledged")


def snooze(case: Case, until: datetime, now: datetime) -> Decision:
    """Leave it until then. Raises Conflict when it has ended, InvalidRequest for a moment past or too far ahead."""
    _still_running(case)
    if until <= now:
        raise InvalidRequest("`until` is in the past; give a moment in the future.")
    latest = latest_snooze(case, now)
    if until > latest:
        raise InvalidRequest(
            f"`until` is too far ahead: this case can be snoozed until {latest:%Y-%m-%dT%H:%M:%SZ} at most, so that "
            "it is looked at before the notice date and the renewal."
        )
    if case.state == "snoozed" and case.snoozed_until == until:
        return Decision(reason=Reason.ALREADY_SO)
    after = changed(case, now, state="snoozed", snoozed_until=until, acknowledgement=None)
    return Decision(reason=Reason.BY_A_PERSON, case=after, change="snoozed")


def assign(case: Case, assignee: Owner | None, now: datetime) -> Decision:
    """Give it to somebody by name; None gives it back to the account's owner. Raises Conflict when it has ended."""
    _still_running(case)
    if case.assignee == assignee:
        return Decision(reason=Reason.ALREADY_SO)
    after = changed(case, now, assignee=assignee)
    told: AnnouncementKind | None = (
        "handed_over" if assignee is not None and case.announced_at is not None else None
    )
    return Decision(reason=Reason.BY_A_PERSON, case=after, change="assigned", announce=told)


def dismiss(case: Case, why: str, actor: Actor, now: datetime) -> Decision:
    """Close it without an outcome of the contract. Raises Conflict when it has ended."""
    return _end(case, "dismissed", why, actor, now)


def conclude(case: Case, state: CaseState, why: str, actor: Actor, now: datetime) -> Decision:
    """Say how it came out before the contract tells; what the contract tells later corrects it. Raises Conflict."""
    return _end(case, state, why, actor, now)


def reopen(case: Case, now: datetime) -> Decision:
    """Open it again, or take back an acknowledgement or a snooze. Raises Conflict where the contract ended it."""
    if case.state == "open":
        return Decision(reason=Reason.ALREADY_SO)
    if case.state in {"renewed", "lost"} and case.ended_by is None:
        raise Conflict("The contract ended this case; it reopens by itself if the closing is taken back.")
    after = changed(
        case,
        now,
        state="open",
        acknowledgement=None,
        snoozed_until=None,
        ended_at=None,
        ended_by=None,
        outcome_reason=None,
        signals=case.signals if case.at_risk else (*case.signals, _by_hand(now)),
    )
    return Decision(reason=Reason.BY_A_PERSON, case=after, change="reopened")


def _by_hand(now: datetime) -> Signal:
    """Return the signal that keeps a case open which no rule would open any more."""
    return Signal(rule=REOPENED, version="", opens=True, severity="normal", playbook="", raised_at=now)


def _end(case: Case, state: CaseState, why: str, actor: Actor, now: datetime) -> Decision:
    _still_running(case)
    after = changed(
        case,
        now,
        state=state,
        ended_at=now,
        ended_by=actor,
        outcome_reason=why,
        snoozed_until=None,
        acknowledgement=None,
    )
    change: CaseChange = state  # type: ignore[assignment]  # every end is a change of the same name
    return Decision(reason=Reason.BY_A_PERSON, case=after, change=change)


def _still_running(case: Case) -> None:
    if not case.running:
        raise Conflict(f"This case has ended ({case.state}). Reopen it first: POST …/reopen.")
