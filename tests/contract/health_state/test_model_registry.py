"""Models never change, champions change in order, and a past moment is answered by who was champion then."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import msgspec
import numpy as np
import pytest

from radar_chassis.errors import Conflict, NotFound
from radar_health_score.adapters.model_registry import SqlModelRegistry
from radar_health_score.domain.forecast.card import Learnt, ModelCard, Recipe, Reign
from radar_health_score.domain.forecast.features import FEATURES_HASH, NAMES
from radar_health_score.domain.forecast.linear import Linear, Scaling
from radar_health_score.domain.forecast.model import FeatureMismatch, Model
from radar_health_score.service.forecast.champions import Champions
from radar_health_score.service.forecast.registry import crowned, found, rolled_back
from tests.support.health_state import NOON, State

REGISTRY = SqlModelRegistry()
FEATURES = np.random.default_rng(1).normal(size=(20, len(NAMES)))
MODEL = Model(
    features_hash=FEATURES_HASH,
    features=NAMES,
    linear=Linear(scaling=Scaling.of(FEATURES, np.ones(20)), weights=(0.0,) * len(NAMES), base=-1.0),
)


def card(version: str, made_at: datetime = NOON) -> ModelCard:
    return ModelCard(
        version=version,
        kind="logistic",
        made_at=made_at,
        features_hash=FEATURES_HASH,
        features=len(NAMES),
        scorecards=("49cb",),
        fingerprint="feed",
        learnt=Learnt(
            first=date(2024, 1, 1), until=NOON, observations=90, ends=30, churned=9, leads=(90, 60, 30)
        ),
        recipe=Recipe(strength=0.02, tree_share=0.0, leaves=6, rounds=500, slope=1.0, shift=0.0),
    )


@pytest.fixture
def state(store_url: str) -> Iterator[State]:
    state = State(store_url)
    with state.database.transaction() as connection:
        for at, version in enumerate(("aaa1", "bbb2", "bbc3")):
            REGISTRY.keep(connection, card(version, NOON + timedelta(hours=at)), MODEL)
    yield state
    state.close()


def promote(state: State, version: str, hours: int) -> Reign:
    with state.database.transaction() as connection:
        at = NOON + timedelta(hours=hours)
        return crowned(REGISTRY, connection, version, at=at, act="promoted", note="")


def roll_back(state: State, hours: int) -> Reign:
    with state.database.transaction() as connection:
        return rolled_back(REGISTRY, connection, at=NOON + timedelta(hours=hours), note="odd")


def test_a_version_is_kept_as_it_was_made(state: State) -> None:
    with state.database.transaction() as connection:
        REGISTRY.keep(connection, msgspec.structs.replace(card("aaa1"), kind="blend"), MODEL)
        assert [one.version for one in REGISTRY.cards(connection)] == ["bbc3", "bbb2", "aaa1"]
        assert REGISTRY.card(connection, "aaa1") == card("aaa1")
        assert REGISTRY.model(connection, "aaa1") == MODEL
        assert (REGISTRY.card(connection, "zzz"), REGISTRY.model(connection, "zzz")) == (None, None)


def test_a_version_is_found_by_its_beginning_where_that_tells_it(state: State) -> None:
    with state.database.reading() as connection:
        assert found(REGISTRY, connection, "bbc").version == "bbc3"
        for unclear in ("bb", "", "x"):
            with pytest.raises(NotFound):
                found(REGISTRY, connection, unclear)


def test_rolling_back_goes_back_one_reign_at_a_time_to_the_scorecard(state: State) -> None:
    for hours, version in enumerate(("aaa1", "bbb2", "bbc3")):
        promote(state, version, hours)
    assert [roll_back(state, 10 + at).version for at in range(3)] == ["bbb2", "aaa1", None]
    with pytest.raises(Conflict):
        roll_back(state, 20)
    assert promote(state, "bbc3", 21).version == "bbc3"
    assert roll_back(state, 22).version is None


def test_reigns_follow_one_another_whatever_the_clock_says(state: State) -> None:
    first, second = promote(state, "aaa1", 5), promote(state, "bbb2", 5)
    assert second.since > first.since
    with state.database.reading() as connection:
        assert REGISTRY.reign_at(connection, None) == second


def test_a_past_moment_has_the_champion_of_then(state: State) -> None:
    promote(state, "aaa1", 1)
    promote(state, "bbb2", 3)
    champions = Champions(REGISTRY, _no_trees)
    with state.database.reading() as connection:
        voices = [champions.at(connection, NOON + timedelta(hours=at)) for at in range(5)]
        assert [None if one is None else one.version for one in voices] == [
            None,
            "aaa1",
            "aaa1",
            "bbb2",
            "bbb2",
        ]
        assert champions.now is None
        assert champions.look(connection)
        assert not champions.look(connection)
    assert champions.now is not None
    assert champions.now.version == "bbb2"


def test_a_model_of_other_features_can_not_be_promoted_and_does_not_speak(state: State) -> None:
    other = msgspec.structs.replace(MODEL, features_hash="0" * 16)
    with state.database.transaction() as connection:
        REGISTRY.keep(connection, card("old4", datetime(2020, 1, 1, tzinfo=UTC)), other)
    with pytest.raises(FeatureMismatch):
        promote(state, "old4", 1)
    with state.database.transaction() as connection:
        REGISTRY.crown(connection, Reign(since=NOON, version="old4", act="promoted", note=""))
        champions = Champions(REGISTRY, _no_trees)
        assert champions.look(connection)
    assert champions.now is None


def _no_trees(text: str):
    raise AssertionError(text)
