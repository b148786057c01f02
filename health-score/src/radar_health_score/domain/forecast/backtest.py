"""The answer of a backtest, as it is kept, printed and shown."""

from datetime import date
from typing import Final, Literal

from msgspec import Struct

from radar_health_score.domain.forecast.bootstrap import UNTOLD, Estimate
from radar_health_score.domain.forecast.coverage import Coverage
from radar_vocabulary.answers.backtests import Curves, ScorerNote
from radar_vocabulary.contracts.scalars import Moment, Segment

ALL: Final = "all"
SHARES: Final = (5, 10, 20)


class Row(Struct, frozen=True, kw_only=True):
    """How well one scorer did on one kind of observations; see docs/forecast.md for each measure.

    Attributes:
        n: observations it spoke of; it ``abstained`` on others.
        base_rate: share of them that churned.
        brier, log_loss, ece, calibration_slope, calibration_intercept: without a value for what only ranks.
        precision_5: share of churners among the riskiest 5%; recall: share of churners found there; lift: precision
            in multiples of the base rate; arr_recall: share of the ARR lost that is found there.
    """

    scorer: str
    lead_days: int
    segment: Segment | Literal["all"]
    n: int
    accounts: int
    abstained: int
    base_rate: float | None
    auc: Estimate = UNTOLD
    average_precision: Estimate = UNTOLD
    brier: Estimate = UNTOLD
    log_loss: Estimate = UNTOLD
    ece: Estimate = UNTOLD
    calibration_slope: Estimate = UNTOLD
    calibration_intercept: Estimate = UNTOLD
    precision_5: Estimate = UNTOLD
    precision_10: Estimate = UNTOLD
    precision_20: Estimate = UNTOLD
    recall_5: Estimate = UNTOLD
    recall_10: Estimate = UNTOLD
    recall_20: Estimate = UNTOLD
    lift_5: Estimate = UNTOLD
    lift_10: Estimate = UNTOLD
    lift_20: Estimate = UNTOLD
    arr_recall_5: Estimate = UNTOLD
    arr_recall_10: Estimate = UNTOLD
    arr_recall_20: Estimate = UNTOLD


class Counts(Struct, frozen=True, kw_only=True):
    """How many observations there were, of how many contract ends, and how many of those ends churned."""

    observations: int
    ends: int
    churned: int


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
