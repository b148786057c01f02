"""Roles inside the customer, the lifecycle of its users, and whether it all hangs on one of them."""

from dataclasses import replace

import pytest
from hypothesis import given

from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from tests.support.account_histories import CONTRACT, NOW, ago, histories
from tests.support.reference_facts import Use, facts_from


def by(user, *days):
    return [Use(at=ago(day), user=user) for day in days]


def read(name, records, **known):
    return measure(facts_from(records, NOW, **known), WorkspaceSettings())[name]


def test_each_role_has_its_own_silence_and_its_own_active_users():
    roles = {"ann": "executor", "bob": "executor", "cem": "manager", "dee": "decision_maker"}
    records = by("ann", 1, 40) + by("bob", 5) + by("cem", 40)
    assert read("days_since_executor", records, roles=roles) == 0
    assert read("active_executors", records, roles=roles) == 2
    assert read("days_since_manager", records, roles=roles) == 39
    assert read("active_managers", records, roles=roles) == 0
    assert read("active_decision_makers", records, roles=roles) == 0


def test_a_role_that_nobody_has_is_missing():
    assert read("active_managers", by("ann", 1)) == Missing("no manager is known")


@pytest.mark.parametrize(("others", "dependent"), [(1, 1.0), (2, 0.0)])
def test_three_quarters_by_one_person_is_a_dependency(others, dependent):
    records = by("ann", 1, 2, 3) + by("bob", *range(1, others + 1))
    assert read("one_person_dependency", records) == dependent


def test_whoever_bought_a_single_seat_depends_on_one_person_by_intent():
    single = (replace(CONTRACT, seats=1),)
    assert isinstance(read("one_person_dependency", by("ann", 1), contracts=single), Missing)
    assert read("one_person_dependency", by("ann", 1), contracts=(CONTRACT,)) == 1


@given(histories)
def test_everyone_is_new_established_dormant_or_lost(records):
    facts = facts_from(records, NOW)
    readings = measure(facts, WorkspaceSettings())
    lives = [readings[name] for name in ("new_users", "established_users", "dormant_users", "lost_users")]
    if not any(isinstance(count, Missing) for count in lives):
        assert sum(lives) == sum(1 for person in facts.people if person.first_day)


def test_who_is_still_there_of_those_of_half_a_year():
    records = by("ann", 1) + by("bob", 100) + by("cem", 182) + by("dee", 183)
    assert read("users_half_year", records) == 3
    assert read("users_year", records) == 4
    assert read("mau_of_half_year", records) == pytest.approx(1 / 3)


def test_champions_with_equal_shares_are_silent_when_all_are():
    assert read("champion_silent", by("ann", 20) + by("bob", 1)) == 0
    assert read("champion_silent", by("ann", 20) + by("bob", 30)) == 1
