"""What is written down about a model beside the model itself, and which one is champion since when."""

from datetime import date
from typing import Literal

from msgspec import Struct

from radar_health_score.domain.forecast.bootstrap import Estimate
from radar_health_score.domain.forecast.far import Far
from radar_vocabulary.contracts.scalars import Moment

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


class Learnt(Struct, frozen=True, kw_only=True):
    """The training window: contract ends whose outcome was known by ``until``, seen from ``first`` on."""

    first: date
    until: Moment
    observations: int
    ends: int
    churned: int
    leads: tuple[int, ...]


class Rival(Struct, frozen=True, kw_only=True):
    """How the model compares with another on the same later cases; gain > 0 where the model has the smaller loss.

    ``gain`` is in log loss. ``name``: scorecard, champion or base_rate; ``version`` of the champion.
    """

    name: Literal["scorecard", "champion", "base_rate"]
    cases: int
    gain: Estimate
    version: str | None = None


class Judged(Struct, frozen=True, kw_only=True):
    """How a twin, learned only from what was known at ``since``, did on cases observed from then on."""

    since: Moment
    cases: int
    churned: int
    auc: Estimate
    brier: Estimate
    log_loss: Estimate
    calibration_slope: Estimate
    rivals: tuple[Rival, ...]


class ModelCard(Struct, frozen=True, kw_only=True):
    """A model version. Nothing in it ever changes.

    Attributes:
        version: a hash of the model and of what it was learned from.
        kind: logistic, trees or blend.
        scorecards: versions that were in force when it was learned.
        fingerprint: a hash of every case it was learned from.
        judged: None where no later cases were there to judge by.
        far: how far ahead it speaks, and what its word is worth there.
    """

    version: str
    kind: str
    made_at: Moment
    features_hash: str
    features: int
    scorecards: tuple[str, ...]
    fingerprint: str
    learnt: Learnt
    recipe: Recipe
    judged: Judged | None = None
    far: Far = Far()


class Reign(Struct, frozen=True, kw_only=True):
    """Which model is champion from a moment on; ``version`` None: none, the scorecard speaks alone."""

    since: Moment
    version: str | None
    act: Act
    note: str
