"""What ``GET /v1/models`` and ``/v1/models/{version}`` answer with."""

from typing import Literal

from msgspec import Struct, field

from radar_vocabulary.answers.estimates import Estimate
from radar_vocabulary.contracts.scalars import Day, Moment

Act = Literal["promoted", "forced", "rolled_back"]


class Recipe(Struct, frozen=True, kw_only=True):
    """What was chosen on earlier data: penalty of the regression, share and shape of the trees, calibration.

    Attributes:
        looks_at: what its features speak of.
    """

    strength: float
    tree_share: float
    leaves: int
    rounds: int
    slope: float
    shift: float
    looks_at: tuple[str, ...] = ()


class TrainingWindow(Struct, frozen=True, kw_only=True):
    """The training window: contract ends whose outcome was known by ``until``, seen from ``first`` on."""

    first: Day
    until: Moment
    observations: int
    ends: int
    churned: int
    leads: tuple[int, ...]


class ModelComparison(Struct, frozen=True, kw_only=True):
    """How the model compares with another on the same later observations; gain > 0 where its loss is smaller.

    ``gain`` is in log loss. ``name``: scorecard, champion or base_rate; ``version`` of the champion.
    """

    name: Literal["scorecard", "champion", "base_rate"]
    cases: int
    gain: Estimate
    version: str | None = None


class Evaluation(Struct, frozen=True, kw_only=True):
    """How a twin, learned only from what was known at ``since``, did on observations from then on."""

    since: Moment
    cases: int
    churned: int
    auc: Estimate
    brier: Estimate
    log_loss: Estimate
    calibration_slope: Estimate
    rivals: tuple[ModelComparison, ...]


class HorizonShrinkage(Struct, frozen=True, kw_only=True):
    """How a probability of a far renewal is drawn toward that of such renewals; see docs/forecast.md.

    Attributes:
        base: logit of the share of such renewals that churned.
        days: over so many more days of lead, what is left of the model's own logit falls to 1 / e.
    """

    base: float
    days: float


class LongHorizon(Struct, frozen=True, kw_only=True):
    """How far ahead a model predicts, and how its probabilities there are shrunk.

    Attributes:
        until: the longest lead, in days, that it predicts.
        own: the shrinkage of the next renewal; None where none was learned.
        later: on those after it, once that has come about; None: the same probability again.
    """

    until: int
    own: HorizonShrinkage | None = None
    later: HorizonShrinkage | None = None


class ModelCard(Struct, frozen=True, kw_only=True):
    """A model version. Nothing in it ever changes.

    Attributes:
        version: a hash of the model and of what it was learned from.
        kind: logistic, trees or blend.
        scorecards: versions that were in force when it was learned.
        fingerprint: a hash of every case it was learned from.
        judged: None where no later cases were there to judge by.
        long_horizon: how far ahead it predicts, and its shrinkage there; ``far`` in JSON.
    """

    version: str
    kind: str
    made_at: Moment
    features_hash: str
    features: int
    scorecards: tuple[str, ...]
    fingerprint: str
    learnt: TrainingWindow
    recipe: Recipe
    judged: Evaluation | None = None
    long_horizon: LongHorizon = field(name="far")


class ChampionPeriod(Struct, frozen=True, kw_only=True):
    """Which model is champion from a moment on; ``version`` None: none, the scorecard alone predicts."""

    since: Moment
    version: str | None
    act: Act
    note: str


class ModelLine(ModelCard, frozen=True, kw_only=True):
    """A card; ``champion``: it speaks now. ``fits``: this release computes the features it was trained on."""

    champion: bool
    fits: bool


class ModelPage(Struct, frozen=True, kw_only=True):
    """Every version, the newest first. ``champion`` is None where the scorecard speaks alone."""

    champion: ChampionPeriod | None
    items: list[ModelLine]
    next_cursor: None = None


class ModelFeature(Struct, frozen=True, kw_only=True):
    """A feature: ``risk`` is 1 where more of it can only raise the risk of churn, -1 only lower it, 0 either."""

    name: str
    about: str
    risk: int


class ModelAnswer(ModelLine, frozen=True, kw_only=True):
    """A version, when it was champion, and what it looks at (where this release still knows)."""

    reigns: list[ChampionPeriod]
    feature_list: list[ModelFeature]
