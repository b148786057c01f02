"""What was in force when is kept, and so is every scorecard that was ever used."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from radar_chassis.clock import ManualClock
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.scorecard_defaults import (
    built_in_scorecards,
    load_default_scorecards,
)
from radar_health_score.domain.scoring.scorecard_set import Scorecards
from radar_health_score.domain.scoring.scorecard_yaml import parse_scorecard
from radar_health_score.domain.scoring.traits import Traits
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.repositories.configuration_book import ConfigurationBook
from radar_health_score.service.scoring.configurations import Configurations, Registering
from tests.support.health_state import NOON, State

DAY = timedelta(days=1)
SMALL = """
name: everybody
bands: {healthy: 70, watch: 45}
min_coverage: 0.3
stale_after_days: 30
renewal: [[0, 0.2], [100, 0.95]]
dimensions: {users: {weight: 1, metrics: {stickiness: {weight: 1, curve: [[0, 0], [1, 100]]}}}}
"""
RULES = WorkspaceSettings(key_features=frozenset({"report", "export"}), north_star={"default": "report"})
FIRST = Configuration(scorecards=built_in_scorecards(), workspace=RULES)
DEFAULTS = load_default_scorecards()
STRICT = parse_scorecard(
    DEFAULTS["mid"]
    .text()
    .replace('"healthy": 68', '"healthy": 80')
    .replace('"name": "mid"', '"name": "strict"')
)
SECOND = replace(FIRST, scorecards=Scorecards.of([STRICT], DEFAULTS.values()))


@pytest.fixture
def state(store_url: str) -> Iterator[State]:
    state = State(store_url)
    yield state
    state.close()


def register(state: State, configuration: Configuration, at: datetime = NOON) -> None:
    known = Configurations(current=configuration, book=ConfigurationBook())
    Registering(database=state.database, configurations=known, clock=ManualClock(at))()


def in_force(state: State, at: datetime) -> Configuration | None:
    with state.database.reading() as connection:
        return ConfigurationBook().in_force(connection, at)


def test_each_moment_has_the_configuration_that_was_in_force(state: State) -> None:
    register(state, FIRST)
    register(state, SECOND, NOON + DAY)
    register(state, FIRST, NOON + 2 * DAY)
    assert in_force(state, NOON - DAY) is None
    assert in_force(state, NOON + DAY / 2) == FIRST
    assert in_force(state, NOON + DAY) == SECOND
    assert in_force(state, NOON + 9 * DAY) == FIRST


def test_starting_again_with_the_same_configuration_notes_nothing(state: State) -> None:
    with state.database.transaction() as connection:
        book = ConfigurationBook()
        assert book.register(connection, FIRST, NOON)
        assert not book.register(connection, FIRST, NOON + DAY)
        assert book.register(connection, replace(FIRST, workspace=WorkspaceSettings()), NOON + 2 * DAY)


def test_two_starts_at_the_same_moment_leave_the_later_one(state: State) -> None:
    register(state, FIRST)
    register(state, SECOND)
    assert in_force(state, NOON) == SECOND


def test_a_scorecard_is_kept_by_its_version(state: State) -> None:
    register(state, SECOND)
    register(state, FIRST, NOON + DAY)
    with state.database.reading() as connection:
        known = Configurations(current=FIRST, book=ConfigurationBook())
        assert known.scorecard(connection, STRICT.version) == STRICT
        assert known.scorecard(connection, DEFAULTS["key"].version) == DEFAULTS["key"]
        assert known.scorecard(connection, "never used") is None


def note(state: State, scorecards: Any, workspace: Any) -> None:
    """Write a note as an older release did."""
    since = to_micros(NOON)
    insert = text("INSERT INTO configurations (since, configuration) VALUES (:since, :noted)")
    noted = json.dumps({"scorecards": scorecards, "rules": workspace})
    with state.database.transaction() as connection:
        connection.execute(insert, {"since": since, "noted": noted})


def test_a_note_of_one_scorecard_for_each_segment_is_still_read(state: State) -> None:
    register(state, FIRST, NOON - DAY)
    everybody = parse_scorecard(SMALL)
    register(state, Configuration(scorecards=Scorecards.of([everybody]), workspace=RULES), NOON - DAY / 2)
    rest = {name: DEFAULTS[name].version for name in ("mid", "long_tail")}
    note(state, {"key": everybody.version, **rest}, {"time_zone": "UTC"})
    found = in_force(state, NOON)
    assert found is not None
    speaking = {
        segment: found.scorecards.scorecard_for_traits(Traits(segment, "serve", None)).version
        for segment in DEFAULTS
    }
    assert speaking == {"key": everybody.version, **rest}
    with state.database.reading() as connection:
        periods = {one.version: len(one.periods) for one in ConfigurationBook().uses(connection)}
    assert periods == {everybody.version: 1, DEFAULTS["key"].version: 1, **dict.fromkeys(rest.values(), 2)}


def test_a_note_that_cannot_be_read_any_more_counts_as_none(state: State) -> None:
    register(state, FIRST, NOON - DAY)
    note(state, [[DEFAULTS["key"].version]], {"key_from_arr": "plenty"})
    assert in_force(state, NOON) is None
    note_at = NOON + DAY
    register(state, FIRST, note_at)
    assert in_force(state, note_at) == FIRST


def test_before_the_first_note_the_present_configuration_speaks(state: State) -> None:
    register(state, FIRST)
    known = Configurations(current=SECOND, book=ConfigurationBook())
    with state.database.reading() as connection:
        assert known.at(connection, NOON - DAY) is SECOND
        assert known.at(connection, None) is SECOND
        assert known.at(connection, NOON) == FIRST
