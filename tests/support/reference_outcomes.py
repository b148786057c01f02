"""Metrics of outcomes, and those that set use against contracts, by the plainest count over raw events. None is missing.

Contracts are told once each, with dates of their own, and closed at most once: how versions of one contract become
terms is the business of ``tests/unit/radar_health_score/domain/contracts/test_contract_terms.py``.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from statistics import fmean, median
from typing import Any, Final

from tests.support.raw_story import Fields, Story, fields, named
from tests.support.reference_use import USE_METRICS, Value, rfm_frequency, rfm_recency

DONE: Final = {"shipped", "done"}


def contracts(story: Story) -> list[Fields]:
    """Return each contract as told, with its closing if that was told."""
    found: dict[str, Fields] = {}
    for one in story.told:
        if one.type in {"contract_updated", "contract_closed"}:
            data = fields(one)
            found.setdefault(data["contract_id"], {})[one.type] = data
    return list(found.values())


def _terms(story: Story) -> list[Fields]:
    """Return each contract's term, and the one after it where it was renewed: nothing but that is told of it."""
    found: list[Fields] = []
    for one in contracts(story):
        told, closed = one.get("contract_updated", {}), one.get("contract_closed")
        found.append({**told, "until": closed["on"] if closed else date.max})
        if closed and closed["outcome"] != "churned":
            found.append({**told, "starts_on": closed["on"], "until": date.max})
    return found


def _in_force(story: Story, day: date) -> list[Fields]:
    return [one for one in _terms(story) if one.get("starts_on", date.min) <= day < one["until"]]


def _sum(terms: Iterable[Fields], field: str) -> Value:
    told = [one[field] for one in terms if field in one]
    amounts = [value["amount"] if isinstance(value, dict) else value for value in told]
    return sum(amounts) if amounts else None


def _agreed(field: str) -> Callable[[Story], Value]:
    return lambda story: _sum(_in_force(story, story.today), field)


def _before(story: Story, field: str) -> Value:
    starts = [one["starts_on"] for one in _in_force(story, story.today) if "starts_on" in one]
    return _sum(_in_force(story, max(starts) - timedelta(days=1)), field) if starts else None


def _change(field: str) -> Callable[[Story], Value]:
    def count(story: Story) -> Value:
        now, before = _agreed(field)(story), _before(story, field)
        return None if now is None or not before else now / before - 1

    return count


def _gained(field: str) -> Callable[[Story], Value]:
    def count(story: Story) -> Value:
        now, before = _agreed(field)(story), _before(story, field)
        return None if now is None or before is None else now - before

    return count


def _days_to_renewal(story: Story) -> Value:
    open_terms = [
        one["contract_updated"]["renews_on"] for one in contracts(story) if "contract_closed" not in one
    ]
    days = sorted((day - story.today).days for day in open_terms)
    return next((day for day in days if day >= -90), days[-1] if days else None)


def _tenure(story: Story) -> Value:
    starts = [one["starts_on"] for one in _terms(story) if "starts_on" in one]
    return max(((story.today - day).days for day in starts if day <= story.today), default=None)


def _closings(accepts: Callable[[Fields], bool]) -> Callable[[Story], Value]:
    def count(story: Story) -> Value:
        terms = contracts(story)
        return sum(accepts(one.get("contract_closed", {"outcome": ""})) for one in terms) if terms else None

    return count


def _answers(story: Story, kind: str) -> list[tuple[datetime, float]]:
    told = [(one.occurred_at, fields(one)) for one in story.told if one.type == "survey_answered"]
    since = story.as_of - timedelta(days=365)
    return [(at, data["score"]) for at, data in told if data["kind"] == kind and at >= since]


def _satisfaction(story: Story) -> list[tuple[datetime, float]]:
    since = story.as_of - timedelta(days=365)
    rated = [
        (one.get("solved_at") or one.get("opened_at") or one["told_at"], one["csat"])
        for one in _tickets(story)
        if one.get("csat") is not None
    ]
    return _answers(story, "csat") + [(at, score) for at, score in rated if at >= since]


