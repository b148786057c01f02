"""What the passing of time alone does to a case: a snooze or an acknowledgement ends, an unanswered one goes up."""

from datetime import UTC, datetime, time, timedelta

from msgspec import structs

from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.cases.changes import changed
from radar_alerts.domain.cases.decision import AnnouncementKind, Decision, Reason
from radar_alerts.domain.cases.policy import CasePolicy


def on_timeout(case: Case, policy: CasePolicy, now: datetime) -> Decision:
    """Return what is due for the case at ``now``."""
    if case.state == "snoozed" and case.snoozed_until is not None and now >= case.snoozed_until:
        return _open_again(case, Reason.SNOOZE_OVER, now)
    if case.state == "acknowledged" and case.acknowledgement and now >= case.acknowledgement.until:
        return _open_again(case, Reason.ACKNOWLEDGEMENT_OVER, now)
    if case.state == "open" and _unanswered(case, policy, now):
        up = structs.replace(changed(case, now), escalated_at=now)
        return Decision(reason=Reason.UNANSWERED, case=up, change="escalated", announce="escalated")
    return Decision(reason=Reason.NOT_DUE)


def due_at(case: Case, policy: CasePolicy) -> datetime | None:
    """Return when time alone may change the case next; None for never."""
    match case.state:
        case "snoozed":
            return case.snoozed_until
        case "acknowledged":
            return case.acknowledgement.until if case.acknowledgement else None
        case "open" if case.announced_at is not None and case.escalated_at is None and case.tier == "now":
            return case.announced_at + policy.escalate_after
    return None


def acknowledged_until(case: Case, policy: CasePolicy, now: datetime) -> datetime:
    """Return when an acknowledgement of now expires: in 14 days, or at T-30 or T-7 where they come first."""
    ends = [now + policy.acknowledged_for]
    if case.renews_on is not None:
        checks = (days_before(case, days) for days in policy.checks)
        ends += [one for one in checks if one > now]
    return min(ends)


def latest_snooze(case: Case, now: datetime) -> datetime:
    """Return until when it may be snoozed: the latest of notice date, T-14 and T-7 that is still ahead.

    With none of them ahead: the renewal's day, or a week where that has passed or isn't known.
    """
    ahead = [days_before(case, 14), days_before(case, 7)] if case.renews_on else []
    if case.notice_by is not None:
        ahead.append(datetime.combine(case.notice_by, time(), UTC))
    still = [one for one in ahead if one > now]
    if still:
        return max(still)
    renews = days_before(case, 0) if case.renews_on else now
    return renews if renews > now else now + timedelta(days=7)


def days_before(case: Case, days: int) -> datetime:
    """Return the start of the day so many days before the renewal (UTC); the case has a renewal date."""
    assert case.renews_on is not None  # callers ask
    return datetime.combine(case.renews_on, time(), UTC) - timedelta(days=days)


def _unanswered(case: Case, policy: CasePolicy, now: datetime) -> bool:
    """A case in a digest isn't escalated, nor one whose risk no longer holds."""
    due = due_at(case, policy)
    return due is not None and now >= due and case.at_risk


def _open_again(case: Case, reason: Reason, now: datetime) -> Decision:
    after = structs.replace(
        changed(case, now), state="open", snoozed_until=None, acknowledgement=None, escalated_at=None
    )
    announce: AnnouncementKind = "woken" if case.announced_at is not None else "opened"
    return Decision(
        reason=reason,
        case=after,
        change="woken" if reason is Reason.SNOOZE_OVER else "acknowledgement_expired",
        announce=announce,
    )
