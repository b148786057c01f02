"""The steps of a case, each with its reason: what a case becomes, and what is announced of it."""

from datetime import datetime

from msgspec import structs

from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.cases.decision import AnnouncementKind, Decision, Reason
from radar_vocabulary.contracts.alerts import CaseChange, CaseState


def changed(case: Case, at: datetime, **after: object) -> Case:
    """Return the case one step on."""
    return structs.replace(case, sequence=case.sequence + 1, changed_at=at, **after)


def ended(case: Case, state: CaseState, reason: Reason, at: datetime) -> Decision:
    """Return the end of a case by its contract or its signals; who was told of it is told of this."""
    after = changed(
        case,
        at,
        state=state,
        ended_at=at,
        ended_by=None,
        outcome_reason=None,
        snoozed_until=None,
        acknowledgement=None,
        signals=tuple(one if one.cleared_at else structs.replace(one, cleared_at=at) for one in case.signals),
    )
    change: CaseChange = state  # type: ignore[assignment]  # every end is a change of the same name
    return Decision(reason=reason, case=after, change=change, announce="ended")


def reopened(case: Case, reason: Reason, at: datetime, announce: AnnouncementKind | None) -> Decision:
    """Return an ended case open again, as the same case."""
    after = changed(
        case,
        at,
        state="open",
        openings=case.openings + 1,
        ended_at=None,
        ended_by=None,
        outcome_reason=None,
        escalated_at=None,
    )
    return Decision(reason=reason, case=after, change="reopened", announce=announce)
