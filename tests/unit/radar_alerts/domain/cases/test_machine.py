"""The case machine, told as lives of one account."""

from datetime import date, timedelta

import pytest
from msgspec import structs

from radar_alerts.domain.cases.acts import reopen
from radar_alerts.domain.cases.decision import Reason
from radar_alerts.domain.cases.machine import AccountCases
from radar_vocabulary.contracts.scalars import Owner
from tests.support.case_life import CaseLife
from tests.support.health import set_by_hand

AT_RISK, WELL = 0.5, 0.1


@pytest.fixture
def life() -> CaseLife:
    """An account ninety days before its renewal, about which nothing was said yet."""
    found = CaseLife()
    found.until(90)
    return found


def at_risk(life: CaseLife) -> CaseLife:
    life.days(8, AT_RISK)
    life.announces()
    return life


def test_a_week_at_risk_opens_one_case_and_announces_it_once(life: CaseLife) -> None:
    life.days(7, AT_RISK)
    assert life.changes() == []
    life.days(1, AT_RISK)
    life.announces()
    life.days(20, AT_RISK)
    assert (life.changes(), life.announced()) == (["opened"], ["opened"])
    assert (life.case.opened_by, life.case.term_id, life.case.state) == ("renewal_risk", "c1:1", "open")
    assert life.case.signals[0].says["en"] == "The renewal probability has been low for a week"


def test_nothing_opens_below_the_threshold_nor_outside_the_window(life: CaseLife) -> None:
    life.days(20, 0.34)
    life.until(200)
    life.days(20, AT_RISK)
    life.until(6)
    life.days(5, AT_RISK)
    assert life.changes() == []


def test_without_a_threshold_nothing_opens(life: CaseLife) -> None:
    life.days(20, 0.9, threshold=None)
    assert life.changes() == []


def test_use_again_for_two_weeks_ends_it_as_recovered(life: CaseLife) -> None:
    at_risk(life).days(14, WELL, active_days_14d=6.0)
    assert life.changes() == ["opened"]
    life.days(1, WELL, active_days_14d=6.0)
    assert (life.changes(), life.announced()) == (["opened", "recovered"], ["opened", "ended"])


def test_a_low_probability_without_use_does_not_end_it(life: CaseLife) -> None:
    at_risk(life).days(30, WELL, active_days_14d=1.0)
    assert life.case.running


def test_at_risk_again_in_the_same_term_reopens_the_same_case(life: CaseLife) -> None:
    at_risk(life).days(15, WELL, active_days_14d=6.0)
    life.days(8, AT_RISK)
    assert life.changes() == ["opened", "recovered", "reopened"]
    assert (life.case.openings, life.case.state) == (2, "open")


def test_sixty_days_of_flapping_are_two_announcements_at_most(life: CaseLife) -> None:
    for day in range(60):
        life.hears(AT_RISK if day % 2 else WELL, active_days_14d=6.0)
        life.passes(days=1)
    assert len(life.announced()) <= 2


@pytest.mark.parametrize(
    ("outcome", "state"), [("renewed", "renewed"), ("churned", "lost"), ("expanded", "renewed")]
)
def test_the_contracts_outcome_decides(life: CaseLife, outcome: str, state: str) -> None:
    at_risk(life)
    life.told(outcome=outcome, ended_on=life.at.date())
    life.hears(AT_RISK)
    assert (life.case.state, life.announced()[-1]) == (state, "ended")


def test_a_corrected_outcome_corrects_the_case(life: CaseLife) -> None:
    at_risk(life).told(outcome="renewed", ended_on=life.at.date())
    life.days(1)
    life.told(outcome="churned")
    life.hears()
    assert life.changes() == ["opened", "renewed", "lost"]


def test_a_closing_taken_back_reopens_the_case_with_its_signals(life: CaseLife) -> None:
    at_risk(life).told(outcome="churned", ended_on=life.at.date())
    life.days(3, AT_RISK)
    life.told(outcome=None, ended_on=None)
    life.hears(AT_RISK)
    assert life.changes() == ["opened", "lost", "reopened"]
    assert (life.case.state, life.case.at_risk) == ("open", True)


def test_a_standing_cancellation_keeps_the_case_open_until_its_day(life: CaseLife) -> None:
    at_risk(life).told(cancelled=True)
    life.days(30, WELL, active_days_14d=9.0)
    assert (life.case.state, life.case.notice_given) == ("open", True)
    assert life.announced() == ["opened", "notice_given"]
    life.told(outcome="churned", ended_on=life.at.date())
    life.hears()
    assert life.case.state == "lost"


def test_an_extension_moves_the_case_and_makes_no_second(life: CaseLife) -> None:
    at_risk(life).told(ends_on=date(2026, 9, 1))
    life.days(10, AT_RISK)
    assert (life.case.renews_on, life.changes()) == (date(2026, 9, 1), ["opened", "date_moved"])


