"""The causes that metrics are grouped under, so that those which move together are told as one."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from radar_vocabulary.contracts.scalars import Cause

_METRICS: Final[Mapping[Cause, str]] = {
    "use_fading": (
        "dau wau stickiness logins_per_active_user active_days_per_active_user minutes_per_active_user "
        "days_since_last_activity active_days_14d key_feature_frequency north_star_count north_star_trend usage_trend "
        "regularity active_weeks active_days_half_year active_days_year active_days_per_week active_windows "
        "usual_gap_days silence_vs_habit usage_trend_quarter rfm_recency rfm_frequency rfm"
    ),
    "people_leaving": (
        "users_seen new_users returning_users dormant_users user_retention established_users lost_users "
        "users_half_year users_year mau_of_half_year days_since_executor active_executors"
    ),
    "sponsor_quiet": (
        "champion_silent sponsor_quiet_days days_since_decision_maker days_since_manager active_decision_makers "
        "active_managers"
    ),
    "not_adopted": (
        "activated_users activation_rate mau seats seat_utilisation concentration one_person_dependency "
        "key_feature_breadth"
    ),
    "support_trouble": (
        "csat_latest csat_mean csat_responses open_tickets severe_open_tickets complaints open_complaints "
        "time_to_resolve_hours tickets_opened incidents incidents_14d incident_minutes"
    ),
    "money": (
        "mrr arr days_to_renewal tenure_days renewals_so_far seats_change revenue_change invoices_overdue seats_gained "
        "revenue_gained terms_lost terms_lost_to_competitor contractions_so_far longest_overdue_days rfm_monetary"
    ),
    "outcome_missed": (
        "north_star_vs_target milestones_reached nps_latest nps_mean nps_responses nps_change"
    ),
    "promises": "promises_overdue promises_kept open_requests blocking_requests",
}
CAUSE_OF: Final[Mapping[str, Cause]] = MappingProxyType(
    {metric: cause for cause, metrics in _METRICS.items() for metric in metrics.split()}
)
