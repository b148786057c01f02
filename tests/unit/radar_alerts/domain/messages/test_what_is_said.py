"""What a notice says, and what it never says."""

from datetime import timedelta

import pytest
from msgspec import structs

from radar_alerts.domain.cases.case import Actor
from radar_alerts.domain.messages.compose import compose_notice
from radar_alerts.domain.messages.digest import SHOWN, compose_digest
from radar_alerts.domain.messages.story import Act, DigestItem, well_for
from radar_alerts.domain.notice import plain
from radar_alerts.domain.rules.load import load_rules
from radar_vocabulary.contracts.scalars import Money
from tests.support.health import NOON, set_by_hand
from tests.support.stories import (
    ANN,
    RISK,
    SILENT,
    case,
    digest_items,
    due,
    every_story,
    known,
    story,
    term,
    told,
)


def lead(*given: object, **more: object) -> str:
    return compose_notice(story(*given, **more)).lead  # type: ignore[arg-type]


@pytest.mark.parametrize("source", ["scorecard", "model"])
def test_a_probability_is_called_an_estimate_unless_a_trained_model_gave_it(source):
    worse = story("worsened", case(last_notice=told(source=source)), renewal=due(source=source))
    said = [
        line for line in plain(compose_notice(worse)).splitlines() if "robability" in line and "%" in line
    ]
    assert len(said) == 2
    assert all(("estimate" in line) == (source == "scorecard") for line in said)


def test_a_recovery_s_probability_is_called_an_estimate_too():
    said = lead("ended", case("recovered"), renewal=due(probability=0.81))
    assert "Renewal probability 81% (estimate)." in said


@pytest.mark.parametrize("outcome", ["renewed", "expanded", "contracted"])
def test_nobody_hears_may_not_renew_on_the_day_the_customer_renewed(outcome):
    renewed = structs.replace(term(outcome), term_id="c1:0")
    notice = compose_notice(story(snapshot=known(terms=(renewed,))))
    assert notice.headline == "Acme Corp is at risk: due in 41 days"
    other = structs.replace(renewed, contract_id="c9")
    assert "may not renew" in compose_notice(story(snapshot=known(terms=(other,)))).headline


def test_an_escalation_says_who_was_told_and_when_and_nothing_else():
    announced = case(announced_at=NOON - timedelta(days=4))
    assert lead("escalated", announced, told=("Ann Lee",)).startswith(
        "Ann Lee was told on 17 November 2026 and has not acknowledged it."
    )
    assert lead("escalated", announced, told=("Ann", "Bo")).startswith(
        "Ann, Bo were told on 17 November 2026"
    )
    assert lead("escalated", announced).startswith("Nobody has acknowledged it.")


def test_a_recovery_says_for_how_long_and_on_what_evidence():
    cleared = (structs.replace(RISK, cleared_at=NOON - timedelta(days=2)),)
    recovered = case("recovered", signals=cleared)
    said = lead(
        "ended", recovered, snapshot=known(72.0, (), active_days_14d=9.0), well_for=timedelta(days=14)
    )
    assert said.startswith("No sign of risk for 16 days. Health 72 of 100. Used on 9 days of the last 14.")


def test_for_how_long_is_what_the_rules_that_opened_the_case_asked_for():
    rules = load_rules(None)
    assert well_for(case(), rules.rules) == timedelta(days=14)
    assert well_for(case(signals=(RISK, SILENT)), rules.rules) == timedelta(0)
    assert well_for(case(signals=()), rules.rules) is None


def test_a_renewed_case_never_says_that_the_contract_ended():
    odd = lead("ended", case("renewed"), snapshot=known(terms=(term("churned"),)))
    assert odd == "The contract was renewed. The case is closed."


def test_a_recovery_set_manually_names_who_set_it():
    by_hand = structs.replace(known(), override=set_by_hand("healthy"))
    assert lead("ended", case("recovered"), snapshot=by_hand).startswith(
        "Kim set the account's health manually."
    )


