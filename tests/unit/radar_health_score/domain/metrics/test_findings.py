"""Findings about people: each names who is behind a metric, and holds exactly when the metric passes its bound."""

from dataclasses import replace

from hypothesis import given

from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.metrics.findings import ONE_PERSON_SHARE, QUIET_DAYS, findings
from radar_health_score.domain.metrics.reading import known
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import Money
from tests.support.account_histories import NOW, accounts, ago
from tests.support.reference_facts import Use, facts_from

RULES = WorkspaceSettings()


def found(uses, **known_of):
    return {one.kind: one for one in findings(facts_from(uses, NOW, **known_of), RULES)}


@given(accounts())
def test_a_finding_holds_exactly_when_its_metric_says_so(facts):
    readings = measure(facts, RULES)
    told = {one.kind for one in findings(facts, RULES)}
    quiet, silent, most, seats = (
        known(readings, name)
        for name in ("days_since_decision_maker", "champion_silent", "concentration", "seats")
    )
    assert ("decision_maker_quiet" in told) == (quiet is not None and quiet >= QUIET_DAYS)
    assert ("champion_silent" in told) == (silent == 1)
    assert ("one_person" in told) == (most is not None and most >= ONE_PERSON_SHARE and seats != 1)


def test_the_decision_maker_seen_last_is_named():
    uses = [Use(at=ago(80), user="ann"), Use(at=ago(40), user="bob"), Use(at=ago(1), user="cem")]
    makers = {"ann": "decision_maker", "bob": "decision_maker"}
    one = found(uses, roles=makers)["decision_maker_quiet"]
    assert (one.user_id, one.role, one.since) == ("bob", "decision_maker", ago(40).date())
    assert one.value == 39
    assert one.text == "bob, decision maker, has not been active for 39 days"
    uses.append(Use(at=ago(2), user="ann"))
    assert "decision_maker_quiet" not in found(uses, roles=makers)


def test_a_silent_champion_is_named_with_the_share_of_use_that_went_silent():
    uses = [Use(at=ago(30), user="ann")] * 3 + [Use(at=ago(1), user="bob")]
    one = found(uses)["champion_silent"]
    assert (one.user_id, one.since, one.share, one.left) == ("ann", ago(30).date(), 0.75, False)
    facts = facts_from(uses, NOW)
    people = tuple(replace(one, name="Ann Lee", left_at=ago(20)) for one in facts.people)
    (silent, _) = findings(replace(facts, people=people), RULES)
    assert silent.left
    assert silent.text.startswith("Ann Lee, the most active user of the last 90 days")


def test_an_account_where_nobody_is_left_has_no_champion_to_name():
    one = found([Use(at=ago(120), user="ann")])["champion_silent"]
    assert (one.user_id, one.since, one.share) == (None, ago(120).date(), None)
    assert one.text == "No user has been active for 119 days: no champion is left"


def test_one_person_who_makes_nearly_all_of_the_use_is_a_dependency():
    uses = [Use(at=ago(3), user="ann")] * 3 + [Use(at=ago(2), user="bob")]
    one = found(uses)["one_person"]
    assert (one.user_id, one.share, one.value) == ("ann", 0.75, 0.75)
    assert one.text == "ann accounts for 75% of usage in the last 28 days"
    assert "one_person" not in found([*uses, Use(at=ago(1), user="bob")])


def test_who_bought_one_seat_is_not_told_that_one_person_uses_it():
    mrr = Money(amount=9.0, currency="EUR")
    alone = (Contract(contract_id="c1", seats=1, mrr=mrr),)
    assert "one_person" not in found([Use(at=ago(3))], contracts=alone)
    assert "one_person" in found([Use(at=ago(3))])
