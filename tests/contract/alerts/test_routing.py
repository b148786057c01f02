"""Cases go where the tree says, within each receiver's budget, on a real store."""

from radar_vocabulary.contracts.scalars import Owner
from tests.support.alerts_rig import Rig
from tests.support.health import renewal, snapshot
from tests.support.routing import with_tree

BEN = Owner(name="Ben Ode", email="ben@vendor.example", slack_id="U0BEN")


def slack_targets(rig: Rig) -> list[str]:
    return [one.destination.target for one in rig.deliveries("opened")]


def test_a_case_goes_to_every_receiver_that_its_routes_name(rig: Rig) -> None:
    rig.tree = with_tree(
        """
        receivers: {dach: {slack: C0DACH}, us: {slack: C0US}}
        routes:
          - {match: {rule: low_score, region: dach}, to: dach, continue: true}
          - {match: {region: US}, to: us}
          - {match: {segment: key}, to: owner}
        fallback: [operators]
        """,
        rig.channels,
    )
    rig.take(snapshot(30.0))
    rig.deliver()
    assert sorted(slack_targets(rig)) == ["C0DACH", "U0ANNA"]


def test_who_was_told_hears_how_it_ended_even_if_the_routes_have_changed(rig: Rig) -> None:
    rig.tree = with_tree("{receivers: {dach: {slack: C0DACH}}, fallback: [dach]}", rig.channels)
    rig.take(snapshot(30.0))
    rig.deliver()
    rig.tree = with_tree("{fallback: [owner]}", rig.channels)
    rig.deliver(hours=3)
    rig.take(snapshot(70.0, as_of=rig.clock.now()))
    rig.deliver()
    assert [one.destination.target for one in rig.deliveries()] == ["C0DACH", "C0DACH"]


def test_what_is_over_the_budget_goes_into_the_digest_which_says_so(rig: Rig) -> None:
    rig.tree = with_tree("{receivers: {owner: {budget: 2}}, fallback: [owner]}", rig.channels)
    far = renewal(days=80)
    rig.take(
        *(snapshot(30.0, account_id=f"a{each}", name=f"Account {each}", contract=far) for each in range(4))
    )
    rig.deliver()
    assert len(slack_targets(rig)) == 2
    rig.deliver(days=1)
    (digest,) = rig.deliveries("digest")
    assert len(digest.notice.items) == 2
    assert all("your budget of 2 messages a day was used" in line for line in digest.notice.items)


def test_a_digest_uses_nothing_of_the_budget_of_the_day(rig: Rig) -> None:
    rig.tree = with_tree("{receivers: {owner: {budget: 1}}, fallback: [owner]}", rig.channels)
    far = renewal(days=80)
    rig.take(*(snapshot(30.0, account_id=f"a{each}", contract=far) for each in range(3)))
    rig.deliver()
    rig.deliver(hours=21)  # 09:00 of the next day, after the digest
    assert len(rig.deliveries("digest")) == 1
    rig.take(snapshot(30.0, account_id="b", contract=far, as_of=rig.clock.now()))
    rig.deliver()
    assert len(slack_targets(rig)) == 2


def test_each_receiver_has_a_budget_of_its_own(rig: Rig) -> None:
    rig.tree = with_tree("{receivers: {owner: {budget: 1}}, fallback: [owner]}", rig.channels)
    far = renewal(days=80)
    rig.take(
        snapshot(30.0, account_id="a", contract=far),
        snapshot(30.0, account_id="b", contract=far, owner=BEN),
        snapshot(30.0, account_id="c", contract=far, owner=BEN),
    )
    rig.deliver()
    assert sorted(slack_targets(rig)) == ["U0ANNA", "U0BEN"]
