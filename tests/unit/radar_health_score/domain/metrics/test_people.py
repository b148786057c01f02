"""Where the people of an account stand, in line with the metrics that count them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from radar_health_score.domain.metrics.people import busiest, champion, life_of, lives, roles, shares
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.metrics.users import concentration, dormant_users, mau, new_users
from radar_health_score.domain.metrics.windows import prepare, tally
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from tests.support.account_histories import NOW, accounts, ago
from tests.support.reference_facts import Use, facts_from

RULES = WorkspaceSettings()


def person(*days_ago):
    """The one person of an account that was there so many days before the last day that counts."""
    return facts_from([Use(at=ago(back + 1, 9)) for back in days_ago], NOW).people[0]


@pytest.mark.parametrize(
    ("days_ago", "life"),
    [
        ((0,), "new"), ((27,), "new"), ((28, 27), "active"), ((300, 0), "active"),
        ((28,), "dormant"), ((55,), "dormant"), ((200, 30), "dormant"), ((56,), "lost"), ((300,), "lost"),
    ],
)  # fmt: skip
def test_a_user_is_new_then_active_and_when_silent_dormant_then_lost(days_ago, life):
    assert life_of(person(*days_ago), (NOW - timedelta(days=1)).date(), NOW) == life


def test_who_has_left_is_lost_and_who_never_came_is_none_of_all_that():
    through = (NOW - timedelta(days=1)).date()
    assert life_of(replace(person(0), left_at=ago(1)), through, NOW) == "lost"
    assert life_of(replace(person(0), left_at=ago(-1)), through, NOW) == life_of(person(0), through, NOW)
    (invited,) = facts_from([], NOW, roles={"ann": "manager"}).people
    assert life_of(invited, through, NOW) is None


@given(accounts())
def test_lives_add_up_with_the_metrics(facts):
    counted, view = lives(facts), prepare(facts, RULES)
    assert sum(counted.values()) == len(facts.people)
    for metric, lived in (
        (new_users, counted["new"]),
        (dormant_users, counted["dormant"]),
        (mau, counted["new"] + counted["active"]),
    ):
        assert metric(view) == lived or isinstance(metric(view), Missing)


@given(accounts())
def test_the_busiest_user_has_the_share_that_the_metric_tells(facts):
    view = prepare(facts, RULES)
    top, whole = busiest(view), concentration(view)
    if isinstance(whole, Missing):
        assert top is None
    else:
        assert top is not None
        parts = shares(tally(view.current.days))
        assert parts[top.number] == pytest.approx(whole)
        assert sum(parts.values()) == pytest.approx(1)


def test_the_champion_is_the_most_active_of_ninety_days():
    uses = [Use(at=ago(60), user="ann")] * 3 + [Use(at=ago(2), user="bob")] * 2
    most = champion(facts_from(uses, NOW))
    assert most is not None
    assert most.user_id == "ann"
    assert champion(facts_from([Use(at=ago(120))], NOW)) is None


def test_roles_are_counted_without_those_who_left():
    uses = [Use(at=ago(40), user="ann"), Use(at=ago(3), user="bob"), Use(at=ago(2), user="cem")]
    facts = facts_from(uses, NOW, roles={"ann": "manager", "bob": "manager", "dee": "decision_maker"})
    found = roles(facts)
    assert (found["manager"].people, found["manager"].active) == (2, 1)
    assert found["manager"].last_day == ago(3).date()
    assert (found["decision_maker"].people, found["decision_maker"].last_day) == (1, None)
    assert found[None].people == 1
    gone = replace(facts, people=tuple(replace(one, left_at=ago(1)) for one in facts.people))
    assert roles(gone) == {}
