"""Answers about backtests: how well each scorer would have foretold what happened."""

from msgspec import structs

from radar_chassis.clock import Clock
from radar_chassis.errors import InvalidRequest, NotFound
from radar_chassis.http.paging import decode_cursor, encode_cursor
from radar_chassis.store.database import Database
from radar_health_score.domain.forecast.backtest import ALL, Backtest
from radar_health_score.domain.forecast.headline import headline, translated_titles
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.repositories.backtest_book import BacktestBook
from radar_health_score.repositories.backtest_run_book import RunBook
from radar_health_score.repositories.backtest_run_records import BacktestRun
from radar_health_score.repositories.claims import Claims
from radar_health_score.service.forecast.backtest_runs import DIED, WORK
from radar_vocabulary.answers.backtests import BacktestAnswer, BacktestLine, RunAnswer
from radar_vocabulary.answers.page import Page
from radar_vocabulary.language.tags import Language


class BacktestQueries:
    """Answers about backtests."""

    def __init__(
        self, database: Database, book: BacktestBook, runs: RunBook, claims: Claims, clock: Clock
    ) -> None:
        self._database = database
        self._book = book
        self._runs = runs
        self._claims = claims
        self._clock = clock

    def page(self, limit: int, cursor: str | None, language: Language = "en") -> Page[BacktestLine]:
        """Return backtests, newest first; raises InvalidRequest."""
        after = _place(cursor)
        with self._database.reading() as connection:
            found = self._book.newest(connection, limit + 1, after)
        shown = found[:limit]
        more = len(found) > limit
        return Page(
            items=[_line(name, backtest, language) for name, backtest in shown],
            next_cursor=_after(*shown[-1]) if more else None,
        )

    def one(self, backtest_id: str, language: Language = "en") -> BacktestAnswer | RunAnswer:
        """Return a backtest, or how far one is; ``latest`` is the one made last. Raises NotFound."""
        with self._database.reading() as connection:
            if backtest_id == "latest":
                for name, backtest in self._book.newest(connection, 1):
                    return _whole(name, backtest, language)
            found = self._book.find(connection, backtest_id)
            run = self._runs.find(connection, backtest_id)
            goes_on = self._claims.held(connection, WORK, now=self._clock.now())
        answer = None if run is None else run_answer(run, goes_on=goes_on)
        # A backtest is kept a moment before its run ends, and the next can be asked for from then on.
        if found is not None and (answer is None or answer.state != "running"):
            return _whole(backtest_id, found, language)
        if answer is not None:
            return answer
        raise NotFound(
            "There is no such backtest; GET /v1/backtests lists them, `radar backtest` creates one."
        )


def run_answer(run: BacktestRun, *, goes_on: bool) -> RunAnswer:
    """Return what is told of a run; one without an end has died where nobody ``goes_on`` with a backtest."""
    failure = run.failure
    if failure is None and (run.ended_at is not None or not goes_on):
        failure = DIED
    return RunAnswer(
        id=run.backtest_id,
        state="running" if failure is None else "failed",
        asked_at=run.asked_at,
        ended_at=run.ended_at,
        split=run.wish.split,
        leads=run.wish.leads,
        failure=failure,
    )


def _line(name: str, backtest: Backtest, language: Language) -> BacktestLine:
    lead = min(backtest.leads)
    return BacktestLine(
        id=name,
        split=backtest.split,
        split_chosen=backtest.split_chosen,
        leads=backtest.leads,
        made_at=backtest.made_at,
        trained_on=backtest.trained_on,
        tested_on=backtest.tested_on,
        headline=headline(backtest, language),
        scorers=translated_titles(backtest.scorers, language),
        rows=tuple(row for row in backtest.rows if (row.lead_days, row.segment) == (lead, ALL)),
    )


def _whole(name: str, backtest: Backtest, language: Language) -> BacktestAnswer:
    line = structs.asdict(_line(name, backtest, language)) | {"rows": backtest.rows}
    return BacktestAnswer(**line, curves=backtest.curves, coverage=backtest.coverage)


def _place(cursor: str | None) -> tuple[int, str] | None:
    if cursor is None:
        return None
    moment, name = decode_cursor(cursor, length=2)
    if not isinstance(moment, int) or not isinstance(name, str):
        raise InvalidRequest("This cursor belongs to another list; start again without it.")
    return moment, name


def _after(name: str, backtest: Backtest) -> str:
    return encode_cursor([to_micros(backtest.made_at), name])
