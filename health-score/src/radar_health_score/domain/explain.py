"""A driver in plain English, with its numbers: one sentence per metric, in one table."""

from collections.abc import Callable, Mapping
from math import expm1
from typing import Final

from radar_health_score.domain.metrics.behaviour import TREND_LIMIT
from radar_health_score.domain.metrics.reading import Readings, known

_Phrase = Callable[[float, Readings], str]


def sentence(metric: str, value: float, readings: Readings) -> str:
    """Return what ``metric`` says at ``value``, in a sentence; ``readings`` lend it numbers to compare with."""
    return _PHRASES[metric](value, readings)


def _days(value: float) -> str:
    return _count(value, "day", "days")


def _count(value: float, one: str, many: str) -> str:
    whole = round(value)
    return f"{whole} {one if whole == 1 else many}"


def _percent(share: float) -> str:
    shown = round(100 * share)
    return f"{shown}%" if shown or not share else "under 1%"


def _decimal(value: float) -> str:
    return f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"


def _money(value: float) -> str:
    return f"{value:,.0f}"


def _counted(one: str, many: str, rest: str) -> _Phrase:
    """Say: 3 invoices are overdue; 1 invoice is overdue; no invoices are overdue."""

    def phrase(value: float, _: Readings) -> str:
        if round(value) == 0:
            return f"No {many} are {rest}"
        return f"{_count(value, one, many)} {'is' if round(value) == 1 else 'are'} {rest}"

    return phrase


def _had(one: str, many: str, rest: str) -> _Phrase:
    """Say: 3 new users in the last 28 days; no new users in the last 28 days."""

    def phrase(value: float, _: Readings) -> str:
        if round(value) == 0:
            return f"No {many} {rest}"
        return f"{_count(value, one, many)} {rest}"

    return phrase


def _trend(subject: str) -> _Phrase:
    def phrase(value: float, _: Readings) -> str:
        if value <= -TREND_LIMIT:
            return f"{subject} stopped: nothing in the last four weeks"
        change = round(100 * expm1(value))
        if change == 0:
            return f"{subject} held steady against the four weeks before"
        verb = "rose" if change > 0 else "fell"
        return f"{subject} {verb} {abs(change)}% against the four weeks before"

    return phrase


def _change(subject: str) -> _Phrase:
    def phrase(value: float, _: Readings) -> str:
        change = round(100 * value)
        if change == 0:
            return f"{subject} stayed the same at the last renewal"
        verb = "grew" if change > 0 else "shrank"
        return f"{subject} {verb} by {abs(change)}% at the last renewal"

    return phrase


def _last_active(role: str) -> _Phrase:
    def phrase(value: float, _: Readings) -> str:
        if round(value) == 0:
            return f"The {role} was active today"
        return f"The {role} was last active {_days(value)} ago"

    return phrase


def _seat_utilisation(value: float, readings: Readings) -> str:
    active, seats = known(readings, "mau"), known(readings, "seats")
    if active is None or seats is None:
        return f"{_percent(value)} of the seats used"
    return f"{active:.0f} of {_count(seats, 'seat', 'seats')} used"


def _activation(value: float, readings: Readings) -> str:
    activated, seen = known(readings, "activated_users"), known(readings, "users_seen")
    if activated is None or seen is None:
        return f"{_percent(value)} of the users have used a key feature"
    return f"{activated:.0f} of {_count(seen, 'user', 'users')} have used a key feature"


def _idle(value: float, _: Readings) -> str:
    return f"No activity for {_days(value)}" if round(value) else "Active today"


def _champion(value: float, _: Readings) -> str:
    if value:
        return "The most active user has been quiet for two weeks or more"
    return "The most active user is still active"


def _frequency(value: float, _: Readings) -> str:
    if not value:
        return "No key feature was used in four weeks"
    return f"Key features are used {_decimal(value)} times a week"


def _days_until(value: float, _: Readings) -> str:
    if value < 0:
        return f"The renewal is {_days(-value)} overdue"
    return f"The renewal is in {_days(value)}" if round(value) else "The renewal is today"


