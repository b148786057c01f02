"""Backtests in SQL: each is one JSON value, with what a list shows beside it."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Connection, MetaData, Table, Text, insert, select, tuple_

from radar_health_score.domain.forecast.backtest import Backtest
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.repositories.backtest_records import KeptBacktest

_backtests: Final = Table(
    "backtests",
    MetaData(),
    Column("backtest_id", Text, primary_key=True),
    Column("made_at", BigInteger),
    Column("split", Text),
    Column("result", Text),
)
_encoder: Final = msgspec.json.Encoder()
_decoder: Final = msgspec.json.Decoder(Backtest)


class BacktestBook:
    """Keeps backtests; one that is kept never changes."""

    def __init__(self, backtest_id: str | None = None) -> None:
        self._id = backtest_id

    def keep(self, connection: Connection, backtest: Backtest) -> str:
        """Keep a backtest and return its id; the same one kept twice is one."""
        result = _encoder.encode(backtest)
        backtest_id = self._id or f"{backtest.made_at:%Y%m%d-%H%M%S}-{sha256(result).hexdigest()[:8]}"
        if self.find(connection, backtest_id) is None:
            connection.execute(
                insert(_backtests).values(
                    backtest_id=backtest_id,
                    made_at=to_micros(backtest.made_at),
                    split=backtest.split.isoformat(),
                    result=result.decode(),
                )
            )
        return backtest_id

    def find(self, connection: Connection, backtest_id: str) -> Backtest | None:
        """Return a backtest."""
        query = select(_backtests.c.result).where(_backtests.c.backtest_id == backtest_id)
        result = connection.execute(query).scalar()
        return None if result is None else _decoder.decode(result)

    def newest(
        self, connection: Connection, limit: int, after: tuple[int, str] | None = None
    ) -> Sequence[KeptBacktest]:
        """Return backtests, newest first; ``after``: what follows the one of this moment (microseconds) and id."""
        made_at, name = _backtests.c.made_at, _backtests.c.backtest_id
        query = select(name, _backtests.c.result).order_by(made_at.desc(), name.desc()).limit(limit)
        if after is not None:
            query = query.where(tuple_(made_at, name) < after)
        return [
            KeptBacktest(row.backtest_id, _decoder.decode(row.result)) for row in connection.execute(query)
        ]
