"""The answer of a backtest, as it is kept, printed and shown."""

from datetime import date
from typing import Final, Literal

from msgspec import Struct

from radar_vocabulary.answers.backtests import Counts, Coverage, Curves, Row, ScorerNote
from radar_vocabulary.contracts.scalars import Moment

ALL: Final = "all"
SHARES: Final = (5, 10, 20)


class Backtest(Struct, frozen=True, kw_only=True):
    """A backtest. ``split``: who learns knows the outcomes known by its first moment, tests begin there.

    ``coverage``: of the portfolio's forecast, quarter by quarter from the split on.
    """

    split: date
    split_chosen: Literal["given", "by_outcomes"]
    leads: tuple[int, ...]
    made_at: Moment
    trained_on: Counts
    tested_on: Counts
    scorers: tuple[ScorerNote, ...]
    rows: tuple[Row, ...]
    curves: tuple[Curves, ...]
    coverage: tuple[Coverage, ...] = ()
