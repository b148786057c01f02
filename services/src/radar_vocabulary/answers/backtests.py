"""Parts of a backtest that answers, the report and the console share: who was judged, and the curves of each."""

from msgspec import Struct


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
    """A scorer and whether it gave an answer at all; ``abstains`` says why not."""

    name: str
    title: str
    gives_probability: bool
    abstains: str | None = None
    version: str | None = None