def _nps(value: float, _: Readings) -> str:
    kind = "promoter" if value >= 9 else "passive" if value >= 7 else "detractor"
    return f"The latest NPS answer is {_decimal(value)} of 10 ({kind})"


def _renewals(value: float, _: Readings) -> str:
    if round(value) == 0:
        return "Has not renewed yet"
    return f"Has renewed {_count(value, 'time', 'times')}"


def _share(rest: str) -> _Phrase:
    return lambda value, _: f"{_percent(value)} {rest}"


def _mean(before: str, after: str) -> _Phrase:
    return lambda value, _: f"{before} {_decimal(value)} {after}"


def _incidents(value: float, _: Readings) -> str:
    if not value:
        return "None of our incidents hit them in four weeks"
    return f"Our incidents hit them for {_count(max(1.0, value), 'minute', 'minutes')} in four weeks"


_PHRASES: Final[Mapping[str, _Phrase]] = {
    "seats": _had("seat", "seats", "in the contracts in force"),
    "users_seen": _had("user", "users", "seen so far"),
    "activated_users": _had("user", "users", "have used a key feature"),
    "activation_rate": _activation,
    "dau": _had("user", "users", "active on the last day"),
    "wau": _had("user", "users", "active in the last 7 days"),
    "mau": _had("user", "users", "active in the last 28 days"),
    "seat_utilisation": _seat_utilisation,
    "stickiness": _share("of the monthly users are active on a given day"),
    "new_users": _had("new user", "new users", "in the last 28 days"),
    "returning_users": _had("user", "users", "came back after four silent weeks"),
    "dormant_users": _had("user", "users", "of the four weeks before went silent"),
    "user_retention": _share("of the users of the four weeks before are still active"),
    "days_since_decision_maker": _last_active("decision maker"),
    "days_since_manager": _last_active("manager"),
    "champion_silent": _champion,
    "concentration": _share("of the use comes from one user"),
    "logins_per_active_user": _mean("An active user logs in", "times in four weeks"),
    "active_days_per_active_user": _mean("An active user is there on", "of 28 days"),
    "minutes_per_active_user": _mean("An active user spends", "minutes in four weeks"),
    "days_since_last_activity": _idle,
    "key_feature_breadth": _share("of the key features were used in four weeks"),
    "key_feature_frequency": _frequency,
    "north_star_count": _mean("The North Star count is", "in four weeks"),
    "north_star_trend": _trend("The North Star"),
    "usage_trend": _trend("Use"),
    "regularity": _share("of the working days of four weeks had some use"),
    "active_weeks": _share("of the last 12 weeks had some use"),
    "mrr": lambda value, _: f"MRR is {_money(value)}",
    "arr": lambda value, _: f"ARR is {_money(value)}",
    "days_to_renewal": _days_until,
    "tenure_days": lambda value, _: f"A customer for {_days(value)}",
    "renewals_so_far": _renewals,
    "seats_change": _change("Seats"),
    "revenue_change": _change("Revenue"),
    "north_star_vs_target": _share("of the customer's own target was reached in four weeks"),
    "nps_latest": _nps,
    "nps_mean": _mean("The mean NPS answer of a year is", "of 10"),
    "nps_responses": _had("NPS answer", "NPS answers", "in a year"),
    "csat_mean": _mean("Mean satisfaction of a year is", "of 5"),
    "open_tickets": _counted("ticket", "tickets", "open"),
    "severe_open_tickets": _counted("severe ticket", "severe tickets", "open"),
    "complaints": _had("complaint", "complaints", "open or made in the last 90 days"),
    "time_to_resolve_hours": _mean("A ticket takes", "hours to solve"),
    "invoices_overdue": _counted("invoice", "invoices", "overdue"),
    "promises_overdue": _counted("promise", "promises", "overdue"),
    "blocking_requests": _counted("request that blocks use", "requests that block use", "unfinished"),
    "incident_minutes": _incidents,
}
