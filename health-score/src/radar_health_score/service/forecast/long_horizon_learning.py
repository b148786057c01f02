"""Learns how far ahead a model may predict, from outcomes later than at the leads it learned from.

Folds that go forward in time repeat the predictions, so that no prediction is judged on an outcome it learned from.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, NamedTuple

import msgspec
import numpy as np

from radar_health_score.domain.forecast.features import LONGEST_LEAD
from radar_health_score.domain.forecast.folds import forward_folds, weights_of
from radar_health_score.domain.forecast.long_horizon import (
    LONGEST_LEARNED,
    LongHorizonShrinkage,
    Shrinkage,
    fit_shrinkage,
)
from radar_health_score.domain.forecast.observation import Observation, near
from radar_health_score.service.forecast.choosing import Chosen, Table
from radar_health_score.service.forecast.learner import Learner
from radar_health_score.service.forecast.learning import FEWEST_CHURNED, Learned, fit, learn, table_of

LONG_LEADS: Final = (360, 270, 180)
LATEST: Final = 456  # the last day of a year of quarters after the present one


class PastPrediction(NamedTuple):
    """A prediction of a renewal ``lead`` days before it, and the outcome; ``nth``: renewals in between."""

    end: Hashable
    logit: float
    lead: int
    nth: int
    churned: bool


def learn_long_horizon(observations: Sequence[Observation], learner: Learner) -> Learned:
    """Return a forecast learned from near ``observations``, with its shrinkage further off learned from all of them."""
    learned = learn(near(observations), learner)
    if learned.fitted is None or learned.chosen is None:
        return learned
    long_horizon = long_horizon_of(list(predictions_of(table_of(observations), learned.chosen, learner)))
    model = msgspec.structs.replace(learned.fitted.model, long_horizon=long_horizon)
    return replace(learned, fitted=replace(learned.fitted, model=model))


def predictions_of(table: Table, chosen: Chosen, learner: Learner) -> Iterator[PastPrediction]:
    """Yield the predictions of each renewal with a known outcome, made by models that didn't learn from it."""
    leads = np.array([observation.lead_days for observation in table.observations])
    for learnt, judge in forward_folds(table.observations):
        at = learnt[leads[learnt] <= LONGEST_LEAD]
        if len(set(table.churned[at].tolist())) < 2:
            continue
        logits = fit(_part(table, at.tolist()), chosen, learner).logit(table.features[judge])
        for row, logit in zip(judge.tolist(), logits.tolist(), strict=True):
            observation = table.observations[row]
            seen = observation.renews_on - timedelta(days=observation.lead_days)
            for nth, step in enumerate(observation.later_outcomes.steps):
                end = (observation.account_id, observation.contract_id, step.due)
                yield PastPrediction(end, logit, (step.due - seen).days, nth, step.churned)


def long_horizon_of(predictions: Sequence[PastPrediction]) -> LongHorizonShrinkage:
    """Return the shrinkage far off; nothing is learned from fewer than FEWEST_CHURNED of a kind."""
    own = [one for one in predictions if one.nth == 0 and one.lead > LONGEST_LEARNED]
    later = [one for one in predictions if one.nth > 0 and LONGEST_LEARNED < one.lead <= LATEST]
    until = _until(own)
    if until <= LONGEST_LEAD:
        return LongHorizonShrinkage(later=_shrinkage(later) if _enough(later) else None)
    return LongHorizonShrinkage(
        until=until, own=_shrinkage(own), later=_shrinkage(later) if _enough(later) else None
    )


def _until(own: Sequence[PastPrediction]) -> int:
    """Return the longest lead at which enough renewals were seen that far off or further; 0 where there is none."""
    leads = sorted({one.lead for one in own}, reverse=True)
    return next((lead for lead in leads if _enough([one for one in own if one.lead >= lead])), 0)


def _enough(predictions: Sequence[PastPrediction]) -> bool:
    ends = {one.end: one.churned for one in predictions}
    churned = sum(ends.values())
    return min(churned, len(ends) - churned) >= FEWEST_CHURNED


def _shrinkage(predictions: Sequence[PastPrediction]) -> Shrinkage:
    times = Counter(one.end for one in predictions)
    return fit_shrinkage(
        np.array([one.logit for one in predictions]),
        np.array([one.lead for one in predictions], np.float64),
        np.array([one.churned for one in predictions], np.float64),
        np.array([1 / times[one.end] for one in predictions]),
    )


def _part(table: Table, rows: Sequence[int]) -> Table:
    observations = [table.observations[row] for row in rows]
    return Table(
        observations=observations,
        features=table.features[rows],
        churned=table.churned[rows],
        weights=weights_of(observations),
    )
