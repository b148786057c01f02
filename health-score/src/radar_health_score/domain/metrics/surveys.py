"""Outcomes as the customer tells them: NPS ("would you recommend us", 0 to 10) and satisfaction (1 to 5).

An answer counts for a year. Without any, a metric is missing: who wasn't asked isn't content.
"""

from datetime import datetime, timedelta
from statistics import fmean
from typing import Literal

from radar_health_score.domain.account.facts import Ticket
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.metrics.windows import AccountView

ANSWERS_COUNT_FOR = timedelta(days=365)
NO_NPS = Missing("no NPS response in the last year")
NO_CSAT = Missing("no CSAT response in the last year")


def nps_latest(view: AccountView) -> Reading:
    """The latest answer to "would you recommend us", 0 to 10, not older than a year. Unit: points, higher.

    Source: survey_answered.
    """
    recent = _answers(view, "nps")
    return recent[-1][1] if recent else NO_NPS


def nps_mean(view: AccountView) -> Reading:
    """Mean NPS answer of the last year, 0 to 10. Unit: points, higher. Source: survey_answered."""
    recent = _answers(view, "nps")
    return fmean(score for _, score in recent) if recent else NO_NPS


def nps_responses(view: AccountView) -> Reading:
    """NPS answers of the last year. Unit: answers, higher. Source: survey_answered."""
    recent = _answers(view, "nps")
    return len(recent) or NO_NPS


def nps_change(view: AccountView) -> Reading:
    """Mean NPS answer of the last half-year minus that of the half-year before. Unit: points, higher.

    Missing unless both have an answer.

    Source: survey_answered.
    """
    middle = view.facts.as_of - ANSWERS_COUNT_FOR / 2
    answers = _answers(view, "nps")
    late = [score for at, score in answers if at >= middle]
    early = [score for at, score in answers if at < middle]
    if not late or not early:
        return Missing("no NPS response in one half of the last year")
    return fmean(late) - fmean(early)


def csat_latest(view: AccountView) -> Reading:
    """The latest satisfaction answer, 1 to 5, from a survey or a ticket, not older than a year. Unit: points, higher.

    Source: survey_answered, ticket_updated.
    """
    answers = _satisfaction(view)
    return max(answers, key=lambda answer: answer[0])[1] if answers else NO_CSAT


def csat_mean(view: AccountView) -> Reading:
    """Mean satisfaction of the last year, 1 to 5, over surveys and solved tickets. Unit: points, higher.

    Source: survey_answered, ticket_updated.
    """
    answers = _satisfaction(view)
    return fmean(score for _, score in answers) if answers else NO_CSAT


def csat_responses(view: AccountView) -> Reading:
    """Satisfaction answers of the last year, from surveys and tickets. Unit: answers, higher.

    Source: survey_answered, ticket_updated.
    """
    return len(_satisfaction(view)) or NO_CSAT


def _satisfaction(view: AccountView) -> list[tuple[datetime, float]]:
    """Return (when, score), those of undated tickets as if they were a year old."""
    since = view.facts.as_of - ANSWERS_COUNT_FOR
    rated = [
        (_moment(ticket) or since, ticket.csat) for ticket in view.facts.tickets if ticket.csat is not None
    ]
    return _answers(view, "csat") + [(at, score) for at, score in rated if at >= since]


def _answers(view: AccountView, kind: Literal["nps", "csat"]) -> list[tuple[datetime, float]]:
    since = view.facts.as_of - ANSWERS_COUNT_FOR
    return sorted(
        (answer.at, answer.score)
        for answer in view.facts.surveys
        if answer.kind == kind and answer.at >= since
    )


def _moment(ticket: Ticket) -> datetime | None:
    return ticket.solved_at or ticket.opened_at or ticket.told_at
