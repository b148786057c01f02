"""A backtest that is asked for runs in a process of its own, alone, and says what became of it, on both stores."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from radar.settings import Settings
from radar_chassis.clock import ManualClock
from radar_chassis.errors import Conflict, NotFound
from radar_health_score.domain.forecast.baselines import BASELINES
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.forecast_jobs import backtest_run
from radar_health_score.repositories.backtest_book import BacktestBook
from radar_health_score.repositories.backtest_run_book import RunBook
from radar_health_score.repositories.backtest_run_records import BacktestRequest
from radar_health_score.repositories.claims import Claims
from radar_health_score.service.forecast.backtest_runs import LEASE, LONGEST, WORK, BacktestRuns, CarryingOut
from radar_health_score.service.forecast.backtesting import Backtesting, TooFewOutcomes
from radar_health_score.service.queries.backtests import BacktestQueries
from radar_vocabulary.answers.backtests import BacktestAnswer, RunAnswer
from tests.support.forecast import company
from tests.support.forecast_runs import Started
from tests.support.health_state import State
from tests.support.wait import eventually

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
WISH = BacktestRequest(split=date(2025, 6, 1), leads=(30,))


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
            book=RunBook(),
            claims=Claims(),
            clock=self.clock,
            start=lambda _: self.started(),
        )

    def held_at(self, moment: datetime) -> bool:
        with self.state.database.reading() as connection:
            return Claims().held(connection, WORK, now=moment)

    def carrying(self, work: Callable[[BacktestRequest], object] = lambda _: None) -> CarryingOut:
        return CarryingOut(
            database=self.state.database,
            book=RunBook(),
            claims=Claims(),
            clock=self.clock,
            work=work,
        )

    def carry_out(self, backtest_id: str, work: Callable[[BacktestRequest], object]) -> None:
        self.carrying(work)(backtest_id)

    def told(self, backtest_id: str) -> BacktestAnswer | RunAnswer:
        queries = BacktestQueries(self.state.database, BacktestBook(), RunBook(), Claims(), self.clock)
        return queries.one(backtest_id)

    def makes(self, backtest_id: str) -> Callable[[BacktestRequest], object]:
        """Return the work that makes the backtest of a made-up company."""
        told = Backtesting(forecasters=BASELINES[:2], days=WorkspaceDays())

        def work(wish: BacktestRequest) -> str:
            made = told.run(company(), split=wish.split, made_at=NOW, progress=lambda *_: None).backtest
            book = BacktestBook(backtest_id)
            return self.state.database.run(lambda connection: book.keep(connection, made))

        return work


@pytest.fixture
def context(store_url: str) -> Iterator[Desk]:
    state = State(store_url)
    yield Desk(state)
    state.close()


def state_of(answer: BacktestAnswer | RunAnswer) -> tuple[str, str | None]:
    failure = answer.failure if isinstance(answer, RunAnswer) else None
    return answer.state, None if failure is None else failure.code


def test_a_backtest_is_found_under_the_id_that_was_answered(context: Desk) -> None:
    run = context.runs.ask(WISH)
    before = context.told(run.backtest_id)
    assert state_of(before) == ("running", None)
    assert isinstance(before, RunAnswer)
    assert (before.split, before.leads, before.asked_at) == (WISH.split, WISH.leads, NOW)
    context.carry_out(run.backtest_id, context.makes(run.backtest_id))
    after = context.told(run.backtest_id)
    assert isinstance(after, BacktestAnswer)
    assert (after.id, after.state, after.split) == (run.backtest_id, "done", WISH.split)
    assert msgspec.json.encode(after).startswith(b'{"id":')


def test_one_is_done_when_the_next_may_be_asked_for(context: Desk) -> None:
    run = context.runs.ask(WISH)
    context.makes(run.backtest_id)(run.wish)
    assert state_of(context.told(run.backtest_id)) == ("running", None)
    context.started.runs[0].ended = -9
    context.runs()
    assert state_of(context.told(run.backtest_id)) == ("done", None)
    context.runs.ask(WISH)


def test_one_at_a_time_whoever_asks(context: Desk) -> None:
    first = context.runs.ask(WISH)
    for runs in (context.runs, context.another_process()):
        with pytest.raises(Conflict, match="wait until it has finished"):
            runs.ask(WISH)
    assert len(context.started.runs) == 1
    context.carry_out(first.backtest_id, context.makes(first.backtest_id))
    context.another_process().ask(WISH)
    assert len(context.started.runs) == 2


def test_one_that_can_not_be_made_says_why_and_the_next_may_begin(context: Desk) -> None:
    def work(_: BacktestRequest) -> None:
        raise TooFewOutcomes("Send contract_closed.")

    run = context.runs.ask(WISH)
    context.carry_out(run.backtest_id, work)
    assert state_of(context.told(run.backtest_id)) == ("failed", "too_few_outcomes")
    context.runs.ask(WISH)


def test_one_whose_process_died_has_failed_and_takes_nobody_elses_place(context: Desk) -> None:
    first = context.runs.ask(WISH)
    context.runs()
    assert state_of(context.told(first.backtest_id)) == ("running", None)
    context.started.runs[0].ended = -9
    context.runs()
    assert state_of(context.told(first.backtest_id)) == ("failed", "backtest_died")
    second = context.runs.ask(WISH)
    context.carry_out(second.backtest_id, context.makes(second.backtest_id))
    third = context.another_process().ask(WISH)
    context.started.runs[1].ended = 0
    context.runs()
    with pytest.raises(Conflict):
        context.runs.ask(WISH)
    assert state_of(context.told(third.backtest_id)) == ("running", None)


def test_one_that_died_together_with_its_service_is_given_up_after_its_lease(context: Desk) -> None:
    run = context.runs.ask(WISH)
    context.clock.advance(LEASE - SECOND)
    assert state_of(context.told(run.backtest_id)) == ("running", None)
    with pytest.raises(Conflict):
        context.another_process().ask(WISH)
    context.clock.advance(SECOND)
    assert state_of(context.told(run.backtest_id)) == ("failed", "backtest_died")
    following = context.another_process().ask(WISH)
    assert state_of(context.told(run.backtest_id)) == ("failed", "backtest_died")
    assert state_of(context.told(following.backtest_id)) == ("running", None)


def test_one_whose_service_died_keeps_its_place_as_long_as_it_works(context: Desk) -> None:
    run = context.runs.ask(WISH)
    for _ in range(4):
        context.clock.advance(LEASE - SECOND)
        context.carrying().renew(run.backtest_id)
    context.clock.advance(LEASE - SECOND)
    assert state_of(context.told(run.backtest_id)) == ("running", None)
    with pytest.raises(Conflict):
        context.another_process().ask(WISH)
    context.carry_out(run.backtest_id, context.makes(run.backtest_id))
    assert state_of(context.told(run.backtest_id)) == ("done", None)
    context.another_process().ask(WISH)


def test_one_that_never_ends_is_given_up_though_it_works_on(context: Desk) -> None:
    run = context.runs.ask(WISH)
    while context.clock.now() < NOW + LONGEST:
        assert state_of(context.told(run.backtest_id)) == ("running", None)
        context.clock.advance(LEASE - SECOND)
        context.carrying().renew(run.backtest_id)
    assert state_of(context.told(run.backtest_id)) == ("failed", "backtest_died")
    context.another_process().ask(WISH)


def test_one_that_was_held_up_and_given_up_takes_nobody_elses_place(context: Desk) -> None:
    held_up = context.runs.ask(WISH)
    context.clock.advance(LEASE)
    following = context.another_process().ask(WISH)
    context.clock.advance(LEASE - SECOND)
    context.carrying().renew(held_up.backtest_id)
    context.carry_out(held_up.backtest_id, context.makes(held_up.backtest_id))
    context.started.runs[0].ended = 0
    context.runs()
    assert state_of(context.told(following.backtest_id)) == ("running", None)
    context.clock.advance(SECOND)
    assert state_of(context.told(following.backtest_id)) == ("failed", "backtest_died")


def test_the_process_holds_on_to_its_place_by_itself(context: Desk, store_url: str, tmp_path: Path) -> None:
    run = context.runs.ask(WISH)
    context.clock.advance(LEASE - SECOND)
    settings = Settings(data=tmp_path, database_url=store_url)
    with backtest_run(settings, context.clock, run.backtest_id):
        eventually(lambda: context.held_at(NOW + LEASE), what="the claim is renewed")
    assert not context.held_at(context.clock.now() + LEASE)


def test_one_under_way_ends_with_the_service(context: Desk) -> None:
    run = context.runs.ask(WISH)
    context.runs.close()
    assert context.started.runs[0].stopped
    assert state_of(context.told(run.backtest_id)) == ("failed", "backtest_stopped")
    context.another_process().ask(WISH)


def test_one_that_has_ended_is_not_carried_out(context: Desk) -> None:
    run = context.runs.ask(WISH)
    context.runs.close()
    context.carry_out(run.backtest_id, context.makes(run.backtest_id))
    assert state_of(context.told(run.backtest_id)) == ("failed", "backtest_stopped")


def test_an_id_that_nobody_asked_for_is_not_found(context: Desk) -> None:
    with pytest.raises(NotFound, match="GET /v1/backtests"):
        context.told("20260101-000000-abcd")
