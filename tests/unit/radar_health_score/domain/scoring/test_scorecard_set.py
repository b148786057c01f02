"""Of several scorecards the most specific one speaks, and which that is can always be told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.scoring.scorecard_defaults import (
    built_in_scorecards,
    load_default_scorecards,
)
from radar_health_score.domain.scoring.scorecard_set import Scorecards, ScorecardsClash
from radar_health_score.domain.scoring.scorecard_yaml import parse_scorecard
from radar_health_score.domain.scoring.traits import CONDITIONS, Traits, every_traits

CARD = """
name: {name}
{applies_to}
bands: {{healthy: 70, watch: 40}}
min_coverage: 0.1
stale_after_days: 30
renewal: [[0, 0.2], [100, 0.9]]
dimensions: {{users: {{weight: 1, metrics: {{stickiness: {{weight: 1, curve: [[0, 0], [1, 100]]}}}}}}}}
"""
BUILT_IN = load_default_scorecards()
conditions = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(values), min_size=1, unique=True)
        for name, values in CONDITIONS.items()
    },
)


def card(name, **applies_to):
    stated = f"applies_to: {applies_to}" if applies_to else ""
    return parse_scorecard(CARD.format(name=name, applies_to=stated))


def speaking(own, segment="key", stage="serve", business_model=None):
    return (
        Scorecards.of(own, BUILT_IN.values())
        .scorecard_for_traits(Traits(segment, stage, business_model))
        .name
    )


def clash(own):
    with pytest.raises(ScorecardsClash) as caught:
        Scorecards.of(own, BUILT_IN.values())
    return caught.value.problems


def test_without_any_of_its_own_each_segment_has_the_built_in_one():
    for traits in every_traits():
        assert built_in_scorecards().scorecard_for_traits(traits) is BUILT_IN[traits.segment]


def test_a_folder_speaks_for_whom_it_names_and_the_built_in_ones_for_the_rest():
    own = [card("trials", stage=["trial", "activate"])]
    assert speaking(own, stage="trial") == "trials"
    assert speaking(own, stage="serve") == "key"
    assert speaking(own, "mid") == "mid"


def test_a_default_of_ones_own_silences_the_built_in_ones():
    own = [card("usual"), card("trials", stage=["trial"])]
    assert speaking(own) == "usual"
    together = Scorecards.of(own, BUILT_IN.values())
    assert [one.name for one in together.in_force()] == ["usual", "trials"]
    assert together == Scorecards.of(own)


@pytest.mark.parametrize(
    ("wider", "narrower"),
    [
        ({}, {"segment": ["key"]}),
        ({"stage": ["serve"]}, {"segment": ["key"], "business_model": ["tool"]}),
        ({"segment": ["key"]}, {"business_model": ["tool"]}),
        ({"business_model": ["tool"]}, {"stage": ["serve"]}),
        ({"business_model": ["tool"], "segment": ["key"]}, {"stage": ["serve"], "segment": ["key"]}),
    ],
)
def test_more_conditions_go_first_then_the_stage_then_the_kind_of_business(wider, narrower):
    own = [card("wider", **wider), card("narrower", **narrower)]
    assert speaking(own, "key", "serve", "tool") == "narrower"


def test_two_for_the_same_accounts_are_named():
    own = [card("early", stage=["trial", "activate"]), card("trials", stage=["trial"]), card("usual")]
    (problem,) = clash(own)
    assert problem.startswith("early and trials both speak for segment key, stage trial")


def test_one_that_can_never_speak_is_named_with_those_before_it():
    whole = card("whole", segment=["key"])
    stages = [card(f"in-{stage}", stage=[stage]) for stage in CONDITIONS["stage"]]
    (problem,) = clash([whole, *stages])
    assert problem.startswith("whole can never speak, since in-acquire and in-activate and")


def test_a_set_that_leaves_somebody_out_is_refused():
    with pytest.raises(ScorecardsClash, match="none speaks for segment mid"):
        Scorecards.of([card("only-key", segment=["key", "long_tail"])])


def test_two_of_one_name_are_refused():
    assert clash([card("one", segment=["key"]), card("one", segment=["mid"])]) == (
        "2 of them are named one: give each a name of its own",
    )


@given(st.lists(conditions, min_size=1, max_size=4))
def test_exactly_one_speaks_for_every_account_or_the_set_is_refused(stated):
    own = [card(f"n{at}", **each) for at, each in enumerate(stated)]
    try:
        together = Scorecards.of(own, BUILT_IN.values())
    except ScorecardsClash:
        return
    for traits in every_traits():
        matching = [one for one in own if _meets(one.applies_to, traits)]
        most = max((_specific(one.applies_to) for one in matching), default=None)
        best = [one for one in matching if _specific(one.applies_to) == most]
        expected = best or [BUILT_IN[traits.segment]]
        assert [together.scorecard_for_traits(traits)] == expected


def _meets(applies_to, traits):
    stated = applies_to.conditions()
    return all(getattr(traits, name) in values for name, values in stated.items())


def _specific(applies_to):
    stated = applies_to.conditions()
    return (len(stated), *(name in stated for name in ("stage", "business_model", "segment")))
