"""Counting who is long gone changes no metric."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from radar_health_score.domain.account.facts import AccountFacts, Contract, DayUse, FeatureUse, Person
from radar_health_score.domain.account.inactive_users import inactive_users
from radar_health_score.domain.account.year_use import YEAR_DAYS
from radar_health_score.domain.forecast.contract_view import ContractView
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.metrics.people import lives
from radar_health_score.domain.scoring.lifecycle import stage_of
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings

AS_OF = datetime(2026, 6, 2, tzinfo=UTC)
THROUGH = date(2026, 6, 1)
RULES = WorkspaceSettings()


@st.composite
def persons(draw: st.DrawFn, number: int) -> Person:
    last = draw(st.one_of(st.none(), st.integers(0, 900)))
    first = None if last is None else last + draw(st.integers(0, 300))
    activated = None if first is None or draw(st.booleans()) else draw(st.integers(last or 0, first))
    return Person(
        number=number,
        user_id=f"u{number}",
        role=draw(st.sampled_from([None, "decision_maker", "manager", "executor"])),
        first_day=ago(first),
        activated_day=ago(activated),
        last_day=ago(last),
        left_at=draw(st.sampled_from([None, None, AS_OF - timedelta(days=3)])),
    )


def ago(days: int | None) -> date | None:
    return None if days is None else THROUGH - timedelta(days=days)


@st.composite
def everybody(draw: st.DrawFn) -> AccountFacts:
    people = [draw(persons(number)) for number in range(draw(st.integers(0, 12)))]
    return facts_of(tuple(people))


def facts_of(people: tuple[Person, ...]) -> AccountFacts:
    days: dict[date, list[Person]] = {}
    for one in people:
        if one.last_day is not None and one.last_day > THROUGH - timedelta(days=90):
            days.setdefault(one.last_day, []).append(one)
    usage = []
    for day in sorted(days):
        numbers = BitMap(one.number for one in days[day])
        use = FeatureUse(uses=len(numbers), seconds=0.0, users=numbers)
        usage.append(
            DayUse(day=day, features={"report": use}, users=numbers, uses_by_user=dict.fromkeys(numbers, 1))
        )
    first = min((one.first_day for one in people if one.first_day), default=None)
    last = max((one.last_day for one in people if one.last_day), default=None)
    return AccountFacts(
        account_id="acme",
        as_of=AS_OF,
        through=THROUGH,
        usage=tuple(usage),
        people=people,
        first_event_at=None if first is None else midnight(first),
        last_event_at=None if last is None else midnight(last),
    )


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def counted(facts: AccountFacts) -> AccountFacts:
    known = inactive_users(facts.people, facts.through.toordinal())
    recent = [one for one in facts.people if one.number not in known.numbers]
    return replace(facts, people=(*recent, *known.listed), inactive=known.inactive)


@given(everybody())
@settings(max_examples=300, deadline=None)
def test_no_metric_tells_the_difference(facts: AccountFacts) -> None:
    brief = counted(facts)
    assert measure(brief, RULES) == measure(facts, RULES)
    assert +lives(brief) == +lives(facts)
    assert stage_of(brief, RULES) == stage_of(facts, RULES)


@given(everybody())
@settings(max_examples=200, deadline=None)
def test_nor_does_the_model(facts: AccountFacts) -> None:
    def look(of: AccountFacts) -> ContractView:
        return ContractView.at(of, measure(of, RULES), Contract(contract_id="c"), THROUGH)

    whole, brief = look(facts), look(counted(facts))
    assert list(brief.last_seen) == list(whole.last_seen)
    assert list(brief.first_seen) == list(whole.first_seen)
    assert np.allclose(brief.faded_people, whole.faded_people)


def test_however_many_are_gone_few_are_listed() -> None:
    people = tuple(
        Person(
            number=number,
            user_id=f"u{number}",
            role="executor",
            first_day=ago(900),
            activated_day=ago(890),
            last_day=ago(YEAR_DAYS + number % 400),
        )
        for number in range(1_000)
    )
    brief = counted(facts_of(people))
    assert len(brief.people) == 1
    assert (brief.inactive.present, brief.inactive.activated) == (999, 999)
