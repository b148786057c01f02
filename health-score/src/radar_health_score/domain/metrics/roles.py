"""Roles inside the customer: a decision maker going quiet is a signal of its own, and so is leaning on one person."""

from pyroaring import BitMap

from radar_health_score.domain.account.facts import Person
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.metrics.users import champions, concentration, seats
from radar_health_score.domain.metrics.windows import AccountView, needs_users
from radar_vocabulary.contracts.scalars import Role

ONE_PERSON_SHARE = 0.75
SPONSOR_WEEKS = 12
REGULAR_FROM_WEEKS = 4
NO_SPONSOR = Missing("no decision maker or champion was regularly active")

_UNKNOWN: dict[Role, Missing] = {
    "decision_maker": Missing("no decision maker is known"),
    "manager": Missing("no manager is known"),
    "executor": Missing("no executor is known"),
}
_NEVER_ACTIVE: dict[Role, Missing] = {
    "decision_maker": Missing("no decision maker has ever been active"),
    "manager": Missing("no manager has ever been active"),
    "executor": Missing("no executor has ever been active"),
}


def days_since_decision_maker(view: AccountView) -> Reading:
    """Days since any decision maker was last active. Unit: days, lower.

    Source: user_updated, login, feature_used, session_ended.
    """
    return _days_since(view, "decision_maker")


@needs_users
def sponsor_quiet_days(view: AccountView) -> Reading:
    """Days since the decision makers or the champion were last active, the longer of the two. Unit: days, lower.

    Only those count who were regular: active in at least 4 of the last 12 weeks. Of several decision makers, the one
    who was active last counts. The champion is the most active user of the last 90 days. Missing if none was regular,
    also after a silence of more than about 8 weeks.

    Source: user_updated, login, feature_used, session_ended.
    """
    deciders = BitMap([person.number for person in _present(view, "decision_maker")])
    quiet = [_quiet_days(view, people) for people in (deciders, champions(view))]
    longest = max((days for days in quiet if days is not None), default=None)
    return NO_SPONSOR if longest is None else longest


def days_since_manager(view: AccountView) -> Reading:
    """Days since any manager was last active. Unit: days, lower.

    Source: user_updated, login, feature_used, session_ended.
    """
    return _days_since(view, "manager")


def days_since_executor(view: AccountView) -> Reading:
    """Days since any executor (end user) was last active. Unit: days, lower.

    Source: user_updated, login, feature_used, session_ended.
    """
    return _days_since(view, "executor")


def active_decision_makers(view: AccountView) -> Reading:
    """Decision makers active in the window. Unit: users, higher.

    Source: user_updated, login, feature_used, session_ended.
    """
    return _active(view, "decision_maker")


def active_managers(view: AccountView) -> Reading:
    """Managers active in the window. Unit: users, higher.

    Source: user_updated, login, feature_used, session_ended.
    """
    return _active(view, "manager")


def active_executors(view: AccountView) -> Reading:
    """Executors (end users) active in the window. Unit: users, higher.

    Source: user_updated, login, feature_used, session_ended.
    """
    return _active(view, "executor")


def one_person_dependency(view: AccountView) -> Reading:
    """1 if one user made at least 75% of the window's records (see concentration), else 0. Unit: yes or no, lower.

    Missing if only one seat was bought: no other user is expected.

    Source: login, feature_used, session_ended, contract_updated, contract_closed.
    """
    share = concentration(view)
    if isinstance(share, Missing):
        return share
    return Missing("the contract has a single seat") if seats(view) == 1 else float(share >= ONE_PERSON_SHARE)


def _present(view: AccountView, role: Role) -> list[Person]:
    as_of = view.facts.as_of
    return [person for person in view.facts.people if person.role == role and not person.has_left(as_of)]


def _active(view: AccountView, role: Role) -> Reading:
    known = _present(view, role)
    if not known:
        return _UNKNOWN[role]
    return sum(1 for person in known if person.number in view.current.users)


def _quiet_days(view: AccountView, people: BitMap) -> int | None:
    """Return the days since the last of those of ``people`` who were regular was active."""
    weeks: dict[int, set[int]] = {}
    quiet: dict[int, int] = {}
    for day in view.last_days(7 * SPONSOR_WEEKS):
        back = (view.facts.through - day.day).days
        for number in day.users & people:
            weeks.setdefault(number, set()).add(back // 7)
            quiet[number] = back
    regular = [number for number, active in weeks.items() if len(active) >= REGULAR_FROM_WEEKS]
    return min((quiet[number] for number in regular), default=None)


def _days_since(view: AccountView, role: Role) -> Reading:
    known = _present(view, role)
    if not known:
        return _UNKNOWN[role]
    # Someone who never signed in (many who sign contracts don't) hasn't gone quiet.
    active = [person.last_day for person in known if person.last_day]
    if not active:
        return _NEVER_ACTIVE[role]
    return max(0, (view.facts.through - max(active)).days)