def test_a_short_terms_risk_goes_on_in_the_next_term_as_the_same_case(life: CaseLife) -> None:
    life.told(starts_on=date(2026, 5, 2))
    life.until(20)
    at_risk(life)
    following = structs.replace(
        life.term, term_id="c1:2", starts_on=date(2026, 6, 1), ends_on=date(2026, 7, 1), outcome=None
    )
    life.told(outcome="renewed", ended_on=date(2026, 5, 20))
    life.others = (following,)
    life.days(9, AT_RISK)
    assert (life.case.term_id, life.case.running) == ("c1:2", True)


def test_an_old_snapshot_changes_the_case_and_announces_nothing(life: CaseLife) -> None:
    life.days(8, AT_RISK, late=timedelta(days=40))
    assert (life.changes(), life.announced()) == (["opened"], [])
    life.hears(AT_RISK)
    assert life.announced() == ["opened"]


def test_a_replay_is_old_news(life: CaseLife) -> None:
    life.hears(AT_RISK)
    assert life.hears(AT_RISK)[0].reason is Reason.OLD_NEWS


def test_a_feed_that_is_down_opens_nothing(life: CaseLife) -> None:
    life.days(30, 0.9, down=frozenset({"use"}), days_since_last_activity=60.0, usual_gap_days=2.0)
    assert life.changes() == []


def test_an_unknown_band_opens_nothing(life: CaseLife) -> None:
    life.days(30, 0.9, band="unknown")
    assert life.changes() == []


def test_a_health_set_to_at_risk_by_hand_opens_at_once(life: CaseLife) -> None:
    life.hears(WELL, band="at_risk", override=set_by_hand("at_risk"))
    assert (life.case.opened_by, life.announced()) == ("set_manually", ["opened"])


def test_a_health_set_to_healthy_by_hand_ends_the_case(life: CaseLife) -> None:
    at_risk(life).hears(AT_RISK, band="healthy", override=set_by_hand("healthy"))
    assert life.said[-1].reason is Reason.SET_WELL


def test_evidence_alone_opens_nothing_and_attaches_to_a_running_case(life: CaseLife) -> None:
    life.days(3, WELL, severe_open_tickets=1.0)
    assert life.changes() == []
    life.days(8, AT_RISK, severe_open_tickets=1.0)
    assert {one.rule for one in life.case.standing} == {"renewal_risk", "severe_ticket"}


def test_a_new_owner_is_handed_the_case(life: CaseLife) -> None:
    at_risk(life)
    life.owner = Owner(name="Ben", email="ben@vendor.example")
    life.hears(AT_RISK)
    assert (life.announced()[-1], life.case.owner) == ("handed_over", life.owner)


def test_a_passed_renewal_is_a_case_of_its_own_kind_until_its_outcome(life: CaseLife) -> None:
    life.until(1)
    life.days(6, WELL)
    assert (life.case.kind, life.case.opened_by) == ("passed", "renewal_passed")
    life.told(outcome="renewed", ended_on=life.term.ends_on)
    life.hears()
    assert life.case.state == "renewed"


def test_a_former_customer_opens_nothing(life: CaseLife) -> None:
    life.days(10, 0.9, standing="former")
    assert life.changes() == []


def test_silence_beyond_what_is_usual_opens_a_case_within_sixty_days(life: CaseLife) -> None:
    life.days(5, WELL, days_since_last_activity=25.0, usual_gap_days=8.0)
    assert life.changes() == []
    life.until(55)
    life.hears(WELL, days_since_last_activity=24.0, usual_gap_days=8.0)
    assert life.changes() == []
    life.passes(days=1)
    life.hears(WELL, days_since_last_activity=25.0, usual_gap_days=8.0)
    assert life.case.opened_by == "use_stopped"


def test_a_chance_to_grow_is_a_case_of_its_own_kind_and_never_pressing(life: CaseLife) -> None:
    life.until(20)
    life.hears(WELL, band="healthy", north_star_vs_target=1.5)
    assert (life.case.kind, life.case.severity, life.case.state) == ("expansion", "normal", "open")


def test_a_case_that_a_person_opened_again_stays_open_until_its_outcome(life: CaseLife) -> None:
    at_risk(life).days(15, WELL, active_days_14d=6.0)
    again = reopen(life.case, life.at)
    assert again.case is not None
    life.account = AccountCases(memory=life.account.memory, cases={again.case.case_id: again.case})
    life.days(20, WELL, active_days_14d=9.0)
    assert life.case.state == "open"
    life.told(outcome="renewed", ended_on=life.at.date())
    life.hears()
    assert life.case.state == "renewed"
