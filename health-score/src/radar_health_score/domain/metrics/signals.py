"""Outcomes as the customer feels them: surveys, tickets, complaints, blocking requests, our incidents.

A kind of signal that was never reported for the account is missing, not a clean record: an account without
ticketing must not be rewarded for having no open tickets.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from statistics import fmean, median
from typing import Literal

from radar_health_score.domain.facts import WINDOW_DAYS, Incident, Ticket
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.metrics.windows import AccountView

ANSWERS_COUNT_FOR = timedelta(days=365)
TICKETS_COUNT_FOR = timedelta(days=90)
SEVERE = frozenset({"high", "critical"})
FINISHED = frozenset({"closed", "declined", "done", "rejected", "released", "shipped", "solved"})
NO_TICKETS = Missing("no ticket has ever been reported")


def nps_latest(view: AccountView) -> Reading:
    """The latest answer to "would you recommend us", 0 to 10, not older than a year. Unit: points.

    Source: survey_answered.
    """
    recent = _answers(view, "nps")
    return recent[-1][1] if recent else Missing("no NPS answer in the last year")


def nps_mean(view: AccountView) -> Reading:
    """Mean NPS answer of the last year, 0 to 10. Unit: points. Source: survey_answered."""
    recent = _answers(view, "nps")
    return fmean(score for _, score in recent) if recent else Missing("no NPS answer in the last year")


def nps_responses(view: AccountView) -> Reading:
    """NPS answers of the last year. Unit: answers. Source: survey_answered."""
    recent = _answers(view, "nps")
    return len(recent) or Missing("no NPS answer in the last year")


def csat_mean(view: AccountView) -> Reading:
    """Mean satisfaction of the last year, 1 to 5, over surveys and solved tickets. Unit: points.

    Source: survey_answered, ticket_updated.
    """
    since = view.facts.as_of - ANSWERS_COUNT_FOR
    rated = [
        ticket.csat
        for ticket in view.facts.tickets
        if ticket.csat is not None and (_moment(ticket) or since) >= since
    ]
    scores = [score for _, score in _answers(view, "csat")] + rated
    return fmean(scores) if scores else Missing("no CSAT answer in the last year")


def open_tickets(view: AccountView) -> Reading:
    """Tickets that are not solved. Unit: tickets. Source: ticket_updated."""
    return _count(view, _open(view))


def severe_open_tickets(view: AccountView) -> Reading:
    """Tickets of high or critical severity that are not solved. Unit: tickets. Source: ticket_updated."""
    return _count(view, (ticket for ticket in _open(view) if ticket.severity in SEVERE))


def complaints(view: AccountView) -> Reading:
    """Complaints that are open or were made in the last 90 days. Unit: tickets. Source: ticket_updated."""
    since = view.facts.as_of - TICKETS_COUNT_FOR
    return _count(
        view,
        (
            ticket
            for ticket in view.facts.tickets
            if ticket.complaint
            and (ticket.status != "solved" or (ticket.opened_at is not None and ticket.opened_at >= since))
        ),
    )


def time_to_resolve_hours(view: AccountView) -> Reading:
    """Median hours from opening to solving, of the tickets solved in the last 90 days. Unit: hours.

    Source: ticket_updated.
    """
    since = view.facts.as_of - TICKETS_COUNT_FOR
    hours = [
        (ticket.solved_at - ticket.opened_at).total_seconds() / 3600
        for ticket in view.facts.tickets
        if ticket.opened_at and ticket.solved_at and ticket.solved_at >= since
    ]
    return max(0.0, median(hours)) if hours else Missing("no ticket was solved in the last 90 days")


def blocking_requests(view: AccountView) -> Reading:
    """Requests that block the customer's use and are not finished. Unit: requests.

    Source: request_updated.
    """
    if not view.facts.requests:
        return Missing("no request has been recorded")
    return sum(
        1
        for request in view.facts.requests
        if request.kind == "blocks_use" and (request.status or "").casefold() not in FINISHED
    )


def incident_minutes(view: AccountView) -> Reading:
    """Minutes of the window in which an incident of ours hit the account. Unit: minutes.

    Overlapping incidents count once; one that has not ended lasts until now.

    Source: incident_updated.
    """
    if not view.facts.incidents:
        return Missing("no incident has been reported")
    now = view.facts.as_of
    covered_to = now - timedelta(days=WINDOW_DAYS)
    total = timedelta()
    for start, end in sorted(_spans(view.facts.incidents, now)):
        total += max(timedelta(), min(end, now) - max(start, covered_to))
        covered_to = max(covered_to, min(end, now))
    return total.total_seconds() / 60


def _answers(view: AccountView, kind: Literal["nps", "csat"]) -> list[tuple[datetime, float]]:
    since = view.facts.as_of - ANSWERS_COUNT_FOR
    return sorted(
        (answer.at, answer.score)
        for answer in view.facts.surveys
        if answer.kind == kind and answer.at >= since
    )


def _open(view: AccountView) -> Iterable[Ticket]:
    return (ticket for ticket in view.facts.tickets if ticket.status != "solved")


def _count(view: AccountView, tickets: Iterable[Ticket]) -> Reading:
    return sum(1 for _ in tickets) if view.facts.tickets else NO_TICKETS


def _moment(ticket: Ticket) -> datetime | None:
    return ticket.solved_at or ticket.opened_at


def _spans(incidents: Iterable[Incident], now: datetime) -> Iterable[tuple[datetime, datetime]]:
    for incident in incidents:
        if incident.started_at is not None:
            yield incident.started_at, incident.ended_at or now
