"""A year of days comes as what each day came to, on SQLite and on PostgreSQL, however the days were stored."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from radar_health_score.domain.account.year_use import YEAR_DAYS
from tests.support.comparable import comparable
from tests.support.health_state import NOON, State, event, used

TONIGHT = datetime(2026, 11, 19, tzinfo=UTC)


@pytest.fixture
def state(store_url: str) -> Iterator[State]:
    state = State(store_url)
    yield state
    state.close()


def ago(days: int, hour: int = 0) -> datetime:
    return NOON - timedelta(days=days) + timedelta(hours=hour)


def year(state: State) -> list[tuple[int, float, int, float]]:
    """Return (days ago, uses, users, seconds) of each day."""
    today = NOON.date().toordinal()
    return [(today - day, *rest) for day, *rest in state.facts(TONIGHT).year.rows()]


def test_days_of_a_year_are_told_by_uses_users_and_seconds(state: State) -> None:
    state.fold(
        event("login", user="ann", at=ago(YEAR_DAYS - 1)),
        event("login", user="ann", at=ago(YEAR_DAYS)),
        used("export", user="ann", count=3, seconds=2.5, at=ago(200)),
        event("login", user="bob", at=ago(200, hour=1)),
        event("session_ended", user="bob", seconds=60, at=ago(95)),
        used("export", user="ann", at=ago(0)),
    )
    assert year(state) == [(391, 1, 1, 0), (200, 3, 2, 2.5), (95, 1, 1, 60), (0, 1, 1, 0)]


def test_late_facts_of_an_old_day_count_their_users_once(state: State) -> None:
    state.fold(used("export", user="ann", at=ago(200)), used("export", user="ann", at=ago(0)))
    late = ago(0)
    state.fold(used("export", user="ann", count=2, at=ago(200, hour=2), known=late))
    state.fold(used("export", user="bob", at=ago(200, hour=3), known=late + timedelta(hours=1)))
    assert year(state) == [(200, 4, 2, 0), (0, 1, 1, 0)]


def test_days_stored_before_there_were_volumes_are_opened(state: State) -> None:
    state.fold(
        used("export", user="ann", count=3, seconds=2.5, at=ago(200)),
        event("session_ended", user="bob", seconds=60, at=ago(150)),
        used("export", user="ann", at=ago(150)),
    )
    told = comparable(state.facts(TONIGHT))
    table = "health.day_use" if state.database.engine.dialect.name == "postgresql" else "day_use"
    state.database.run(lambda connection: connection.execute(text(f"UPDATE {table} SET volume = NULL")))
    assert comparable(state.facts(TONIGHT)) == told
    assert comparable(state.facts_from_history(TONIGHT)) == told


def test_a_whole_silent_year_leaves_an_account_that_is_known_by_its_last_day(state: State) -> None:
    state.fold(used("export", user="ann", at=ago(500)))
    facts = state.facts(TONIGHT)
    assert facts.year.rows() == []
    assert facts.last_event_at == ago(500)
