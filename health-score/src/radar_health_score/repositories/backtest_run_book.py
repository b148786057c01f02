"""Backtests that were asked for, in SQL."""

from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, insert, select, update

from radar_health_score.domain.workspace.workspace_days import from_micros, to_micros
from radar_health_score.repositories.backtest_run_records import BacktestRequest, BacktestRun
from radar_vocabulary.answers.backtests import Failure

_runs: Final = Table(
    "backtest_runs",
    MetaData(),
    Column("backtest_id", Text, primary_key=True),
    Column("asked_at", BigInteger),
    Column("wish", Text),
    Column("ended_at", BigInteger),
    Column("code", Text),
    Column("detail", Text),
)
_wish: Final = msgspec.json.Decoder(BacktestRequest)


class RunBook:
    """Keeps what was asked for and how it ended."""

    def begin(self, connection: Connection, run: BacktestRun) -> None:
        """Note a run that begins."""
        row = {
            "backtest_id": run.backtest_id,
            "asked_at": to_micros(run.asked_at),
            "wish": msgspec.json.encode(run.wish).decode(),
        }
        connection.execute(insert(_runs).values(**row))

    def end(self, connection: Connection, backtest_id: str, at: datetime, failure: Failure | None) -> bool:
        """Note how a run ended; return whether nobody had noted its end before."""
        under_way = (_runs.c.backtest_id == backtest_id) & _runs.c.ended_at.is_(None)
        told = {} if failure is None else {"code": failure.code, "detail": failure.detail}
        ended = update(_runs).where(under_way).values(ended_at=to_micros(at), **told)
        return connection.execute(ended).rowcount == 1

    def end_all(self, connection: Connection, at: datetime, failure: Failure) -> None:
        """Note that runs whose end nobody has noted have failed."""
        ended = {"ended_at": to_micros(at), "code": failure.code, "detail": failure.detail}
        connection.execute(update(_runs).where(_runs.c.ended_at.is_(None)).values(**ended))

    def find(self, connection: Connection, backtest_id: str) -> BacktestRun | None:
        """Return a run."""
        row = connection.execute(select(_runs).where(_runs.c.backtest_id == backtest_id)).first()
        if row is None:
            return None
        return BacktestRun(
            backtest_id=row.backtest_id,
            asked_at=from_micros(row.asked_at),
            wish=_wish.decode(row.wish),
            ended_at=None if row.ended_at is None else from_micros(row.ended_at),
            failure=None if row.code is None else Failure(code=row.code, detail=row.detail),
        )
