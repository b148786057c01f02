"""Metrics of the users dimension, worked by hand. Now is the midnight before Monday, 1 June 2026."""

import pytest

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from tests.support.account_histories import CONTRACT, NOW, ago
from tests.support.reference_facts import Use, facts_from

RULES = WorkspaceSettings()


def read(name, records=(), **known):
    return measure(facts_from(records, NOW, **known), RULES)[name]


def on(days, user="ann", feature="report", count=1):
    """Records of one user, one on each of ``days`` days ago."""
    return [Use(at=ago(day), user=user, feature=feature, count=count) for day in days]


def test_seats_are_summed_over_the_contracts_in_force():
    other = Contract(contract_id="c2", starts_on=CONTRACT.starts_on, renews_on=CONTRACT.renews_on, seats=5)
    assert read("seats", contracts=(CONTRACT, other)) == 15


def test_seats_without_a_contract_are_missing_and_say_why():
    assert read("seats") == Missing("no contract is known")


def test_a_window_is_28_days_that_end_yesterday_at_midnight():
    records = on([1], "ann") + on([7], "bob") + on([8], "cem") + on([28], "dee") + on([29], "eve")
    assert read("dau", records) == 1
    assert read("wau", records) == 2
    assert read("mau", records) == 4
    assert read("users_seen", records) == 5


def test_an_account_that_never_reported_use_has_no_active_users_to_speak_of():
    assert read("mau") == Missing("no usage has ever been reported")


def test_an_account_that_went_silent_has_zero_active_users():
    assert read("mau", on([150])) == 0
    assert read("stickiness", on([150])) == 0
    assert read("user_retention", on([150])) == 0


def test_use_that_names_nobody_leaves_users_missing():
    assert read("mau", on([3], user=None)) == Missing("no usage event names a user")


def test_seat_utilisation_is_mau_over_seats():
    assert read("seat_utilisation", on([1], "ann") + on([2], "bob"), contracts=(CONTRACT,)) == 0.2


def test_stickiness_is_mean_dau_over_mau():
    # 14 + 7 user-days in 28 days: mean DAU 0.75; MAU 2.
    records = on(range(1, 15), "ann") + on(range(1, 8), "bob") + on([60], "ann")
    assert read("stickiness", records) == pytest.approx(0.75 / 2)


def test_stickiness_of_a_young_account_counts_only_the_days_it_has_existed():
    assert read("stickiness", on([1, 2, 3, 4], "ann")) == 1.0


def test_activation_is_the_first_use_of_a_key_feature():
    records = [*on([3], "ann"), Use(at=ago(2), user="bob")]
    assert read("activated_users", records) == 1
    assert read("activation_rate", records) == 0.5


def test_logins_alone_cannot_tell_who_is_activated():
    assert isinstance(read("activated_users", [Use(at=ago(2))]), Missing)


def test_new_returning_and_retained_users_make_up_the_active_ones():
    records = on([5, 40], "stayed") + on([5, 80], "back") + on([5], "new") + on([40], "gone")
    assert read("new_users", records) == 1
    assert read("returning_users", records) == 1
    assert read("dormant_users", records) == 1
    assert read("user_retention", records) == 0.5
    assert read("mau", records) == 3


def test_retention_is_missing_when_nobody_was_there_to_be_retained():
    assert read("user_retention", on([5])) == Missing("no user was active in the previous 28 days")


def test_days_since_the_decision_maker_looks_at_the_one_seen_last():
    records = on([42], "ann") + on([12], "bob") + on([1], "cem")
    roles = {"ann": "decision_maker", "bob": "decision_maker"}
    assert read("days_since_decision_maker", records, roles=roles) == 11
    assert read("days_since_manager", records, roles=roles) == Missing("no manager is known")


def test_a_decision_maker_who_never_signed_in_has_not_gone_quiet():
    reading = read("days_since_decision_maker", on([1]), roles={"boss": "decision_maker"})
    assert reading == Missing("no decision maker has ever been active")


def test_the_champion_is_silent_after_two_weeks():
    busy = on([15, 20, 25, 30], "ann") + on([2], "bob")
    assert read("champion_silent", busy) == 1
    assert read("champion_silent", busy + on([14], "ann")) == 0


def test_concentration_is_the_share_of_the_busiest_user():
    assert read("concentration", on([1, 2, 3], "ann") + on([1], "bob")) == 0.75
    assert isinstance(read("concentration", on([60])), Missing)