@pytest.mark.parametrize("state", ["recovered", "dismissed"])
def test_an_end_under_a_standing_notice_says_that_it_stands(state):
    assert lead("ended", case(state, notice_given=True)).endswith("The customer's notice still stands.")
    assert "notice still stands" not in lead("ended", case(state))


def test_no_message_says_that_nothing_is_left_to_do():
    assert not any("No action" in plain(compose_notice(one)) for one in every_story("en").values())


def test_the_notice_date_is_said_where_it_is_nearer_than_the_renewal():
    assert "for 11 more days, until 2 December 2026" in lead()
    assert "Today is the last day" in lead(renewal=due(notice_in=0))
    assert "notice" not in lead(renewal=due(notice_in=-1))
    assert "notice" not in lead(renewal=due(notice_in=None))


def test_what_changed_is_told_since_the_last_notice_and_not_before_there_was_one():
    assert compose_notice(story()).changed == ()
    worse = compose_notice(story("worsened", case(last_notice=told(), signals=(RISK, SILENT))))
    assert worse.changed[:2] == ("Health 52 → 31", "Renewal probability 65% → 40% (estimate)")
    assert "No use for 40 days, far longer than usual" in worse.changed


def test_probabilities_of_two_sources_are_not_compared():
    worse = compose_notice(story("worsened", case(last_notice=told(source="model"))))
    assert not any("probability 6" in one for one in worse.changed)


def test_a_case_of_a_rule_of_the_workspace_s_own_names_the_rule():
    own = structs.replace(RISK, rule="vip_quiet", says={})
    worse = compose_notice(story("worsened", case(last_notice=told(), signals=(own,))))
    assert "Your rule vip_quiet holds" in worse.changed


def test_who_snoozed_or_acknowledged_is_named_with_whom_they_claim_to_be():
    by = Actor(name="desk", claim="Ann")
    assert lead("woken", last_act=Act(change="snoozed", at=NOON, by=by)).startswith(
        "The snooze by Ann (with the key desk) has ended."
    )
    assert lead("woken", last_act=Act(change="acknowledged", at=NOON, by=ANN)).startswith(
        "ann acknowledged it on 21 November 2026"
    )


def test_the_link_goes_to_the_case_and_an_id_can_t_break_out_of_it():
    notice = compose_notice(story(about=case(case_id="a/../b?c=<d>")))
    assert notice.link == "https://radar.example/cases/a%2F..%2Fb%3Fc%3D%3Cd%3E"
    assert compose_notice(story(console=None)).link is None


@pytest.mark.parametrize(
    ("state", "buttons"), [("open", 2), ("acknowledged", 0), ("snoozed", 0), ("renewed", 0)]
)
def test_only_an_open_case_can_be_acted_on(state, buttons):
    assert len(compose_notice(story(about=case(state))).actions) == buttons


def test_a_digest_counts_accounts_and_adds_up_the_money_by_currency():
    notice = compose_digest(digest_items(), console=None, language="en")
    assert notice.headline == "3 accounts to look at, €36,000, US$12,000 ARR at risk"
    assert notice.items[1].endswith("moved here because your budget of 3 messages a day was used")
    assert "Support trouble" in notice.items[1]


def test_a_renewal_that_stands_twice_in_a_digest_counts_once():
    (first, *_) = digest_items()
    notice = compose_digest([first, first], console=None, language="en")
    assert notice.headline == "1 account to look at, €36,000 ARR at risk"


def test_a_long_digest_says_how_many_more_there_are():
    many = [
        DigestItem(
            case=case(case_id=f"ca_{at}", account_id=f"a{at}"),
            snapshot=known(),
            renewal=structs.replace(due(), arr_at_risk=Money(amount=1.0, currency="EUR")),
            kind="opened",
        )
        for at in range(SHOWN + 2)
    ]
    notice = compose_digest(many, console=None, language="en")
    assert len(notice.items) == SHOWN + 1
    assert notice.items[-1] == "and 2 more, in the list"
