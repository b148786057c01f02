"""Roles inside the customer: a decision maker going quiet is a signal of its own."""

from radar_chassis.contracts.scalars import Role
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.metrics.windows import AccountView

_WORDS: dict[Role, str] = {
    "decision_maker": "decision maker",
    "manager": "manager",
    "executor": "executor",
}


def days_since_decision_maker(view: AccountView) -> Reading:
    """Days since the decision maker seen last was active. Unit: days.

    Source: user_updated, login, feature_used, session_ended.
    """
    return _days_since(view, "decision_maker")


def days_since_manager(view: AccountView) -> Reading:
    """Days since the manager seen last was active. Unit: days.

    Source: user_updated, login, feature_used, session_ended.
    """
    return _days_since(view, "manager")


def _days_since(view: AccountView, role: Role) -> Reading:
    known = [person for person in view.facts.people if person.role == role and not person.left_at]
    if not known:
        return Missing(f"no {_WORDS[role]} is known")
    # Someone who never signed in (many who sign contracts don't) hasn't gone quiet.
    active = [person.last_day for person in known if person.last_day]
    if not active:
        return Missing(f"no {_WORDS[role]} has ever been active")
    return max(0, (view.facts.through - max(active)).days)
