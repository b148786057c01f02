"""The catalogue: every metric there is, in one table. Online scoring, replay and training all read it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.metrics import (
    agreements,
    behaviour,
    outcomes,
    rfm,
    roles,
    support,
    surveys,
    user_lifecycle,
    users,
    year,
)
from radar_health_score.domain.metrics.contracts_held import PAUSED, is_on_pause
from radar_health_score.domain.metrics.definition import definition_of
from radar_health_score.domain.metrics.reading import Missing, Reading, Readings
from radar_health_score.domain.metrics.windows import AccountView, prepare
from radar_health_score.domain.workspace.rules import WorkspaceRules
from radar_vocabulary.contracts.scalars import Dimension

Direction = Literal["higher", "lower", "neutral"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A metric: ``direction`` says which way is healthier (neutral: neither).

    ``formula``, ``note`` and ``source`` (event types) are those of the function's own docstring.
    """

    name: str
    dimension: Dimension
    unit: str
    direction: Direction
    description: str
    formula: str
    note: str
    source: tuple[str, ...]
    function: Callable[[AccountView], Reading]


_ROWS: Final[tuple[tuple[Dimension, Callable[[AccountView], Reading], str, Direction, str], ...]] = (
    ("users", users.seats, "seats", "neutral", "Seats under contract"),
    ("users", users.users_seen, "users", "higher", "Users with any use"),
    ("users", users.activated_users, "users", "higher", "Users who have used a key feature"),
    ("users", users.activation_rate, "share", "higher", "Activated users / users seen"),
    ("users", users.dau, "users", "higher", "Daily active users"),
    ("users", users.wau, "users", "higher", "Users active in the last 7 days"),
    ("users", users.mau, "users", "higher", "Users active in the last 28 days"),
    ("users", users.seat_utilisation, "share", "higher", "MAU / seats"),
    ("users", users.stickiness, "share", "higher", "Mean DAU / MAU over 28 days"),
    ("users", users.new_users, "users", "higher", "Users first seen in the last 28 days"),
    ("users", users.returning_users, "users", "higher", "Users returned after 28 inactive days"),
    ("users", users.dormant_users, "users", "lower", "Users of the previous 28 days, now inactive"),
    (
        "users",
        user_lifecycle.established_users,
        "users",
        "higher",
        "Active users first seen over 28 days ago",
    ),
    ("users", user_lifecycle.lost_users, "users", "lower", "Users who left or were inactive for 56 days"),
    ("users", user_lifecycle.users_half_year, "users", "higher", "Users active in the last 182 days"),
    ("users", user_lifecycle.users_year, "users", "higher", "Users active in the last 364 days"),
    ("users", user_lifecycle.mau_of_half_year, "share", "higher", "MAU / users of the last 182 days"),
    ("users", users.user_retention, "share", "higher", "Share of users of the previous 28 days still active"),
    ("users", roles.days_since_decision_maker, "days", "lower", "Days since a decision maker was active"),
    ("users", roles.days_since_manager, "days", "lower", "Days since a manager was active"),
    ("users", roles.days_since_executor, "days", "lower", "Days since an executor was active"),
    ("users", roles.active_decision_makers, "users", "higher", "Decision makers active in the last 28 days"),
    ("users", roles.active_managers, "users", "higher", "Managers active in the last 28 days"),
    ("users", roles.active_executors, "users", "higher", "Executors active in the last 28 days"),
    (
        "users",
        users.champion_silent,
        "yes or no",
        "lower",
        "The most active user has been inactive for 14 days",
    ),
    ("users", users.concentration, "share", "lower", "Share of usage by the most active user"),
    ("users", roles.one_person_dependency, "yes or no", "lower", "One user accounts for 75% of usage"),
    ("behaviour", behaviour.logins_per_active_user, "logins", "higher", "Logins / MAU in the last 28 days"),
    ("behaviour", behaviour.active_days_per_active_user, "days", "higher", "Active days per active user"),
    (
        "behaviour",
        behaviour.minutes_per_active_user,
        "minutes",
        "higher",
        "Minutes / MAU in the last 28 days",
    ),
    ("behaviour", behaviour.days_since_last_activity, "days", "lower", "Days since last activity"),
    (
        "behaviour",
        behaviour.key_feature_breadth,
        "share",
        "higher",
        "Key features used in the last 28 days / all key features",
    ),
    (
        "behaviour",
        behaviour.key_feature_frequency,
        "uses per week",
        "higher",
        "Uses of key features per week",
    ),
    ("behaviour", behaviour.north_star_count, "uses", "higher", "North Star count in the last 28 days"),
    (
        "behaviour",
        behaviour.north_star_trend,
        "log ratio",
        "higher",
        "North Star trend vs the previous 28 days",
    ),
    ("behaviour", behaviour.usage_trend, "log ratio", "higher", "Usage trend vs the previous 28 days"),
    ("behaviour", behaviour.regularity, "share", "higher", "Share of working days with use"),
    ("behaviour", behaviour.active_weeks, "share", "higher", "Share of the last 12 weeks with use"),
    ("behaviour", year.usage_trend_quarter, "log ratio", "higher", "Usage trend vs the previous 12 weeks"),
    ("behaviour", year.active_days_half_year, "days", "higher", "Days with use among the last 182"),
    ("behaviour", year.active_days_year, "days", "higher", "Days with use among the last 364"),
    (
        "behaviour",
        year.active_days_per_week,
        "days per week",
        "higher",
        "Days with use per week in the last 6 months",
    ),
    (
        "behaviour",
        year.active_windows,
        "share",
        "higher",
        "Share of days in the last year with use in the 4 weeks before",
    ),
    ("behaviour", year.silence_vs_habit, "usual gaps", "lower", "Time since last use / usual gap"),
    ("behaviour", rfm.rfm_recency, "points", "higher", "RFM: how recently, 1 to 5"),
    ("behaviour", rfm.rfm_frequency, "points", "higher", "RFM: how often in a year, 1 to 5"),
    ("behaviour", rfm.rfm_monetary, "points", "higher", "RFM: how much revenue, 1 to 5"),
    ("behaviour", rfm.rfm, "points", "higher", "RFM: recency, frequency and revenue, 3 to 15"),
    ("outcomes", outcomes.mrr, "money per month", "neutral", "Monthly recurring revenue"),
    ("outcomes", outcomes.arr, "money per year", "neutral", "Annual recurring revenue, 12 x MRR"),
    ("outcomes", outcomes.days_to_renewal, "days", "neutral", "Days to the nearest renewal"),
    ("outcomes", outcomes.tenure_days, "days", "higher", "Days since the first contract began"),
    ("outcomes", outcomes.renewals_so_far, "renewals", "higher", "Renewals so far"),
    ("outcomes", outcomes.seats_change, "share", "higher", "Seats vs the previous term, as a share"),
    ("outcomes", outcomes.revenue_change, "share", "higher", "MRR vs the previous term, as a share"),
    ("outcomes", agreements.seats_gained, "seats", "higher", "Seats vs the previous term"),
    (
        "outcomes",
        agreements.revenue_gained,
        "money per month",
        "higher",
        "MRR vs the previous term",
    ),
    ("outcomes", agreements.contractions_so_far, "terms", "lower", "Renewals at a lower value"),
    ("outcomes", agreements.terms_lost, "terms", "lower", "Terms that ended without a renewal"),
    ("outcomes", agreements.terms_lost_to_competitor, "terms", "lower", "Terms lost to a competitor"),
    ("outcomes", agreements.milestones_reached, "milestones", "higher", "Milestones reached"),
    ("outcomes", outcomes.north_star_vs_target, "share", "higher", "North Star / the customer's target"),
    ("outcomes", surveys.nps_latest, "points", "higher", "Latest NPS rating, 0 to 10"),
    ("outcomes", surveys.nps_mean, "points", "higher", "Mean NPS rating in the last year, 0 to 10"),
    ("outcomes", surveys.nps_responses, "answers", "higher", "NPS responses in the last year"),
    ("outcomes", surveys.nps_change, "points", "higher", "Mean NPS rating vs the previous 6 months"),
    ("outcomes", surveys.csat_latest, "points", "higher", "Latest CSAT rating, 1 to 5"),
    ("outcomes", surveys.csat_responses, "answers", "higher", "CSAT responses in the last year"),
    ("outcomes", surveys.csat_mean, "points", "higher", "Mean CSAT rating in the last year, 1 to 5"),
    ("outcomes", support.tickets_opened, "tickets", "neutral", "Tickets opened in the last 90 days"),
    ("outcomes", support.open_tickets, "tickets", "lower", "Open tickets"),
    (
        "outcomes",
        support.severe_open_tickets,
        "tickets",
        "lower",
        "Open tickets of high or critical severity",
    ),
    ("outcomes", support.complaints, "tickets", "lower", "Complaints open or received in the last 90 days"),
    ("outcomes", support.time_to_resolve_hours, "hours", "lower", "Median time to resolve a ticket"),
    ("outcomes", outcomes.invoices_overdue, "invoices", "lower", "Overdue unpaid invoices"),
    (
        "outcomes",
        agreements.longest_overdue_days,
        "days",
        "lower",
        "Days the oldest unpaid invoice is overdue",
    ),
    ("outcomes", agreements.promises_kept, "share", "higher", "Promises kept / promises due"),
    ("outcomes", outcomes.promises_overdue, "promises", "lower", "Overdue promises"),
    ("outcomes", support.open_requests, "requests", "lower", "Open requests"),
    ("outcomes", support.blocking_requests, "requests", "lower", "Open requests that block use"),
    ("outcomes", support.incidents, "incidents", "lower", "Our incidents in the last 28 days"),
    (
        "outcomes",
        support.incident_minutes,
        "minutes",
        "lower",
        "Minutes of our incidents in the last 28 days",
    ),
)

CATALOGUE: Final[Mapping[str, Metric]] = MappingProxyType(
    {
        function.__name__: Metric(
            name=function.__name__,
            dimension=dimension,
            unit=unit,
            direction=direction,
            description=description,
            formula=told.formula,
            note=told.note,
            source=told.source,
            function=function,
        )
        for dimension, function, unit, direction, description in _ROWS
        for told in (definition_of(function),)
    }
)


# What use, or the lack of it, tells: nothing in a pause.
_OF_USE: Final = frozenset(
    name
    for name, metric in CATALOGUE.items()
    if metric.dimension != "outcomes" or metric.function is outcomes.north_star_vs_target
) - {"seats"}


def measure(facts: AccountFacts, rules: WorkspaceRules) -> Readings:
    """Return every metric of the catalogue by name: a float, or Missing with its reason."""
    view = prepare(facts, rules)
    readings = {name: _read(metric, view) for name, metric in CATALOGUE.items()}
    if is_on_pause(view):
        readings |= dict.fromkeys(_OF_USE, PAUSED)
    return readings


def _read(metric: Metric, view: AccountView) -> Reading:
    reading = metric.function(view)
    return reading if isinstance(reading, Missing) else float(reading)
