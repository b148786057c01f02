"""Whom a case goes to by the tree, and what is said of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_alerts.domain.routing import to_owner
from radar_alerts.domain.routing.match import Match
from radar_alerts.domain.routing.tree import Node, Tree, route
from radar_vocabulary.contracts.scalars import Owner
from tests.support.routing import ANNA, facts, receivers, tree

TEAMS = """
    receivers:
      emea: {email: emea@x.example, slack: C2, channels: [email, slack]}
      crm: {slack: C3}
    routes:
      - name: key accounts in Europe
        match: {segment: key, region: [EMEA, Europe]}
        to: [emea]
        routes:
          - name: large
            match: {arr: {at_least: 100000}}
            to: [emea, operators]
      - {name: copy, match: {severity: critical}, to: crm, continue: true}
      - {name: mid, match: {segment: mid}, to: queue}
    fallback: [owner]
"""


def told(found) -> list[str]:
    return [one.name for one in found.receivers]


def test_the_first_route_that_matches_decides() -> None:
    assert told(route(facts(region="EMEA"), tree(TEAMS))) == ["emea"]
    assert told(route(facts(region="europe", arr=100_000.0), tree(TEAMS))) == ["emea", "operators"]
    assert told(route(facts(segment="mid"), tree(TEAMS))) == ["mid queue"]


def test_a_route_that_goes_on_tells_its_receivers_too() -> None:
    assert told(route(facts(segment="mid", severity="critical"), tree(TEAMS))) == ["crm", "mid queue"]


def test_the_fallback_is_for_what_no_route_matches() -> None:
    assert told(route(facts(region="US"), tree(TEAMS))) == ["Anna"]


def test_without_an_owner_the_segments_queue_is_told() -> None:
    for owner in (None, Owner()):
        found = route(facts(region="US", owner=owner), tree(TEAMS))
        assert [one.kind for one in found.receivers] == ["queue"]
        assert "no owner" in found.explanation[-1]


def test_a_receiver_is_reached_by_its_channels_in_order_then_in_the_console() -> None:
    (emea,) = route(facts(region="EMEA"), tree(TEAMS)).receivers
    assert [f"{one.channel}:{one.target}" for one in emea.destinations] == [
        "email:emea@x.example",
        "slack:C2",
        "console:emea",
    ]


def test_owners_are_reached_in_the_order_that_the_workspace_sets() -> None:
    text = "{receivers: {owner: {channels: [email], budget: 1}}, fallback: owner}"
    (anna,) = route(facts(), tree(text)).receivers
    assert [one.channel for one in anna.destinations] == ["email", "slack", "email", "console"]
    assert anna.destinations[1].target == "C1"
    assert anna.budget == 1


def test_every_route_says_why_it_matched_or_did_not() -> None:
    found = route(facts(region="US", arr=None, severity="high"), tree(TEAMS))
    assert list(found.explanation) == [
        "key accounts in Europe: no match: region is US; asked for: EMEA, Europe.",
        "copy: no match: severity is high; asked for: critical.",
        "mid: no match: segment is key; asked for: mid.",
        "No route matches: the fallback, to owner.",
    ]
    within = route(facts(region="EMEA", arr=None), tree(TEAMS))
    assert list(within.explanation) == [
        "key accounts in Europe: matches; the routes within it are tried.",
        "large: no match: ARR is not known.",
        "key accounts in Europe: no route within it matches, to emea.",
    ]


@pytest.mark.parametrize(
    ("wanted", "matches"),
    [
        ({"owner": ("ANNA@x.example",)}, True),
        ({"owner": ("U1",)}, True),
        ({"owner": ("Ben",)}, False),
        ({"industry": ("games",)}, False),
        ({"rule": ("use_stopped",), "tier": ("now",)}, True),
    ],
)
def test_a_match_looks_at_each_field(wanted, matches) -> None:
    case = facts(rule="use_stopped", tier="now")
    assert (not list(Match(wanted=wanted).mismatches(case))) is matches


@pytest.mark.parametrize(
    ("arr", "matches"), [(9_999.0, False), (10_000.0, True), (20_000.0, False), (None, False)]
)
def test_arr_from_a_limit_and_below_another(arr, matches) -> None:
    match = Match(arr_at_least=10_000, arr_below=20_000)
    assert (not list(match.mismatches(facts(arr=arr)))) is matches


def test_a_receivers_id_is_stable_and_is_no_address() -> None:
    once, again = (route(facts(), tree(TEAMS)).receivers[0] for _ in range(2))
    other = route(facts(owner=replace_email(ANNA)), tree(TEAMS)).receivers[0]
    assert once.id == again.id
    assert once.id.startswith("rc_")
    assert "anna" not in once.id
    assert other.id == once.id


def replace_email(owner: Owner) -> Owner:
    return Owner(name="Anna B.", email=owner.email and owner.email.upper())


def test_the_language_and_time_zone_that_a_receiver_has() -> None:
    text = "{receivers: {jp: {slack: C4, language: ja, time_zone: Asia/Tokyo}, plain: {slack: C5}}, fallback: [jp, plain]}"
    japan, plain = route(facts(), tree(text)).receivers
    assert (japan.language, japan.time_zone) == ("ja", "Asia/Tokyo")
    assert (plain.language, plain.time_zone) == ("en", "Europe/Berlin")


owners = st.sampled_from(
    [None, Owner(), Owner(slack_id="U1"), Owner(email="a@x.example"), Owner(name="Bo"), ANNA]
)
segments = st.sampled_from(["key", "mid", "long_tail"])


@given(owners, segments)
def test_without_a_tree_it_is_as_it_was_before_there_were_any(owner, segment) -> None:
    (found,) = route(facts(owner=owner, segment=segment), Tree(receivers=receivers())).receivers
    assert found.destinations == to_owner(owner, segment, receivers().channels)
    assert found.quiet is None


matches = st.builds(
    lambda wanted, least, below: Match(wanted=wanted, arr_at_least=least, arr_below=below),
    st.dictionaries(
        st.sampled_from(["segment", "region", "severity"]),
        st.lists(st.sampled_from(["key", "mid", "EU", "US", "high", "normal"]), min_size=1, max_size=3).map(
            tuple
        ),
        max_size=2,
    ),
    st.sampled_from([None, 0.0, 10.0, 20.0]),
    st.sampled_from([None, 10.0, 20.0, 30.0]),
)
cases = st.builds(
    facts,
    segment=segments,
    region=st.sampled_from([None, "EU", "US"]),
    severity=st.sampled_from([None, "high", "normal"]),
    arr=st.sampled_from([None, 0.0, 10.0, 15.0, 20.0, 25.0]),
)
targets = st.lists(st.sampled_from(["owner", "queue", "operators"]), max_size=2).map(tuple)
nodes = st.recursive(
    st.builds(
        lambda match, to, go_on: Node(name="n", match=match, to=to, go_on=go_on),
        matches,
        targets,
        st.booleans(),
    ),
    lambda within: st.builds(
        lambda node, routes: replace(node, routes=tuple(routes)),
        st.builds(
            lambda match, to, go_on: Node(name="n", match=match, to=to, go_on=go_on),
            matches,
            targets,
            st.booleans(),
        ),
        st.lists(within, max_size=3),
    ),
    max_leaves=6,
)


@given(st.lists(nodes, max_size=4), cases)
def test_nobody_is_ever_left_out_and_nobody_told_twice(routes, case) -> None:
    found = route(case, Tree(receivers=receivers(), routes=tuple(routes), fallback=("operators",)))
    ids = [one.id for one in found.receivers]
    assert ids
    assert len(set(ids)) == len(ids)
    assert found.explanation


@given(matches, matches, cases)
def test_what_covers_a_match_matches_all_that_it_does(wide, narrow, case) -> None:
    if wide.covers(narrow) and not list(narrow.mismatches(case)):
        assert not list(wide.mismatches(case))
