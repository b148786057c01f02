"""What the contract decides about a case: its outcome ends it, whoever acknowledged it; its dates are attributes."""

from datetime import datetime
from typing import Final

from msgspec import structs

from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.cases.changes import changed, ended, reopened
from radar_alerts.domain.cases.decision import Decision, Reason
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.domain.cases.renewals import renewal_of, renewals_of
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal, TermRecord

BY_CONTRACT: Final = ("renewed", "lost")


def on_contract(case: Case, snapshot: HealthSnapshot, policy: CasePolicy) -> Decision | None:
    """Return what the snapshot's contract terms do to the case; None where they leave it as it is."""
    terms = {one.term_id: one for one in snapshot.terms}
    term = terms.get(case.term_id) if case.term_id else None
    renewal = renewal_of(case, snapshot)
    if case.running:
        return _of_running(case, snapshot, term, renewal, policy)
    return _of_ended(case, snapshot, term, renewal)


def _of_running(
    case: Case, snapshot: HealthSnapshot, term: TermRecord | None, renewal: Renewal | None, policy: CasePolicy
) -> Decision | None:
    at = snapshot.as_of
    if term is not None and _has_ended(term, at):
        return _by_outcome(case, snapshot, term, policy)
    if term is not None and term.outcome is None and term.ended_on is not None:
        return ended(case, "dismissed", Reason.VOID, at)
    if renewal is None and snapshot.account.standing == "former":
        return ended(case, "lost", Reason.LEFT, at)
    if case.term_id and term is None and renewal is None and snapshot.terms:
        return ended(case, "dismissed", Reason.VOID, at)
    return _dates(case, renewal, at) if renewal is not None else None


def _by_outcome(case: Case, snapshot: HealthSnapshot, term: TermRecord, policy: CasePolicy) -> Decision:
    at = snapshot.as_of
    if term.outcome == "churned":
        return ended(case, "lost", Reason.LOST, at)
    following = _next_term(term, snapshot, policy) if case.kind == "renewal" and case.at_risk else None
    if following is None:
        return ended(case, "renewed", Reason.RENEWED, at)
    moved = changed(
        case,
        at,
        term_id=following.term_id,
        renews_on=following.renews_on,
        notice_by=following.notice_by,
        notice_given=following.source == "told",
    )
    return Decision(reason=Reason.NEXT_TERM, case=moved, change="date_moved")


def _next_term(term: TermRecord, snapshot: HealthSnapshot, policy: CasePolicy) -> Renewal | None:
    """Return the renewal in which a short term's risk goes on."""
    if term.starts_on is None or term.ends_on is None or term.ends_on - term.starts_on >= policy.short_term:
        return None
    same = (
        one
        for one in renewals_of(snapshot)
        if one.contract_id == term.contract_id and one.term_id != term.term_id
    )
    return min(same, key=lambda one: one.renews_on, default=None)


def _dates(case: Case, renewal: Renewal, at: datetime) -> Decision | None:
    cancelled = renewal.source == "told"
    if cancelled != case.notice_given:
        return _notice(case, renewal, at, given=cancelled)
    if (case.renews_on, case.notice_by) == (renewal.renews_on, renewal.notice_by):
        return None
    moved = changed(case, at, renews_on=renewal.renews_on, notice_by=renewal.notice_by)
    return Decision(reason=Reason.EXTENDED, case=moved, change="date_moved")


def _notice(case: Case, renewal: Renewal, at: datetime, *, given: bool) -> Decision:
    after = changed(case, at, notice_given=given, renews_on=renewal.renews_on, notice_by=renewal.notice_by)
    if given:
        return Decision(
            reason=Reason.NOTICE_GIVEN, case=after, change="notice_given", announce="notice_given"
        )
    return Decision(reason=Reason.NOTICE_WITHDRAWN, case=after, change="notice_withdrawn")


def _of_ended(
    case: Case, snapshot: HealthSnapshot, term: TermRecord | None, renewal: Renewal | None
) -> Decision | None:
    """A closing that is corrected corrects the outcome; one that is taken back opens the case again."""
    at = snapshot.as_of
    if case.kind != "renewal" or case.state == "dismissed":
        return None
    if term is not None and _has_ended(term, at):
        right = "lost" if term.outcome == "churned" else "renewed"
        if case.state == right:
            return None
        return ended(case, right, Reason.LOST if right == "lost" else Reason.RENEWED, at)  # type: ignore[arg-type]
    if case.state in BY_CONTRACT and case.ended_by is None and renewal is not None:
        # What ended with the closing holds again with it.
        signals = tuple(
            structs.replace(one, cleared_at=None) if one.cleared_at == case.ended_at else one
            for one in case.signals
        )
        return reopened(structs.replace(case, signals=signals), Reason.TAKEN_BACK, at, "reopened")
    return None


def _has_ended(term: TermRecord, at: datetime) -> bool:
    return term.outcome is not None and term.ended_on is not None and term.ended_on <= at.date()


def adopted(case: Case, snapshot: HealthSnapshot) -> Case:
    """Return a case of 0.1.0, which knew its contract alone, with the term that the contract is in now."""
    if case.term_id is not None or case.contract_id is None or not case.running:
        return case
    theirs = (one for one in renewals_of(snapshot) if one.contract_id == case.contract_id)
    renewal = next(theirs, None)
    if renewal is None or renewal.term_id is None:
        return case
    return structs.replace(
        case, term_id=renewal.term_id, renews_on=renewal.renews_on, notice_by=renewal.notice_by
    )
