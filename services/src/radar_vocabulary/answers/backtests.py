"""Parts of a backtest that answers, the report and the console share: who was judged, and the curves of each."""

from typing import Literal

from msgspec import Struct

from radar_vocabulary.answers.estimates import NO_ESTIMATE, Estimate
from radar_vocabulary.contracts.scalars import Day, Moment, Segment
from radar_vocabulary.language.messages import StoredSentence


class Bin(Struct, frozen=True, kw_only=True):
    """Observations whose probability of churn lies between ``low`` and ``high``: what was said, what happened."""

    low: float
    high: float
    n: int
    said: float
    churned: float


class Curves(Struct, frozen=True, kw_only=True):
    """What is drawn of one scorer at one lead, over all segments.

    Attributes:
        reliability: empty for what only ranks.
        found: the lift curve: share of churners found when the riskiest 0%, 1%, … 100% are looked at.
    """

    scorer: str
    lead_days: int
    reliability: tuple[Bin, ...]
    found: tuple[float, ...]


class ScorerNote(Struct, frozen=True, kw_only=True):
    """A scorer and whether it gave an answer at all; ``abstains`` says why not, ``because`` the same with its values.

    Backtests of 0.1.0 have no ``because``.
    """

    name: str
    title: str
    gives_probability: bool
    abstains: str | None = None
    because: StoredSentence | None = None
    version: str | None = None


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
    auc: Estimate = NO_ESTIMATE
    average_precision: Estimate = NO_ESTIMATE
    brier: Estimate = NO_ESTIMATE
    log_loss: Estimate = NO_ESTIMATE
    ece: Estimate = NO_ESTIMATE
    calibration_slope: Estimate = NO_ESTIMATE
    calibration_intercept: Estimate = NO_ESTIMATE
    precision_5: Estimate = NO_ESTIMATE
    precision_10: Estimate = NO_ESTIMATE
    precision_20: Estimate = NO_ESTIMATE
    recall_5: Estimate = NO_ESTIMATE
    recall_10: Estimate = NO_ESTIMATE
    recall_20: Estimate = NO_ESTIMATE
    lift_5: Estimate = NO_ESTIMATE
    lift_10: Estimate = NO_ESTIMATE
    lift_20: Estimate = NO_ESTIMATE
    arr_recall_5: Estimate = NO_ESTIMATE
    arr_recall_10: Estimate = NO_ESTIMATE
    arr_recall_20: Estimate = NO_ESTIMATE


class Counts(Struct, frozen=True, kw_only=True):
    """How many observations there were, of how many contract ends, and how many of those ends churned."""

    observations: int
    ends: int
    churned: int


class Quarter(Struct, frozen=True, kw_only=True):
    """A quarter as it was foretold, and as it came; amounts are ARR.

    ``ahead``: 1 where it was foretold on its first day, 2 a quarter before, and so on. ``low`` and ``high`` are the
    interval of what would be lost; ``lost`` is what was. All are of the ``contracts`` that would come up, open when it
    was foretold, whose outcome is known; ``left_out``: how many more were due.
    """

    first: Day
    contracts: int
    due_arr: float
    expected: float
    low: float
    high: float
    lost: float
    left_out: int = 0
    ahead: int = 1

    @property
    def inside(self) -> bool:
        """Whether the interval held what was lost."""
        return self.low <= self.lost <= self.high


class CoverageCount(Struct, frozen=True, kw_only=True):
    """In how many of the ``quarters`` foretold that far ``ahead`` the interval held what was lost."""

    ahead: int
    quarters: int
    inside: int


class Coverage(Struct, frozen=True, kw_only=True):
    """How often a scorer's intervals held.

    ``covered``, of quarters foretold on their first day, should be near ``level``, in a few quarters only roughly.
    """

    scorer: str
    currency: str
    level: float
    covered: float
    quarters: tuple[Quarter, ...]

    def held(self) -> tuple[CoverageCount, ...]:
        """Return how often they held, by how far ahead quarters were foretold."""
        return tuple(
            CoverageCount(ahead=ahead, quarters=len(told), inside=sum(one.inside for one in told))
            for ahead in sorted({one.ahead for one in self.quarters})
            if (told := [one for one in self.quarters if one.ahead == ahead])
        )

    @property
    def left_out(self) -> float:
        """The share of the contracts due that isn't judged, since nobody has said how they ended."""
        left_out = sum(one.left_out for one in self.quarters)
        return left_out / (left_out + sum(one.contracts for one in self.quarters))


class Failure(Struct, frozen=True, kw_only=True):
    """Why there is no backtest: a stable code and a sentence that says what to do."""

    code: str
    detail: str


class BacktestLine(Struct, frozen=True, kw_only=True):
    """A backtest in a list; ``rows`` are those of all segments together at the shortest lead."""

    id: str
    state: Literal["done"] = "done"
    split: Day
    split_chosen: str
    leads: tuple[int, ...]
    made_at: Moment
    trained_on: Counts
    tested_on: Counts
    headline: tuple[str, ...]
    scorers: tuple[ScorerNote, ...]
    rows: tuple[Row, ...]


class BacktestAnswer(BacktestLine, frozen=True, kw_only=True):
    """A whole backtest: ``rows`` of every lead and segment, and what is drawn of them."""

    curves: tuple[Curves, ...]
    coverage: tuple[Coverage, ...]


class RunAnswer(Struct, frozen=True, kw_only=True):
    """A backtest that was asked for and isn't there: not yet, or not at all, for the reason in ``failure``."""

    id: str
    state: Literal["running", "failed"]
    asked_at: Moment
    ended_at: Moment | None
    split: Day | None
    leads: tuple[int, ...]
    failure: Failure | None
