"""What becomes of an announcement: whom it goes to, or why it goes to nobody."""

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from radar_alerts.domain.announcing.announcement import OPENINGS, Announcement
from radar_alerts.domain.announcing.routes import Routes
from radar_alerts.domain.cases.case import Case, LastNotice
from radar_alerts.domain.cases.values import leading_cause
from radar_alerts.domain.routing.receiver import Receiver
from radar_alerts.domain.rules.rule import Rule
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal

RELEASED: Final = "released"


class Dropped(StrEnum):
    """Why an announcement goes to nobody."""

    ENDED = "the case has ended"
    TAKEN = "somebody has it already"
    NOT_RUNNING = "the case no longer waits for an answer"
    NOBODY_TOLD = "nobody was told of the case"
    ALREADY_TOLD = "who would be told knows already"
    BY_OPERATORS = "dropped by operators"


def reason_to_drop(announcement: Announcement, case: Case, told: Collection[str]) -> Dropped | None:
    """Return why there is nothing to say any more; None: there is."""
    if announcement.kind == "ended":
        if case.running:
            return Dropped.TAKEN
        return None if told else Dropped.NOBODY_TOLD
    if not case.running:
        return Dropped.ENDED
    if announcement.kind in OPENINGS and case.state != "open":
        return Dropped.TAKEN
    if announcement.kind == "escalated" and (case.state != "open" or not case.at_risk):
        return Dropped.NOT_RUNNING
    return None


def receivers_of(
    announcement: Announcement,
    case: Case,
    snapshot: HealthSnapshot,
    told: Mapping[str, Receiver],
    routes: Routes,
    now: datetime,
) -> tuple[Receiver, ...]:
    """Return whom to tell. ``told`` has those who were told of the case before.

    An end goes exactly to them, and so does what is new on a running case; a handover goes to who wasn't told yet; an
    escalation goes to the segment's queue, unless that was told already.
    """
    present = routes.of_case(case, snapshot, now)
    match announcement.kind:
        case "ended":
            return tuple(told.values())
        case "worsened" | "notice_given":
            return tuple(told.values()) or present
        case "handed_over":
            return tuple(one for one in present if one.id not in told)
        case "escalated":
            queue = routes.queue(snapshot.account)
            return () if queue.id in told else (queue,)
    return present


def last_notice(snapshot: HealthSnapshot, renewal: Renewal | None, at: datetime) -> LastNotice:
    """Return what a notice of now says, for what changes after it."""
    probability = renewal.probability if renewal else None
    return LastNotice(
        at=at,
        score=snapshot.score,
        churn_probability=None if probability is None else 1 - probability,
        source=renewal.source if renewal else None,
        cause=leading_cause(snapshot),
    )


def by_calendar(rule: Rule | None, renewal: Renewal | None) -> bool:
    """Return whether the renewal has come within the rule's window just now, as a calendar has it.

    How long a condition has held counts from before the window, so that what waited for it opens on its first day.
    """
    if rule is None or renewal is None or rule.window is None or rule.window.earliest is None:
        return False
    return rule.window.earliest - 1 <= renewal.days <= rule.window.earliest
