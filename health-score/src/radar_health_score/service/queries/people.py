"""The people of one account: who they are, where each stands, and what that means for the renewal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from radar_health_score.domain.account.facts import AccountFacts, Person
from radar_health_score.domain.metrics.findings import findings
from radar_health_score.domain.metrics.people import champion, life_of, lives, roles, shares
from radar_health_score.domain.metrics.windows import prepare, tally
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.service.queries.query_context import QueryContext
from radar_health_score.service.queries.slices import sliced
from radar_vocabulary.answers.people import LifeCounts, PeoplePage, PeopleSummary, RoleLine, UserLine
from radar_vocabulary.contracts.scalars import Life, Role

_ROLES: Final[tuple[Role | None, ...]] = ("decision_maker", "manager", "executor", None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFilter:
    """Which people are wanted; empty: all of them."""

    roles: frozenset[Role] = frozenset()
    lives: frozenset[Life] = frozenset()

    def wants(self, line: UserLine) -> bool:
        """Return whether the person is among them."""
        return (not self.roles or line.role in self.roles) and (not self.lives or line.life in self.lives)


class PeopleQueries:
    """Answers about the people of one account."""

    def __init__(self, context: QueryContext) -> None:
        self._context = context

    def users(
        self,
        account_id: str,
        wanted: PersonFilter,
        *,
        as_of: datetime | date | None,
        limit: int,
        cursor: str | None,
    ) -> PeoplePage:
        """Return the account's people, those active last first.

        Raises:
            NotFound: no such account.
            InvalidRequest: a future moment, or a foreign cursor.
        """
        moment = self._context.moment(as_of)
        with self._context.account(account_id) as (connection, row):
            then = self._context.at(connection, moment)
            facts = then.facts(connection, row, moment)
            workspace = self._context.configurations.at(connection, moment).workspace
        page = sliced([line for line in _lines(facts, workspace) if wanted.wants(line)], limit, cursor)
        return PeoplePage(
            as_of=facts.as_of,
            items=page.items,
            people=summary_of(facts, workspace),
            next_cursor=page.next_cursor,
        )


def summary_of(facts: AccountFacts, workspace: WorkspaceSettings) -> PeopleSummary:
    """Return what there is to say about all people of an account."""
    counted, by_role = lives(facts), roles(facts)
    return PeopleSummary(
        lives=LifeCounts(
            new=counted["new"],
            active=counted["active"],
            dormant=counted["dormant"],
            lost=counted["lost"],
            never_active=counted[None],
        ),
        roles=tuple(
            RoleLine(
                role=role,
                people=by_role[role].people,
                active_28d=by_role[role].active,
                last_active_on=by_role[role].last_day,
            )
            for role in _ROLES
            if role in by_role
        ),
        findings=findings(facts, workspace),
    )


def _lines(facts: AccountFacts, workspace: WorkspaceSettings) -> Iterable[UserLine]:
    window = prepare(facts, workspace).current.days
    lately, long = shares(tally(window)), shares(tally(facts.usage))
    most = champion(facts)
    for person in _last_active_first(facts.people):
        number = person.number
        yield UserLine(
            user_id=person.user_id,
            name=person.name,
            role=person.role,
            life=life_of(person, facts.through, facts.as_of),
            champion=person is most,
            first_active_on=person.first_day,
            activated_on=person.activated_day,
            last_active_on=person.last_day,
            left_at=person.left_at,
            active_days_28d=sum(number in day.users for day in window),
            share_28d=lately.get(number, 0.0),
            share_90d=long.get(number, 0.0),
        )


def _last_active_first(people: Sequence[Person]) -> list[Person]:
    by_name = sorted(people, key=lambda person: person.user_id)
    return sorted(by_name, key=lambda person: person.last_day or date.min, reverse=True)