def _mean(answers: Iterable[tuple[datetime, float]]) -> Value:
    scores = [score for _, score in answers]
    return fmean(scores) if scores else None


def _latest(answers: list[tuple[datetime, float]]) -> Value:
    return max(answers)[1] if answers else None


def _nps_change(story: Story) -> Value:
    middle = story.as_of - timedelta(days=365) / 2
    late = _mean(one for one in _answers(story, "nps") if one[0] >= middle)
    early = _mean(one for one in _answers(story, "nps") if one[0] < middle)
    return None if late is None or early is None else late - early


def _tickets(story: Story) -> list[Fields]:
    return story.things("ticket_updated", "ticket_id")


def _count(kind: str, key: str, accepts: Callable[[Fields, Story], Any]) -> Callable[[Story], Value]:
    def count(story: Story) -> Value:
        things = story.things(kind, key)
        return sum(bool(accepts(one, story)) for one in things) if things else None

    return count


def _ticket_count(accepts: Callable[[Fields, Story], Any]) -> Callable[[Story], Value]:
    return _count("ticket_updated", "ticket_id", accepts)


def _lately(moment: datetime | None, story: Story) -> bool:
    return moment is not None and moment >= story.as_of - timedelta(days=90)


def _hours(story: Story) -> Value:
    hours = [
        (one["solved_at"] - one["opened_at"]) / timedelta(hours=1)
        for one in _tickets(story)
        if one["status"] == "solved"
        and one.get("opened_at")
        and one.get("solved_at")
        and one["solved_at"] >= one["opened_at"]
        and _lately(one["solved_at"], story)
    ]
    return median(hours) if hours else None


def _late(due: str, done: str) -> Callable[[Fields, Story], bool]:
    def late(one: Fields, story: Story) -> bool:
        finished = one.get(done) or date.max
        return one.get(due) is not None and one[due] < story.today < finished

    return late


def _owed_and_late(invoice: Fields, story: Story) -> bool:
    amount = (invoice.get("amount") or {"amount": 1})["amount"]
    return amount > 0 and _late("due_on", "paid_on")(invoice, story)


def _overdue_days(story: Story) -> Value:
    invoices = story.things("invoice_updated", "invoice_id")
    days = [(story.today - one["due_on"]).days for one in invoices if _owed_and_late(one, story)]
    return max(days, default=0) if invoices else None


def _promises_kept(story: Story) -> Value:
    promises = story.things("promise_updated", "promise_id")
    kept = sum((one.get("kept_on") or date.max) <= story.today for one in promises)
    broken = sum(_late("due_on", "kept_on")(one, story) for one in promises)
    return kept / (kept + broken) if kept + broken else None


def _minutes(story: Story) -> Value:
    incidents = story.things("incident_updated", "incident_id")
    spans = [_span(one, story) for one in incidents]
    window = [story.as_of - timedelta(minutes=back) for back in range(1, 28 * 24 * 60 + 1)]
    held = [(start, end) for start, end in spans if end > window[-1]]
    return sum(any(start <= minute < end for start, end in held) for minute in window) if incidents else None


def _span(one: Fields, story: Story) -> tuple[datetime, datetime]:
    if one.get("started_at") is None:
        moment = one.get("ended_at") or one["told_at"]
        return moment, moment
    return one["started_at"], one.get("ended_at") or story.as_of


def _hit_in(days: int) -> Callable[[Fields, Story], bool]:
    def hit(one: Fields, story: Story) -> bool:
        start, end = _span(one, story)
        return start <= story.as_of and end > story.as_of - timedelta(days=days)

    return hit


def _times(value: Value, factor: float) -> Value:
    return None if value is None else factor * value


def _rfm_monetary(story: Story) -> Value:
    mrr = _agreed("mrr")(story)
    return None if mrr is None else 1 + sum(12 * mrr >= arr for arr in (1_000, 5_000, 20_000, 100_000))


