"""Models never change, champions change in order, and a past moment is answered by who was champion then."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from sqlalchemy import Connection

from radar_chassis.errors import Conflict, NotFound
from radar_health_score.domain.forecast.card import ModelCard
from radar_health_score.domain.forecast.model import FeatureMismatch
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_health_score.service.forecast.champions import Champions
from radar_health_score.service.forecast.registry import (
    found,
    hindrances,
    promoted,
    rolled_back,
    was_rolled_back,
)
from radar_vocabulary.answers.estimates import NO_ESTIMATE, Estimate
from radar_vocabulary.answers.models import ChampionPeriod, Evaluation, ModelComparison
from tests.support.health_state import NOON, State
from tests.support.model_cards import MODEL, card

REGISTRY = ModelRegistry()


@pytest.fixture
def state(store_url: str) -> Iterator[State]:
    state = State(store_url)
    with state.database.transaction() as connection:
        for at, version in enumerate(("aaa1", "bbb2", "bbc3")):
            REGISTRY.keep(connection, card(version, NOON + timedelta(hours=at)), MODEL)
    yield state
    state.close()


def promote(state: State, version: str, hours: int) -> ChampionPeriod:
    with state.database.transaction() as connection:
        return promote_in(connection, version, hours)


def promote_in(connection: Connection, version: str, hours: int = 0) -> ChampionPeriod:
    at = NOON + timedelta(hours=hours)
    return promoted(REGISTRY, connection, version, at=at, act="promoted", note="")


def keep_of_another_release(state: State, version: str) -> None:
    other = msgspec.structs.replace(MODEL, features_hash="0" * 16)
    with state.database.transaction() as connection:
        REGISTRY.keep(connection, card(version, datetime(2020, 1, 1, tzinfo=UTC)), other)


def judged_against(champion: str | None) -> ModelCard:
    """Return a card of a version that beat the scorecard, and the champion of then, clearly."""
    gain = Estimate(value=0.1, low=0.05, high=0.2)
    rivals = [ModelComparison(name="scorecard", cases=200, gain=gain)]
    if champion is not None:
        rivals.append(ModelComparison(name="champion", cases=200, gain=gain, version=champion))
    verdict = Evaluation(
        since=NOON, cases=200, churned=80, auc=NO_ESTIMATE, brier=NO_ESTIMATE, log_loss=NO_ESTIMATE, calibration_slope=NO_ESTIMATE,
        rivals=tuple(rivals),
    )  # fmt: skip
    return msgspec.structs.replace(card("aaa1"), judged=verdict)


def roll_back(state: State, hours: int) -> ChampionPeriod:
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


def test_a_predecessor_that_this_release_can_not_run_is_passed_over_and_named(state: State) -> None:
    promote(state, "aaa1", 1)
    keep_of_another_release(state, "old4")
    with state.database.transaction() as connection:
        REGISTRY.set_champion(
            connection,
            ChampionPeriod(since=NOON + timedelta(hours=2), version="old4", act="promoted", note=""),
        )
    promote(state, "bbb2", 3)
    back = roll_back(state, 4)
    assert back.version == "aaa1"
    assert back.note.startswith("odd; model old4 is passed over")
    assert roll_back(state, 5).version is None


def test_two_who_roll_back_at_once_do_it_one_after_the_other(state: State) -> None:
    promote(state, "aaa1", 1)
    promote(state, "bbb2", 2)
    with ThreadPoolExecutor(1) as pool:
        with state.database.transaction() as connection:
            mine = rolled_back(REGISTRY, connection, at=NOON + timedelta(hours=3), note="")
            other = pool.submit(roll_back, state, 4)
            wait([other], timeout=0.3)
        assert (mine.version, other.result().version) == ("aaa1", None)


def test_a_history_with_the_same_roll_back_twice_still_ends_at_the_scorecard(state: State) -> None:
    promote(state, "aaa1", 1)
    promote(state, "bbb2", 2)
    with state.database.transaction() as connection:
        for hours in (3, 4):
            at = NOON + timedelta(hours=hours)
            REGISTRY.set_champion(
                connection, ChampionPeriod(since=at, version="aaa1", act="rolled_back", note="")
            )
    assert roll_back(state, 5).version is None


def test_who_never_met_the_present_champion_is_not_promoted(state: State) -> None:
    with state.database.transaction() as connection:
        early = judged_against(None)
        assert hindrances(REGISTRY, connection, early) == ()
        promote_in(connection, "bbb2")
        (said,) = hindrances(REGISTRY, connection, early)
        assert "never compared with the present champion bbb2" in said
        assert hindrances(REGISTRY, connection, judged_against("bbb2")) == ()


def test_a_champion_that_this_release_can_not_run_is_no_rival(state: State) -> None:
    keep_of_another_release(state, "old4")
    with state.database.transaction() as connection:
        REGISTRY.set_champion(connection, ChampionPeriod(since=NOON, version="old4", act="promoted", note=""))
        assert hindrances(REGISTRY, connection, judged_against(None)) == ()


def test_it_is_remembered_who_was_rolled_back(state: State) -> None:
    promote(state, "aaa1", 1)
    promote(state, "bbb2", 2)
    roll_back(state, 3)
    with state.database.reading() as connection:
        assert was_rolled_back(REGISTRY, connection, "bbb2")
        assert not was_rolled_back(REGISTRY, connection, "aaa1")


def test_reigns_follow_one_another_whatever_the_clock_says(state: State) -> None:
    first, second = promote(state, "aaa1", 5), promote(state, "bbb2", 5)
    assert second.since > first.since
    with state.database.reading() as connection:
        assert REGISTRY.champion_at(connection, None) == second


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
        assert champions.refresh(connection)
        assert not champions.refresh(connection)
    assert champions.now is not None
    assert champions.now.version == "bbb2"


def test_a_model_of_other_features_can_not_be_promoted_and_does_not_speak(state: State) -> None:
    keep_of_another_release(state, "old4")
    with pytest.raises(FeatureMismatch):
        promote(state, "old4", 1)
    with state.database.transaction() as connection:
        REGISTRY.set_champion(connection, ChampionPeriod(since=NOON, version="old4", act="promoted", note=""))
        champions = Champions(REGISTRY, _no_trees)
        assert champions.refresh(connection)
    assert champions.now is None


def _no_trees(text: str):
    raise AssertionError(text)
