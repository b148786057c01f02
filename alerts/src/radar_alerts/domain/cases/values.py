"""What rules can read of one renewal: the snapshot's readings and what follows from the renewal and the case."""

from collections.abc import Iterator
from typing import Final

from radar_alerts.domain.cases.case import Case, LastNotice
from radar_alerts.domain.cases.surroundings import Surroundings
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal
from radar_vocabulary.contracts.scalars import Cause

SOURCES: Final = {"none": 0.0, "scorecard": 1.0, "model": 2.0, "told": 3.0}


def rule_values(
    snapshot: HealthSnapshot, renewal: Renewal | None, case: Case | None, around: Surroundings
) -> dict[str, float]:
    """Return every value by name; what isn't known is absent.

    ``churn_probability`` is 1 - the renewal's probability. ``threshold`` is what the workspace has learned, else what
    its ranking gives. ``…_when_told`` are those of the last notice of the running case.
    """
    values = dict(snapshot.readings)
    if snapshot.score is not None:
        values["score"] = snapshot.score
    values["healthy"] = float(snapshot.band == "healthy")
    threshold = around.ranked_threshold if snapshot.churn_threshold is None else snapshot.churn_threshold
    if threshold is not None:
        values["threshold"] = threshold
    if renewal is not None:
        values.update(_of_renewal(renewal))
    if case is not None and case.last_notice is not None:
        values.update(_when_told(case.last_notice))
    cause = leading_cause(snapshot)
    if cause is not None and case is not None and case.last_notice is not None:
        values["leading_cause_changed"] = float(cause != case.last_notice.cause)
    return values


def leading_cause(snapshot: HealthSnapshot) -> Cause | None:
    """Return the cause that takes the most points; None where none takes any."""
    against = [one for one in snapshot.causes if one.points < 0]
    return min(against, key=lambda one: (one.points, one.cause)).cause if against else None


def _of_renewal(renewal: Renewal) -> Iterator[tuple[str, float]]:
    yield "days_to_renewal", float(renewal.days)
    if renewal.probability is not None:
        yield "churn_probability", 1.0 - renewal.probability
    yield "probability_source", SOURCES[renewal.source]
    if renewal.notice_by is not None:
        yield "days_to_notice", float((renewal.notice_by - renewal.renews_on).days + renewal.days)


def _when_told(notice: LastNotice) -> Iterator[tuple[str, float]]:
    if notice.churn_probability is not None:
        yield "churn_probability_when_told", notice.churn_probability
    if notice.source is not None:
        yield "probability_source_when_told", SOURCES.get(notice.source, 0.0)
    if notice.score is not None:
        yield "score_when_told", notice.score