def _rfm(story: Story) -> Value:
    money = _rfm_monetary(story)
    if money is None or not story.use:
        return None
    return money + (rfm_recency(story) or 0) + (rfm_frequency(story) or 0)


def _utilisation(story: Story) -> Value:
    seats = _agreed("seats")(story)
    return len(named(story.back(0, 27))) / seats if story.users and seats else None


def _one_person(story: Story) -> Value:
    share = USE_METRICS["concentration"](story)
    return None if share is None or _agreed("seats")(story) == 1 else float(share >= 0.75)


def _against_target(story: Story) -> Value:
    target, count = story.profile().get("north_star_target"), USE_METRICS["north_star_count"](story)
    return count / target if target and count is not None else None


OUTCOME_METRICS: Final[Mapping[str, Callable[[Story], Value]]] = {
    "seats": _agreed("seats"),
    "seat_utilisation": _utilisation,
    "one_person_dependency": _one_person,
    "north_star_vs_target": _against_target,
    "mrr": _agreed("mrr"),
    "arr": lambda story: _times(_agreed("mrr")(story), 12),
    "seats_change": _change("seats"),
    "revenue_change": _change("mrr"),
    "seats_gained": _gained("seats"),
    "revenue_gained": _gained("mrr"),
    "days_to_renewal": _days_to_renewal,
    "tenure_days": _tenure,
    "renewals_so_far": _closings(lambda one: one["outcome"] not in {"", "churned"}),
    "contractions_so_far": _closings(lambda one: one["outcome"] == "contracted"),
    "terms_lost": _closings(lambda one: one["outcome"] == "churned"),
    "terms_lost_to_competitor": _closings(lambda one: one["outcome"] == "churned" and "competitor" in one),
    "rfm_monetary": _rfm_monetary,
    "rfm": _rfm,
    "milestones_reached": lambda story: len(story.things("milestone_reached", "name")) or None,
    "nps_latest": lambda story: _latest(_answers(story, "nps")),
    "nps_mean": lambda story: _mean(_answers(story, "nps")),
    "nps_responses": lambda story: len(_answers(story, "nps")) or None,
    "nps_change": _nps_change,
    "csat_latest": lambda story: _latest(_satisfaction(story)),
    "csat_mean": lambda story: _mean(_satisfaction(story)),
    "csat_responses": lambda story: len(_satisfaction(story)) or None,
    "tickets_opened": _ticket_count(lambda one, story: _lately(one.get("opened_at"), story)),
    "open_tickets": _ticket_count(lambda one, _: one["status"] != "solved"),
    "severe_open_tickets": _ticket_count(
        lambda one, _: one["status"] != "solved" and one.get("severity") in {"high", "critical"}
    ),
    "complaints": _ticket_count(
        lambda one, story: (
            one.get("complaint")
            and (one["status"] != "solved" or _lately(one.get("opened_at") or one["told_at"], story))
        )
    ),
    "open_complaints": _ticket_count(lambda one, _: one.get("complaint") and one["status"] != "solved"),
    "incidents_14d": _count("incident_updated", "incident_id", _hit_in(14)),
    "time_to_resolve_hours": _hours,
    "invoices_overdue": _count("invoice_updated", "invoice_id", _owed_and_late),
    "longest_overdue_days": _overdue_days,
    "promises_overdue": _count("promise_updated", "promise_id", _late("due_on", "kept_on")),
    "promises_kept": _promises_kept,
    "open_requests": _count("request_updated", "request_id", lambda one, _: one.get("status") not in DONE),
    "blocking_requests": _count(
        "request_updated",
        "request_id",
        lambda one, _: one.get("kind") == "blocks_use" and one.get("status") not in DONE,
    ),
    "incidents": _count("incident_updated", "incident_id", _hit_in(28)),
    "incident_minutes": _minutes,
}
