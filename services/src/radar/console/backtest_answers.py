"""What the health-score service says of backtests, as far as the console reads it."""

from datetime import date, datetime

from msgspec import Struct

from radar_vocabulary.answers.backtests import Curves, ScorerNote


class EstimateAnswer(Struct, frozen=True, kw_only=True):
    """A value with its 95% interval."""

    value: float | None = None
    low: float | None = None
    high: float | None = None


class BacktestRowAnswer(Struct, frozen=True, kw_only=True):
    """How well one scorer did on one kind of observations."""

    scorer: str
    lead_days: int
    segment: str
    n: int
    abstained: int
    base_rate: float | None
    auc: EstimateAnswer
    brier: EstimateAnswer
    ece: EstimateAnswer
    precision_10: EstimateAnswer
    recall_20: EstimateAnswer
    arr_recall_20: EstimateAnswer


class CountsAnswer(Struct, frozen=True, kw_only=True):
    """Contract ends, and those that churned."""

    ends: int
    churned: int


class BacktestLineAnswer(Struct, frozen=True, kw_only=True):
    """A backtest in a list."""

    id: str
    split: date
    made_at: datetime
    leads: tuple[int, ...]
    trained_on: CountsAnswer
    tested_on: CountsAnswer
    headline: tuple[str, ...]
    scorers: tuple[ScorerNote, ...]
    rows: tuple[BacktestRowAnswer, ...]


class ForetoldQuarterAnswer(Struct, frozen=True, kw_only=True):
    """A past quarter as foretold so many quarters ahead (1: on its first day), and what was lost; ARR."""

    expected: float
    low: float
    high: float
    lost: float
    ahead: int = 1


class CoverageAnswer(Struct, frozen=True, kw_only=True):
    """How often a scorer's intervals of the portfolio's forecast held."""

    scorer: str
    currency: str
    level: float
    quarters: tuple[ForetoldQuarterAnswer, ...]


class BacktestAnswer(BacktestLineAnswer, frozen=True, kw_only=True):
    """A whole backtest."""

    curves: tuple[Curves, ...]
    coverage: tuple[CoverageAnswer, ...] = ()


class ReignAnswer(Struct, frozen=True, kw_only=True):
    """Since when which version of the model speaks; None: none, the one before was rolled back."""

    since: datetime
    version: str | None


class ModelAnswer(Struct, frozen=True, kw_only=True):
    """A version of the model; ``fits``: this release can run it."""

    version: str
    champion: bool
    fits: bool


class ModelsAnswer(Struct, frozen=True, kw_only=True):
    """``GET /v1/models``."""

    champion: ReignAnswer | None
    items: tuple[ModelAnswer, ...] = ()


class BacktestPageAnswer(Struct, frozen=True, kw_only=True):
    """A page of backtests."""

    items: tuple[BacktestLineAnswer, ...]
    next_cursor: str | None = None
