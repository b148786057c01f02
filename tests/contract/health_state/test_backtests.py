"""Backtests are kept as they were made, and listed newest first, on both stores."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from radar_chassis.clock import ManualClock
from radar_chassis.errors import InvalidRequest, NotFound
from radar_chassis.http.paging import encode_cursor
from radar_health_score.domain.forecast.backtest import Backtest
from radar_health_score.domain.forecast.baselines import BASELINES
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.repositories.backtest_book import BacktestBook
from radar_health_score.repositories.backtest_run_book import RunBook
from radar_health_score.repositories.claims import Claims
from radar_health_score.service.forecast.backtesting import Backtesting
from radar_health_score.service.queries.backtests import BacktestQueries
from radar_vocabulary.answers.backtests import BacktestAnswer
from tests.support.forecast import company
from tests.support.health_state import State

MADE = datetime(2026, 11, 21, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def state(store_url: str) -> Iterator[State]:
    state = State(store_url)
    yield state
    state.close()


@pytest.fixture(scope="module")
def backtest() -> Backtest:
    told = Backtesting(forecasters=BASELINES[:2], days=WorkspaceDays())
    return told.run(company(), split=date(2025, 6, 1), made_at=MADE, progress=lambda *_: None).backtest


def keep(state: State, backtest: Backtest, *, later: int = 0) -> str:
    made = MADE + timedelta(minutes=later)
    return state.database.run(lambda connection: BacktestBook().keep(connection, _made(backtest, made)))


def _made(backtest: Backtest, made_at: datetime) -> Backtest:
    return msgspec.structs.replace(backtest, made_at=made_at)


def queries(state: State) -> BacktestQueries:
    return BacktestQueries(state.database, BacktestBook(), RunBook(), Claims(), ManualClock(MADE))


def test_a_backtest_is_answered_as_it_was_made(state: State, backtest: Backtest) -> None:
    name = keep(state, backtest)
    answer = queries(state).one(name)
    assert isinstance(answer, BacktestAnswer)
    assert (answer.rows, answer.curves, answer.scorers) == (backtest.rows, backtest.curves, backtest.scorers)
    assert (answer.id, answer.made_at, answer.split) == (name, MADE, date(2025, 6, 1))
    assert answer.headline[0].startswith("Of ")


def test_the_same_backtest_is_kept_once(state: State, backtest: Backtest) -> None:
    assert keep(state, backtest) == keep(state, backtest)
    assert len(queries(state).page(10, None).items) == 1


def test_the_list_is_newest_first_and_goes_on_where_it_stopped(state: State, backtest: Backtest) -> None:
    names = [keep(state, backtest, later=at) for at in (1, 3, 2)]
    first = queries(state).page(2, None)
    assert [one.id for one in first.items] == [names[1], names[2]]
    rest = queries(state).page(2, first.next_cursor)
    assert ([one.id for one in rest.items], rest.next_cursor) == ([names[0]], None)
    assert {(row.lead_days, row.segment) for row in first.items[0].rows} == {(30, "all")}


def test_latest_is_the_one_made_last(state: State, backtest: Backtest) -> None:
    keep(state, backtest)
    last = keep(state, backtest, later=5)
    assert queries(state).one("latest").id == last


@pytest.mark.parametrize("name", ["latest", "20260101-000000-abcd"])
def test_where_there_is_none_it_is_said_how_to_make_one(state: State, name: str) -> None:
    with pytest.raises(NotFound, match="radar backtest"):
        queries(state).one(name)


@pytest.mark.parametrize(
    "cursor",
    [
        "bm9uc2Vuc2U",
        encode_cursor(["2026-11-21", "a"]),
        encode_cursor([1e308, "a"]),
        encode_cursor([7, 8]),
        encode_cursor([None, None]),
    ],
)
def test_a_cursor_of_another_list_is_refused(state: State, cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        queries(state).page(2, cursor)
