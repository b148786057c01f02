"""Learns a forecast from observations with outcomes, choosing everything that is to be chosen on earlier data alone.

Within the known observations, folds go forward in time: models learn from what was known by a moment and are judged on
what was seen after it. What held best there is fitted to all of them. A model speaks only where it beat the share of
churners known by then, with confidence; else the reason is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from radar_health_score.domain.forecast.features import DIRECTIONS, FEATURES_HASH, NAMES
from radar_health_score.domain.forecast.folds import weights_of
from radar_health_score.domain.forecast.model import FittedModel, Model, tells
from radar_health_score.domain.forecast.observation import Observation, churned_of
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.service.forecast.candidates import masked_features
from radar_health_score.service.forecast.choosing import Chosen, Table, beats_base_rate, choose
from radar_health_score.service.forecast.learner import Learner
from radar_vocabulary.language.messages import Sentence, message

FEWEST_CHURNED: Final = 20
FEWEST_FOR_TREES: Final = 80
TOO_FEW: Final = message(
    "the training data has {churned} churned and {kept} renewed contracts; at least {fewest} "
    "of each are needed"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What was learned: ``fitted`` is None where the model ``abstains``, for the reason given."""

    fitted: FittedModel | None
    abstains: str | None = None
    chosen: Chosen | None = None


def learn(observations: Sequence[Observation], learner: Learner) -> Learned:
    """Return a forecast learned from ``observations``, whose outcomes are known and whose features are there.

    The order of the observations doesn't matter.
    """
    table = table_of(observations)
    ends = _ends(table)
    if min(ends) < FEWEST_CHURNED:
        return Learned(
            fitted=None,
            abstains=Sentence(TOO_FEW, churned=ends[0], kept=ends[1], fewest=FEWEST_CHURNED),
        )
    chosen = choose(table, learner, trees=min(ends) >= FEWEST_FOR_TREES)
    doubt = beats_base_rate(table, chosen)
    if doubt is not None:
        return Learned(fitted=None, abstains=doubt, chosen=chosen)
    return Learned(fitted=fit(table, chosen, learner), chosen=chosen)


def table_of(observations: Sequence[Observation]) -> Table:
    """Return the observations that can be learned from as arrays, in an order of their own."""
    told = sorted(
        (observation for observation in observations if len(observation.features) == len(NAMES)),
        key=lambda observation: observation.key,
    )
    features = np.array([observation.features for observation in told], np.float64).reshape(
        len(told), len(NAMES)
    )
    known = tells(features)
    kept = [observation for observation, one in zip(told, known.tolist(), strict=True) if one]
    return Table(
        observations=kept, features=features[known], churned=churned_of(kept), weights=weights_of(kept)
    )


def fit(table: Table, chosen: Chosen, learner: Learner) -> FittedModel:
    """Return the chosen kind of model fitted to all of ``table``."""
    seen = masked_features(chosen.feature_set, table.features)
    linear = learner.linear(seen, table.churned, table.weights, chosen.strength)
    trees = None
    if chosen.tree_share:
        trees = learner.trees(seen, table.churned, table.weights, chosen.shape, DIRECTIONS)
    model = Model(
        features_hash=FEATURES_HASH,
        features=NAMES,
        linear=linear,
        trees=None if trees is None else trees.text(),
        tree_share=chosen.tree_share,
        slope=chosen.slope,
        shift=chosen.shift,
    )
    return FittedModel(model=model, trees=trees)


def risk(fitted: FittedModel, observations: Sequence[Observation]) -> FloatArray:
    """Return the probability of churn of each observation; NaN where the model abstains."""
    found = np.full(len(observations), np.nan)
    told = [at for at, observation in enumerate(observations) if len(observation.features) == len(NAMES)]
    if told:
        leads = np.array([observations[at].lead_days for at in told], np.float64)
        found[told] = fitted.churn(np.array([observations[at].features for at in told], np.float64), leads)
    return found


def _ends(table: Table) -> tuple[int, int]:
    ends = {
        (observation.account_id, observation.contract_id, observation.renews_on): bool(observation.churned)
        for observation in table.observations
    }
    churned = sum(ends.values())
    return churned, len(ends) - churned
