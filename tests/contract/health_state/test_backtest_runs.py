"""A backtest that is asked for runs in a process of its own, alone, and says what became of it, on both stores."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from radar_chassis.clock import ManualClock
from radar_chassis.errors import Conflict, NotFound
from radar_health_score.adapters.backtest_book import SqlBacktestBook
from radar_health_score.adapters.backtest_run_book import SqlRunBook
from radar_health_score.adapters.claims import SqlClaims
from radar_health_score.domain.forecast.simple_rules import RULES
from radar_health_score.domain.workspace_days import WorkspaceDays
from radar_health_score.service.forecast.backtest_runs import (
    LONGEST,
    BacktestRuns,
    BacktestWish,
    CarryingOut,
)
from radar_health_score.service.forecast.backtesting import Backtesting, TooFewOutcomes
from radar_health_score.service.queries.backtests import BacktestAnswer, BacktestQueries, RunAnswer
from tests.support.forecast import company
from tests.support.forecast_runs import Started
from tests.support.health_state import State

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
WISH = BacktestWish(split=date(2025, 6, 1), leads=(30,))


@dataclass
class Desk:
    """What asks for backtests, and what is started for them."""

    state: State
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOW))
    started: Started = field(default_factory=Started)
    runs: BacktestRuns = field(init=False)

    def __post_init__(self) -> None:
        self.runs = self.another_process()

    def another_process(self) -> BacktestRuns:
        return BacktestRuns(
            database=self.state.database,
            book=SqlRunBook(),
            claims=SqlClaims(),
            clock=self.clock,
            start=lambda _: self.started(),
        )

    def carry_out(self, backtest_id: str, work: Callable[[BacktestWish], object]) -> None:
        CarryingOut(
            database=self.state.database,
            book=SqlRunBook(),
            claims=SqlClaims(),
            clock=self.clock,
            work=work,
        )(backtest_id)

    def told(self, backtest_id: str) -> BacktestAnswer | RunAnswer:
        return BacktestQueries(self.state.database, SqlBacktestBook(), SqlRunBook(), self.clock).one(
            backtest_id
        )

    def makes(self, backtest_id: str) -> Callable[[BacktestWish], object]:
        """Return the work that makes the backtest of a made-up company."""
        told = Backtesting(forecasters=RULES[:2], days=WorkspaceDays())

        def work(wish: BacktestWish) -> str:
            made = told.run(company(), split=wish.split, made_at=NOW, progress=lambda *_: None).backtest
            book = SqlBacktestBook(backtest_id)
            return self.state.database.run(lambda connection: book.keep(connection, made))

        return work


@pytest.fixture
def desk(store_url: str) -> Iterator[Desk]:
    state = State(store_url)
    yield Desk(state)
    state.close()


def state_of(answer: BacktestAnswer | RunAnswer) -> tuple[str, str | None]:
    failure = answer.failure if isinstance(answer, RunAnswer) else None
    return answer.state, None if failure is None else failure.code


def test_a_backtest_is_found_under_the_id_that_was_answered(desk: Desk) -> None:
    run = desk.runs.ask(WISH)
    before = desk.told(run.backtest_id)
    assert state_of(before) == ("running", None)
    assert isinstance(before, RunAnswer)
    assert (before.split, before.leads, before.asked_at) == (WISH.split, WISH.leads, NOW)
    desk.carry_out(run.backtest_id, desk.makes(run.backtest_id))
    after = desk.told(run.backtest_id)
    assert isinstance(after, BacktestAnswer)
    assert (after.id, after.state, after.split) == (run.backtest_id, "done", WISH.split)
    assert msgspec.json.encode(after).startswith(b'{"id":')


def test_one_is_done_when_the_next_may_be_asked_for(desk: Desk) -> None:
    run = desk.runs.ask(WISH)
    desk.makes(run.backtest_id)(run.wish)
    assert state_of(desk.told(run.backtest_id)) == ("running", None)
    desk.started.runs[0].ended = -9
    desk.runs()
    assert state_of(desk.told(run.backtest_id)) == ("done", None)
    desk.runs.ask(WISH)


def test_one_at_a_time_whoever_asks(desk: Desk) -> None:
    first = desk.runs.ask(WISH)
    for runs in (desk.runs, desk.another_process()):
        with pytest.raises(Conflict, match="wait until it has ended"):
            runs.ask(WISH)
    assert len(desk.started.runs) == 1
    desk.carry_out(first.backtest_id, desk.makes(first.backtest_id))
    desk.another_process().ask(WISH)
    assert len(desk.started.runs) == 2


def test_one_that_can_not_be_made_says_why_and_the_next_may_begin(desk: Desk) -> None:
    def work(_: BacktestWish) -> None:
        raise TooFewOutcomes("Send contract_closed.")

    run = desk.runs.ask(WISH)
    desk.carry_out(run.backtest_id, work)
    assert state_of(desk.told(run.backtest_id)) == ("failed", "too_few_outcomes")
    desk.runs.ask(WISH)


def test_one_whose_process_died_has_failed_and_takes_nobody_elses_place(desk: Desk) -> None:
    first = desk.runs.ask(WISH)
    desk.runs()
    assert state_of(desk.told(first.backtest_id)) == ("running", None)
    desk.started.runs[0].ended = -9
    desk.runs()
    assert state_of(desk.told(first.backtest_id)) == ("failed", "backtest_died")
    second = desk.runs.ask(WISH)
    desk.carry_out(second.backtest_id, desk.makes(second.backtest_id))
    third = desk.another_process().ask(WISH)
    desk.started.runs[1].ended = 0
    desk.runs()
    with pytest.raises(Conflict):
        desk.runs.ask(WISH)
    assert state_of(desk.told(third.backtest_id)) == ("running", None)


def test_one_that_nobody_watches_any_more_is_given_up_after_its_time(desk: Desk) -> None:
    run = desk.runs.ask(WISH)
    desk.clock.advance(LONGEST - timedelta(seconds=1))
    assert state_of(desk.told(run.backtest_id)) == ("running", None)
    desk.clock.advance(timedelta(seconds=1))
    assert state_of(desk.told(run.backtest_id)) == ("failed", "backtest_died")
    desk.another_process().ask(WISH)


def test_one_under_way_ends_with_the_service(desk: Desk) -> None:
    run = desk.runs.ask(WISH)
    desk.runs.close()
    assert desk.started.runs[0].stopped
    assert state_of(desk.told(run.backtest_id)) == ("failed", "backtest_stopped")
    desk.another_process().ask(WISH)


def test_one_that_has_ended_is_not_carried_out(desk: Desk) -> None:
    run = desk.runs.ask(WISH)
    desk.runs.close()
    desk.carry_out(run.backtest_id, desk.makes(run.backtest_id))
    assert state_of(desk.told(run.backtest_id)) == ("failed", "backtest_stopped")


def test_an_id_that_nobody_asked_for_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound, match="POST /v1/backtests"):
        desk.told("20260101-000000-abcd")
