"""Outcomes as the customer feels them: tickets, complaints, requests, our incidents.

A kind of signal that was never reported for the account is missing, not a clean record: an account without
ticketing must not be rewarded for having no open tickets.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from statistics import median

from radar_health_score.domain.account.facts import WINDOW_DAYS, Incident, Request, Ticket
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.metrics.windows import AccountView

TICKETS_COUNT_FOR = timedelta(days=90)
SEVERE = frozenset({"high", "critical"})
_FINISHED = frozenset(
    {
        "cancelled", "closed", "completed", "declined", "done", "rejected", "released", "resolved", "shipped", "solved",
        "已完成", "完了",
    }
)  # fmt: skip
NO_TICKETS = Missing("no ticket has ever been reported")
NO_INCIDENTS = Missing("no incident has been reported")


def open_tickets(view: AccountView) -> Reading:
    """Tickets that are not solved. Unit: tickets, lower. Source: ticket_updated."""
    return _count(view, _open(view))


def severe_open_tickets(view: AccountView) -> Reading:
    """Tickets of high or critical severity that are not solved. Unit: tickets, lower. Source: ticket_updated."""
    return _count(view, (ticket for ticket in _open(view) if ticket.severity in SEVERE))


def complaints(view: AccountView) -> Reading:
    """Complaints that are open or were made in the last 90 days. Unit: tickets, lower. Source: ticket_updated.

    A complaint without an opening time counts from its last update.
    """
    since = view.facts.as_of - TICKETS_COUNT_FOR
    made = (ticket for ticket in view.facts.tickets if ticket.complaint)
    return _count(view, (ticket for ticket in made if ticket.status != "solved" or _since(ticket, since)))


def open_complaints(view: AccountView) -> Reading:
    """Complaints that are not solved. Unit: tickets, lower. Source: ticket_updated."""
    return _count(view, (ticket for ticket in _open(view) if ticket.complaint))


def time_to_resolve_hours(view: AccountView) -> Reading:
    """Median hours from opening to solving, of the tickets solved in the last 90 days. Unit: hours, lower.

    A ticket that is open again is not solved. One solved before it was opened is left out.

    Source: ticket_updated.
    """
    since = view.facts.as_of - TICKETS_COUNT_FOR
    hours = [
        (ticket.solved_at - ticket.opened_at).total_seconds() / 3600
        for ticket in view.facts.tickets
        if ticket.status == "solved"
        and ticket.opened_at
        and ticket.solved_at
        and ticket.solved_at >= max(since, ticket.opened_at)
    ]
    return median(hours) if hours else Missing("no ticket was resolved in the last 90 days")


def tickets_opened(view: AccountView) -> Reading:
    """Tickets opened in the last 90 days. Unit: tickets, neutral. Source: ticket_updated.

    Neither good nor bad: a customer who asks uses the product.
    """
    since = view.facts.as_of - TICKETS_COUNT_FOR
    opened = (ticket for ticket in view.facts.tickets if ticket.opened_at and ticket.opened_at >= since)
    return _count(view, opened)


def open_requests(view: AccountView) -> Reading:
    """Requests of any kind that are not finished. Unit: requests, lower. Source: request_updated.

    A status finishes a request, in any case, if it is cancelled, closed, completed, declined, done, rejected, released,
    resolved, shipped, solved, 已完成 or 完了.
    """
    return _requests(view, lambda _: True)


def blocking_requests(view: AccountView) -> Reading:
    """Requests that block the customer's use and are not finished. Unit: requests, lower.

    Source: request_updated.
    """
    return _requests(view, lambda request: request.kind == "blocks_use")


def incidents(view: AccountView) -> Reading:
    """Our incidents that hit the account in the window. Unit: incidents, lower.

    Source: incident_updated.
    """
    return _incidents(view, WINDOW_DAYS)


def incidents_14d(view: AccountView) -> Reading:
    """Our incidents that hit the account in the last 14 days. Unit: incidents, lower. Source: incident_updated."""
    return _incidents(view, 14)


def incident_minutes(view: AccountView) -> Reading:
    """Minutes of the window in which an incident of ours affected the account. Unit: minutes, lower.

    Overlapping incidents count once; one that has not ended lasts until now.

    Source: incident_updated.
    """
    if not view.reports("incident", view.facts.incidents):
        return NO_INCIDENTS
    now = view.facts.as_of
    covered_to = now - timedelta(days=WINDOW_DAYS)
    total = timedelta()
    for start, end in sorted(_spans(view.facts.incidents, now)):
        total += max(timedelta(), min(end, now) - max(start, covered_to))
        covered_to = max(covered_to, min(end, now))
    return total.total_seconds() / 60


def is_finished(status: str | None) -> bool:
    """Return whether a request's status, in any case, says that nobody works on it any more."""
    return (status or "").strip().casefold() in _FINISHED


def _incidents(view: AccountView, days: int) -> Reading:
    if not view.reports("incident", view.facts.incidents):
        return NO_INCIDENTS
    now = view.facts.as_of
    since = now - timedelta(days=days)
    return sum(1 for start, end in _spans(view.facts.incidents, now) if start <= now and end > since)


def _requests(view: AccountView, counts: Callable[[Request], bool]) -> Reading:
    if not view.reports("request", view.facts.requests):
        return Missing("no request has been recorded")
    unfinished = (one for one in view.facts.requests if not is_finished(one.status))
    return sum(1 for request in unfinished if counts(request))


def _open(view: AccountView) -> Iterable[Ticket]:
    return (ticket for ticket in view.facts.tickets if ticket.status != "solved")


def _since(ticket: Ticket, moment: datetime) -> bool:
    made_at = ticket.opened_at or ticket.told_at
    return made_at is not None and made_at >= moment


def _count(view: AccountView, tickets: Iterable[Ticket]) -> Reading:
    return sum(1 for _ in tickets) if view.reports("ticket", view.facts.tickets) else NO_TICKETS


def _spans(incidents: Iterable[Incident], now: datetime) -> Iterable[tuple[datetime, datetime]]:
    """Yield when each began and ended; one that never said when it began is a moment."""
    for incident in incidents:
        if incident.started_at is not None:
            yield incident.started_at, incident.ended_at or now
        elif (moment := incident.ended_at or incident.told_at) is not None:
            yield moment, moment
