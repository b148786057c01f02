"""What was in force when is kept, and so is every scorecard that was ever used."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from radar_chassis.clock import ManualClock
from radar_health_score.adapters.configuration_book import SqlConfigurationBook
from radar_health_score.domain.configuration import Configuration
from radar_health_score.domain.rules import WorkspaceRules
from radar_health_score.domain.scorecard_defaults import built_in_scorecards, load_default_scorecards
from radar_health_score.domain.scorecard_set import Scorecards
from radar_health_score.domain.scorecard_yaml import parse_scorecard
from radar_health_score.service.configurations import Configurations, Registering
from tests.support.health_state import NOON, State

DAY = timedelta(days=1)
RULES = WorkspaceRules(key_features=frozenset({"report", "export"}), north_star={"default": "report"})
FIRST = Configuration(scorecards=built_in_scorecards(), rules=RULES)
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


def register(state: State, configuration: Configuration, at=NOON) -> None:
    known = Configurations(current=configuration, book=SqlConfigurationBook())
    Registering(database=state.database, configurations=known, clock=ManualClock(at))()


def in_force(state: State, at) -> Configuration | None:
    with state.database.reading() as connection:
        return SqlConfigurationBook().in_force(connection, at)


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
        book = SqlConfigurationBook()
        assert book.register(connection, FIRST, NOON)
        assert not book.register(connection, FIRST, NOON + DAY)
        assert book.register(connection, replace(FIRST, rules=WorkspaceRules()), NOON + 2 * DAY)


def test_two_starts_at_the_same_moment_leave_the_later_one(state: State) -> None:
    register(state, FIRST)
    register(state, SECOND)
    assert in_force(state, NOON) == SECOND


def test_a_scorecard_is_kept_by_its_version(state: State) -> None:
    register(state, SECOND)
    register(state, FIRST, NOON + DAY)
    with state.database.reading() as connection:
        known = Configurations(current=FIRST, book=SqlConfigurationBook())
        assert known.scorecard(connection, STRICT.version) == STRICT
        assert known.scorecard(connection, DEFAULTS["key"].version) == DEFAULTS["key"]
        assert known.scorecard(connection, "never used") is None


def test_before_the_first_note_the_present_configuration_speaks(state: State) -> None:
    register(state, FIRST)
    known = Configurations(current=SECOND, book=SqlConfigurationBook())
    with state.database.reading() as connection:
        assert known.at(connection, NOON - DAY) is SECOND
        assert known.at(connection, None) is SECOND
        assert known.at(connection, NOON) == FIRST
