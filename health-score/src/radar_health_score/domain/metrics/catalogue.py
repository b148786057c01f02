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
    signals,
    surveys,
    user_lifecycle,
    users,
    year,
)
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
    ("users", users.seats, "seats", "neutral", "Seats in the contracts in force"),
    ("users", users.users_seen, "users", "higher", "People with any use ever"),
    ("users", users.activated_users, "users", "higher", "People who have used a key feature"),
    ("users", users.activation_rate, "share", "higher", "Activated users / users seen"),
    ("users", users.dau, "users", "higher", "Users active on the last day"),
    ("users", users.wau, "users", "higher", "Users active in the last 7 days"),
    ("users", users.mau, "users", "higher", "Users active in the last 28 days"),
    ("users", users.seat_utilisation, "share", "higher", "MAU / seats"),
    ("users", users.stickiness, "share", "higher", "Mean DAU / MAU over 28 days"),
    ("users", users.new_users, "users", "higher", "People first seen in the last 28 days"),
    ("users", users.returning_users, "users", "higher", "People back after a silent window"),
    ("users", users.dormant_users, "users", "lower", "Users of the window before, silent in this one"),
    (
        "users",
        user_lifecycle.established_users,
        "users",
        "higher",
        "Active users first seen before the window",
    ),
    ("users", user_lifecycle.lost_users, "users", "lower", "Users silent for two windows or longer"),
    ("users", user_lifecycle.users_half_year, "users", "higher", "Users active in the last 182 days"),
    ("users", user_lifecycle.users_year, "users", "higher", "Users active in the last 364 days"),
    ("users", user_lifecycle.mau_of_half_year, "share", "higher", "MAU / users of the last 182 days"),
    ("users", users.user_retention, "share", "higher", "Users of the window before still active"),
    ("users", roles.days_since_decision_maker, "days", "lower", "Days since a decision maker was active"),
    ("users", roles.days_since_manager, "days", "lower", "Days since a manager was active"),
    ("users", roles.days_since_executor, "days", "lower", "Days since an executor was active"),
    ("users", roles.active_decision_makers, "users", "higher", "Decision makers active in the last 28 days"),
    ("users", roles.active_managers, "users", "higher", "Managers active in the last 28 days"),
    ("users", roles.active_executors, "users", "higher", "Executors active in the last 28 days"),
    ("users", users.champion_silent, "yes or no", "lower", "The most active user has been quiet for 14 days"),
    ("users", users.concentration, "share", "lower", "Share of use by the most active user"),
    ("users", roles.one_person_dependency, "yes or no", "lower", "One user makes 75% of the use"),
    ("behaviour", behaviour.logins_per_active_user, "logins", "higher", "Logins / MAU in 28 days"),
    ("behaviour", behaviour.active_days_per_active_user, "days", "higher", "Active days of an active user"),
    ("behaviour", behaviour.minutes_per_active_user, "minutes", "higher", "Minutes / MAU in 28 days"),
    ("behaviour", behaviour.days_since_last_activity, "days", "lower", "Days since anyone used the product"),
    ("behaviour", behaviour.key_feature_breadth, "share", "higher", "Key features used in 28 days / all"),
    ("behaviour", behaviour.key_feature_frequency, "uses per week", "higher", "Uses of key features a week"),
    ("behaviour", behaviour.north_star_count, "uses", "higher", "North Star count of 28 days"),
    ("behaviour", behaviour.north_star_trend, "log ratio", "higher", "North Star against the window before"),
    ("behaviour", behaviour.usage_trend, "log ratio", "higher", "Use against the window before"),
    ("behaviour", behaviour.regularity, "share", "higher", "Share of working days with use"),
    ("behaviour", behaviour.active_weeks, "share", "higher", "Share of 12 weeks with use within a week"),
    ("behaviour", year.usage_trend_quarter, "log ratio", "higher", "Use against the quarter before"),
    ("behaviour", year.active_days_half_year, "days", "higher", "Days with use among the last 182"),
    ("behaviour", year.active_days_year, "days", "higher", "Days with use among the last 364"),
    (
        "behaviour",
        year.active_days_per_week,
        "days per week",
        "higher",
        "Days with use a week, of half a year",
    ),
    ("behaviour", year.active_windows, "share", "higher", "Share of a year with use within four weeks"),
    ("behaviour", year.silence_vs_habit, "usual gaps", "lower", "The present silence in usual gaps"),
    ("behaviour", rfm.rfm_recency, "points", "higher", "RFM: how recently, 1 to 5"),
    ("behaviour", rfm.rfm_frequency, "points", "higher", "RFM: how often in a year, 1 to 5"),
    ("behaviour", rfm.rfm_monetary, "points", "higher", "RFM: how much revenue, 1 to 5"),
    ("behaviour", rfm.rfm, "points", "higher", "RFM: recency, frequency and revenue, 3 to 15"),
    ("outcomes", outcomes.mrr, "money per month", "neutral", "Monthly recurring revenue"),
    ("outcomes", outcomes.arr, "money per year", "neutral", "Annual recurring revenue, 12 x MRR"),
    ("outcomes", outcomes.days_to_renewal, "days", "neutral", "Days to the nearest renewal"),
    ("outcomes", outcomes.tenure_days, "days", "higher", "Days since the first contract began"),
    ("outcomes", outcomes.renewals_so_far, "renewals", "higher", "Terms that ended in a renewal"),
    ("outcomes", outcomes.seats_change, "share", "higher", "Seats against the term before"),
    ("outcomes", outcomes.revenue_change, "share", "higher", "MRR against the term before"),
    ("outcomes", agreements.seats_gained, "seats", "higher", "Seats more or fewer than in the term before"),
    (
        "outcomes",
        agreements.revenue_gained,
        "money per month",
        "higher",
        "MRR more or less than in the term before",
    ),
    ("outcomes", agreements.contractions_so_far, "terms", "lower", "Terms renewed with less"),
    ("outcomes", agreements.terms_lost, "terms", "lower", "Terms that ended without a renewal"),
    ("outcomes", agreements.terms_lost_to_competitor, "terms", "lower", "Terms lost to a competitor"),
    ("outcomes", agreements.milestones_reached, "milestones", "higher", "Milestones reached"),
    ("outcomes", outcomes.north_star_vs_target, "share", "higher", "North Star / the customer's target"),
    ("outcomes", surveys.nps_latest, "points", "higher", "Latest NPS answer, 0 to 10"),
    ("outcomes", surveys.nps_mean, "points", "higher", "Mean NPS answer of a year, 0 to 10"),
    ("outcomes", surveys.nps_responses, "answers", "higher", "NPS answers of a year"),
    ("outcomes", surveys.nps_change, "points", "higher", "Mean NPS answer against the half-year before"),
    ("outcomes", surveys.csat_latest, "points", "higher", "Latest satisfaction, 1 to 5"),
    ("outcomes", surveys.csat_responses, "answers", "higher", "Satisfaction answers of a year"),
    ("outcomes", surveys.csat_mean, "points", "higher", "Mean satisfaction of a year, 1 to 5"),
    ("outcomes", signals.tickets_opened, "tickets", "neutral", "Tickets opened in 90 days"),
    ("outcomes", signals.open_tickets, "tickets", "lower", "Tickets not solved"),
    ("outcomes", signals.severe_open_tickets, "tickets", "lower", "High or critical tickets not solved"),
    ("outcomes", signals.complaints, "tickets", "lower", "Complaints open or made in 90 days"),
    ("outcomes", signals.time_to_resolve_hours, "hours", "lower", "Median time to solve a ticket"),
    ("outcomes", outcomes.invoices_overdue, "invoices", "lower", "Invoices past due and unpaid"),
    (
        "outcomes",
        agreements.longest_overdue_days,
        "days",
        "lower",
        "Days the oldest unpaid invoice is overdue",
    ),
    ("outcomes", agreements.promises_kept, "share", "higher", "Promises kept of those that came due"),
    ("outcomes", outcomes.promises_overdue, "promises", "lower", "Promises past due and not kept"),
    ("outcomes", signals.open_requests, "requests", "lower", "Requests not finished"),
    ("outcomes", signals.blocking_requests, "requests", "lower", "Requests that block use, not finished"),
    ("outcomes", signals.incidents, "incidents", "lower", "Incidents of ours in 28 days"),
    ("outcomes", signals.incident_minutes, "minutes", "lower", "Minutes of our incidents in 28 days"),
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


def measure(facts: AccountFacts, rules: WorkspaceRules) -> Readings:
    """Return every metric of the catalogue by name: a float, or Missing with its reason."""
    view = prepare(facts, rules)
    return {name: _read(metric, view) for name, metric in CATALOGUE.items()}


def _read(metric: Metric, view: AccountView) -> Reading:
    reading = metric.function(view)
    return reading if isinstance(reading, Missing) else float(reading)
