"""A fitted forecast as data: a logistic regression, trees, or both, and how their logits become one probability."""

from dataclasses import dataclass
from typing import Final, Protocol

import msgspec
import numpy as np
from msgspec import Struct

from radar_chassis.errors import RadarError
from radar_health_score.domain.forecast.features import FEATURES_HASH, NAMES
from radar_health_score.domain.forecast.linear import Linear
from radar_health_score.domain.forecast.long_horizon import LongHorizonShrinkage
from radar_health_score.domain.forecast.ranking import FloatArray

YOUNGEST_DAYS: Final = 28
_WATCHED: Final = NAMES.index("watched_days")


class FeatureMismatch(RadarError):  # noqa: N818 - named for what the caller sees
    """The model was trained on other features than this release computes."""

    status = 409
    code = "feature_mismatch"


class ModelUnreadable(RadarError):  # noqa: N818
    """What is stored can't be read as a model."""

    status = 409
    code = "model_unreadable"


class Trees(Protocol):
    """Boosted trees, loaded."""

    def logit(self, features: FloatArray) -> FloatArray:
        """Return the logit of churn: (n, k) -> (n,)."""
        ...

    def contributions(self, features: FloatArray) -> FloatArray:
        """Return (n, k + 1): what each feature adds, and in the last column what they add to; sums to the logit."""
        ...


class Model(Struct, frozen=True, kw_only=True):
    """A fitted forecast.

    logit = ``shift`` + ``slope`` x ((1 - ``tree_share``) x linear + ``tree_share`` x trees).

    Attributes:
        trees: LightGBM's text format; None for a logistic regression alone.
        slope, shift: the sigmoid calibration; 1 and 0 where it didn't help on earlier data.
        long_horizon: shrinkage for renewals further off than those it learned from; ``far`` in JSON.
    """

    features_hash: str
    features: tuple[str, ...]
    linear: Linear
    trees: str | None = None
    tree_share: float = 0.0
    slope: float = 1.0
    shift: float = 0.0
    long_horizon: LongHorizonShrinkage = msgspec.field(default=LongHorizonShrinkage(), name="far")

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        if self.trees is None or not self.tree_share:
            return "logistic"
        return "trees" if self.tree_share == 1 else "blend"


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedModel:
    """A model ready to predict; ``trees`` is there where the model has any."""

    model: Model
    trees: Trees | None = None

    def logit(self, features: FloatArray) -> FloatArray:
        """Return the logit of churn: (n, k) -> (n,)."""
        model, joined = self.model, self.model.linear.logit(features)
        if self.trees is not None:
            share = model.tree_share
            joined = (1 - share) * joined + share * self.trees.logit(features)
        return model.shift + model.slope * joined

    def churn(self, features: FloatArray, leads: FloatArray | None = None) -> FloatArray:
        """Return the probability of churn: (n, k) -> (n,).

        ``leads`` (n,): days to each renewal; None: all are as near as those it learned from. NaN where too little is
        known of the account, or the renewal is too far off.
        """
        if not len(features):
            return np.empty(0)
        logit = self.logit(features)
        if leads is not None:
            kept = self.model.long_horizon.kept(leads)
            logit = kept * logit + (1 - kept) * self.model.long_horizon.base
        return np.where(tells(features), sigmoid(logit), np.nan)

    def contributions(self, features: FloatArray, leads: FloatArray | None = None) -> FloatArray:
        """Return (n, k + 1): each feature's part of the logit, the rest in the last column; rows sum to the logit.

        ``leads`` as in ``churn``.
        """
        model = self.model
        share = 0.0 if self.trees is None else model.tree_share
        found = np.hstack(
            [model.linear.contributions(features), np.full((len(features), 1), model.linear.base)]
        )
        if self.trees is not None:
            found = (1 - share) * found + share * self.trees.contributions(features)
        found = model.slope * found
        found[:, -1] += model.shift
        if leads is not None:
            kept = model.long_horizon.kept(leads)
            found = kept[:, None] * found
            found[:, -1] += (1 - kept) * model.long_horizon.base
        return found


def tells(features: FloatArray) -> FloatArray:
    """Return for each vector whether enough is known to predict: use since YOUNGEST_DAYS days or longer."""
    known: FloatArray = features[:, _WATCHED] >= np.log1p(YOUNGEST_DAYS)
    return known


def sigmoid(logit: FloatArray) -> FloatArray:
    """Return the probability of a logit."""
    return 1 / (1 + np.exp(-np.clip(logit, -30, 30)))


def encode_model(model: Model) -> str:
    """Return the stored form: JSON. Never code."""
    return msgspec.json.encode(model).decode()


def decode_model(text: str) -> Model:
    """Return the model in ``text``; raises ModelUnreadable, and FeatureMismatch where it wants other features."""
    try:
        model = msgspec.json.decode(text, type=Model)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise ModelUnreadable(
            "The stored model can't be read; roll back to another version, or train anew."
        ) from error
    if model.features_hash != FEATURES_HASH or model.features != NAMES:
        raise FeatureMismatch(
            "The model was trained on other features than this release computes; train anew with `radar train`, "
            "or run the release that it was trained with."
        )
    return model
