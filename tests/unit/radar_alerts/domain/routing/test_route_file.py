"""Reading a routing file: every mistake by its place, all at once."""

import textwrap
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_alerts.domain.routing.quiet_hours import QuietHours
from radar_alerts.domain.routing.route_file import RoutingInvalid, read_routing, read_routing_text

RULES = ("renewal_risk", "use_stopped")


def read(text: str):
    return read_routing_text(
        textwrap.dedent(text), channels=("slack", "email"), time_zone="Europe/Berlin", rules=RULES
    )


def problems(text: str) -> list[str]:
    with pytest.raises(RoutingInvalid) as caught:
        read(text)
    return list(caught.value.problems)


def test_every_mistake_is_named_at_once_with_its_place() -> None:
    assert problems(
        """
        receivers:
          emea: {channels: [email, fax], email: a@x.example, time_zone: Europe/Berln, country: XX}
          apac: {channels: [slack], language: fr, budget: -1, digest: {hour: 24, day: monday}}
          owner: {slack: C1}
          nowhere: {quiet_hours: {from: "25:00", to: "8"}, working_days: [mon, funday]}
        routes:
          - match: {segment: huge, arr: {at_least: 20, below: 10}, rule: use_stoped}
            to: [emae]
          - {to: owner}
          - {match: {region: JP}, to: apac}
          - {match: {sgment: key}}
        """
    ) == [
        "receivers.emea.time_zone is not a time zone of the IANA database, such as Europe/Berlin",
        "receivers.emea.channels[2] must be one of slack, email",
        "receivers.emea.country is no country whose holidays are known: a code such as DE, or DE-BY for a part",
        "receivers.apac.digest.hour must be a whole number from 0 to 23",
        "receivers.apac.digest.day must be one of mon, tue, wed, thu, fri, sat, sun (did you mean mon?)",
        "receivers.apac.slack is missing: where this receiver is on slack",
        "receivers.apac.language must be one of en, ja, zh-Hans",
        "receivers.apac.budget must be a whole number from 0 to 10000",
        "receivers.owner.slack is not a field; the fields are channels, language, time_zone, country, working_days, quiet_hours, budget, digest",
        "receivers.nowhere names no channel to reach it by: slack, email",
        'receivers.nowhere.quiet_hours.from must be a time of day such as "18:00"',
        'receivers.nowhere.quiet_hours.to must be a time of day such as "18:00"',
        "receivers.nowhere.working_days[2] must be one of mon, tue, wed, thu, fri, sat, sun",
        "routes[1].match.arr.at_least must lie below routes[1].match.arr.below, or nothing matches",
        "routes[1].match.segment must be one of key, mid, long_tail",
        "routes[1].match.rule must be one of renewal_risk, use_stopped (did you mean use_stopped?)",
        "routes[1].to: there is no receiver emae (did you mean emea?); receivers are owner, queue, operators, emea, apac, nowhere",
        "routes[4].to is missing: who is told",
        "routes[4].match.sgment is not a field (did you mean segment?); the fields are segment, industry, region, owner, rule, severity, tier, arr",
        "routes[3] is never reached: routes[2] comes first and matches all that it matches (move it up, or say continue: true there)",
        "fallback is missing: who is told of cases that no route matches, such as [owner]",
    ]


def test_a_narrower_route_behind_a_wider_one_is_never_reached() -> None:
    text = """
        routes:
          - {match: {segment: [key, mid]}, to: owner}
          - {match: {segment: key, region: EU}, to: queue}
          - {match: {region: EU}, to: queue}
        fallback: owner
        """
    assert [one.split(" is ")[0] for one in problems(text)] == ["routes[2]"]


def test_a_wider_route_that_goes_on_or_names_nobody_hides_nothing() -> None:
    read("{routes: [{to: operators, continue: true}, {match: {segment: key}, to: owner}], fallback: owner}")
    read(
        "{routes: [{routes: [{match: {region: EU}, to: owner}]}, {match: {segment: key}, to: owner}], fallback: owner}"
    )


def test_a_receivers_working_times() -> None:
    found = read(
        """
        receivers:
          emea:
            slack: C1
            time_zone: Europe/Paris
            country: NO
            working_days: [mon, fri]
            quiet_hours: {from: 18:00, to: 08:30}
        fallback: emea
        """
    )
    assert found.receivers["emea"].quiet == QuietHours(
        time_zone="Europe/Paris",
        working_days=(0, 4),
        quiet_from=time(18),
        quiet_to=time(8, 30),
        country="NO",
    )


def test_quiet_hours_without_a_time_zone_are_in_the_workspaces() -> None:
    found = read("{receivers: {owner: {working_days: [mon]}}, fallback: owner}")
    assert found.receivers["owner"].quiet == QuietHours(time_zone="Europe/Berlin", working_days=(0,))


def test_a_key_given_twice_is_a_mistake() -> None:
    assert "given twice" in problems("{fallback: owner, fallback: queue}")[0]


@pytest.mark.parametrize("text", ["", "[]", "a: [", "owner", "routes: 3\nfallback: owner", "fallback: []"])
def test_what_is_no_routing_at_all_is_a_mistake(text) -> None:
    assert problems(text)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 2000)
    | st.floats()
    | st.sampled_from(["owner", "slack", "", "key", "x"]),
    lambda within: (
        st.lists(within, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "receivers",
                    "routes",
                    "fallback",
                    "match",
                    "to",
                    "continue",
                    "name",
                    "arr",
                    "at_least",
                    "segment",
                    "channels",
                    "slack",
                    "quiet_hours",
                    "from",
                    "country",
                    "time_zone",
                    "digest",
                    "hour",
                    "working_days",
                ]
            )
            | st.none()
            | st.integers(),
            within,
            max_size=4,
        )
    ),
    max_leaves=25,
)


@given(anything)
def test_whatever_is_given_is_read_or_refused_in_words(data) -> None:
    found, mistakes = None, ()
    try:
        found = read_routing(data, channels=("slack", "email"), time_zone="UTC", rules=RULES)
    except RoutingInvalid as refused:
        mistakes = refused.problems
    assert found.fallback if found else mistakes
