"""From what is decided to what people read: guards, tiers, budgets, digests, and who was told, on both stores."""

from collections import Counter
from datetime import timedelta

import pytest
from msgspec.structs import replace

from radar_alerts.domain.announcing.guards import MassLimit
from radar_alerts.domain.cases.case import Actor
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.domain.delivery import Delivery
from radar_alerts.service.case_queries import CaseQueries
from radar_vocabulary.contracts.health import HealthSnapshot
from radar_vocabulary.contracts.scalars import Owner
from tests.support.alerts_rig import Rig
from tests.support.health import NOON, renewal, snapshot

pytestmark = [pytest.mark.timeout(120)]
DAY = timedelta(days=1)
KIM = Actor(name="key of the console", claim="Kim")
BEN = Owner(name="Ben Ode", email="ben@vendor.example", slack_id="U0BEN")
NORMAL = replace(renewal(days=200, at_risk=1_000.0), probability=0.7)


def quiet(account: str, score: float = 30.0, **said: object) -> HealthSnapshot:
    """Return a snapshot of a mid-tier account whose renewal is far: nothing about it is urgent."""
    one = snapshot(score, account_id=account, segment="mid", contract=NORMAL)
    return replace(one, **said)


def kinds(rig: Rig) -> Counter[str]:
    return Counter(one.notice.kind for one in rig.deliveries())


def to_operators(rig: Rig) -> list[Delivery]:
    return rig.deliveries("operator")


class TestManyAtOnce:
    @pytest.fixture
    def held(self, rig: Rig) -> Rig:
        """Ten thousand drops together, in small: forty accounts whose scores fall within a second."""
        rig.limit = MassLimit(first_contact=timedelta(0))
        rig.take(*(snapshot(30.0, account_id=f"a{n}") for n in range(40)))
        rig.announce()
        rig.holds.tend()
        rig.deliver()
        return rig

    def test_operators_are_told_once_and_the_rest_is_held(self, held: Rig) -> None:
        for _ in range(3):
            held.holds.tend()
            held.deliver(seconds=10)
        assert kinds(held) == {"operator": 1}
        assert "40" in to_operators(held)[0].notice.headline
        assert {one.state for one in held.cases()} == {"open"}

    def test_released_they_go_out_once(self, held: Rig) -> None:
        ((hold, cases),) = CaseQueries(held.database).holds("held")
        assert len(cases) == 40
        held.holds.release(hold.hold_id, "operator's key")
        held.deliver()
        held.deliver(minutes=5)
        assert kinds(held) == {"operator": 1, "opened": 40}

    def test_dropped_they_never_go_out_and_the_cases_stay(self, held: Rig) -> None:
        ((hold, _),) = CaseQueries(held.database).holds("held")
        held.holds.drop(hold.hold_id, "operator's key")
        held.take(
            *(snapshot(29.0, account_id=f"a{n}", as_of=NOON + timedelta(seconds=30)) for n in range(40))
        )
        held.deliver(minutes=5)
        assert kinds(held) == {"operator": 1}
        assert len(held.cases()) == 40

    def test_after_a_day_they_are_one_digest(self, held: Rig) -> None:
        held.clock.advance(timedelta(hours=12))
        held.holds.tend()
        held.clock.advance(timedelta(hours=12))
        held.holds.tend()
        held.deliver()
        held.deliver(hours=24)
        assert kinds(held) == {"operator": 2, "digest": 1}


def test_three_within_an_hour_are_not_many(rig: Rig) -> None:
    rig.limit = MassLimit(first_contact=timedelta(0))
    rig.take(*(snapshot(30.0, account_id=f"a{n}") for n in range(3)))
    rig.deliver()
    assert kinds(rig) == {"opened": 3}


def test_a_first_import_is_one_digest_a_receiver(rig: Rig) -> None:
    rig.limit = MassLimit()
    rig.take(*(snapshot(30.0, account_id=f"a{n}") for n in range(50)))
    rig.take(*(snapshot(30.0, account_id=f"b{n}", owner=BEN) for n in range(50)))
    rig.deliver()
    assert rig.deliveries() == []
    for _ in range(48):
        rig.deliver(hours=1)
    assert rig.ends() == [("slack", "U0ANNA", "sent"), ("slack", "U0BEN", "sent")]
    assert kinds(rig) == {"digest": 2}


