"""Who is who inside the customer, by role, the ones seen last first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from radar.console.texts import text
from radar.console.words import ROLES, ago
from radar_vocabulary.answers.people import PeoplePage, UserLine

SHOWN: Final = 5
QUIET_DAYS: Final = 14


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person in the list. ``quiet`` means: not seen for a fortnight, or never."""

    name: str
    last_seen: str
    last_active_on: date | None
    quiet: bool


@dataclass(frozen=True, kw_only=True)
class RoleGroup:
    """The people of a role; ``more`` are not shown one by one."""

    title: str
    count: int
    active: int
    people: tuple[Person, ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class PeopleList:
    """Everybody who hasn't left; ``whole`` is False where the service knows more people than these.

    ``findings`` say who has gone quiet, or does it all.
    """

    groups: tuple[RoleGroup, ...]
    whole: bool
    findings: tuple[str, ...]


def people_list(page: PeoplePage, today: date) -> PeopleList:
    """Return what a page of users says."""
    return PeopleList(
        groups=_by_role(page.items, today),
        whole=page.next_cursor is None,
        findings=tuple(one.text for one in page.people.findings),
    )


def _by_role(answers: Iterable[UserLine], today: date) -> tuple[RoleGroup, ...]:
    """Return a group for each role anyone has; people without a known role come last."""
    people = [one for one in answers if one.left_at is None]
    named = [(role, title) for role, title in ROLES.items()]
    groups = [_group(title, [one for one in people if one.role == role], today) for role, title in named]
    others = [one for one in people if one.role not in ROLES]
    groups.append(_group(text("Role unknown"), others, today))
    return tuple(group for group in groups if group.count)


def _group(title: str, people: list[UserLine], today: date) -> RoleGroup:
    ordered = sorted(people, key=lambda one: (-(one.last_active_on or date.min).toordinal(), one.user_id))
    shown = tuple(_person(one, today) for one in ordered[:SHOWN])
    active = sum(1 for one in people if not _person(one, today).quiet)
    return RoleGroup(
        title=title, count=len(people), active=active, people=shown, more=len(people) - len(shown)
    )


def _person(one: UserLine, today: date) -> Person:
    last = one.last_active_on
    return Person(
        name=one.name or one.user_id,
        last_seen=ago(last, today),
        last_active_on=last,
        quiet=last is None or (today - last).days >= QUIET_DAYS,
    )