def test_what_a_first_import_opens_holds_nothing_else_back(rig: Rig) -> None:
    rig.limit = MassLimit()
    rig.take(snapshot(80.0, account_id="known"))
    rig.clock.advance(2 * DAY)
    rig.take(*(snapshot(30.0, account_id=f"a{n}", as_of=rig.clock.now()) for n in range(50)))
    rig.announce()
    rig.take(snapshot(30.0, account_id="known", as_of=rig.clock.now()))
    rig.deliver(minutes=1)
    assert kinds(rig) == {"opened": 1}


def test_what_can_wait_waits_for_the_digest_and_is_in_it_once(rig: Rig) -> None:
    rig.take(quiet("a", as_of=NOON), quiet("b", as_of=NOON))
    rig.deliver(hours=1)
    assert rig.deliveries() == []
    rig.deliver(hours=24)
    rig.deliver(hours=24)
    (digest,) = rig.deliveries()
    assert (digest.notice.kind, len(digest.notice.items)) == ("digest", 2)


def test_beyond_a_receivers_budget_the_rest_is_in_the_digest(rig: Rig) -> None:
    pressing = renewal(days=100, at_risk=1_000.0)
    rig.take(*(snapshot(30.0, account_id=f"a{n}", contract=pressing) for n in range(5)))
    rig.deliver()
    assert kinds(rig) == {"opened": 3}
    rig.deliver(hours=24)
    assert kinds(rig) == {"opened": 3, "digest": 1}
    assert len(rig.deliveries("digest")[0].notice.items) == 2


def test_critical_cases_are_told_whatever_the_budget(rig: Rig) -> None:
    rig.take(*(snapshot(30.0, account_id=f"a{n}") for n in range(9)))
    rig.deliver()
    assert kinds(rig) == {"opened": 9}


def test_two_renewals_of_an_account_are_one_message(rig: Rig) -> None:
    both = (renewal("c1"), renewal("c2"))
    rig.take(replace(snapshot(30.0), renewals=both))
    rig.deliver()
    assert len(rig.cases()) == 2
    assert kinds(rig) == {"opened": 1}


def test_an_end_goes_exactly_to_who_was_told(rig: Rig) -> None:
    rig.take(snapshot(30.0))
    rig.deliver()
    rig.clock.advance(DAY / 24)
    rig.take(snapshot(80.0, as_of=rig.clock.now(), owner=BEN))
    rig.deliver()
    told = {(one.notice.kind, one.destination.target) for one in rig.deliveries()}
    assert ("opened", "U0ANNA") in told
    assert ("ended", "U0ANNA") in told
    assert ("ended", "U0BEN") not in told


def test_what_ended_before_anybody_was_told_is_told_to_nobody(rig: Rig) -> None:
    rig.take(snapshot(30.0), snapshot(80.0, as_of=NOON + timedelta(seconds=1)))
    rig.deliver(minutes=1)
    assert rig.deliveries() == []


def test_a_new_owner_is_told_that_the_case_is_theirs(rig: Rig) -> None:
    rig.take(snapshot(30.0))
    rig.deliver()
    rig.clock.advance(DAY / 24)
    rig.take(snapshot(30.0, as_of=rig.clock.now(), owner=BEN))
    rig.deliver()
    assert [(one.notice.kind, one.destination.target) for one in rig.deliveries()] == [
        ("opened", "U0ANNA"),
        ("handed_over", "U0BEN"),
    ]


def test_an_escalation_skips_a_queue_that_was_told_already(rig: Rig) -> None:
    rig.take(snapshot(30.0, owner=None))
    rig.deliver()
    rig.clock.advance(timedelta(hours=25))
    rig.apply_timeouts()()
    rig.deliver()
    assert rig.ends() == [("slack", "C0KEY", "sent")]


def test_an_acknowledgement_that_is_forgotten_expires_and_is_said(rig: Rig) -> None:
    rig.take(snapshot(30.0))
    rig.deliver()
    rig.act.acknowledge(rig.cases()[0].case_id, KIM, None)
    rig.clock.advance(CasePolicy().acknowledged_for)
    rig.apply_timeouts()()
    rig.deliver()
    assert kinds(rig) == {"opened": 1, "woken": 1}
    assert rig.cases()[0].state == "open"


def test_who_acted_is_the_keys_name_and_the_claim_stands_beside_it(rig: Rig) -> None:
    rig.take(snapshot(30.0))
    rig.act.acknowledge(rig.cases()[0].case_id, KIM, "calling")
    whole = CaseQueries(rig.database).case(rig.cases()[0].case_id)
    last = whole.timeline[-1]
    assert (last.actor, last.claim, last.note, last.step) == (KIM.name, "Kim", "calling", "acknowledged")
