"""Learns how far ahead a model may speak, from what became of contracts later than at the leads it learned from.

What was said of them then is said again by folds that go forward in time, so that nothing is judged by who knew it.
"""

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, NamedTuple

import msgspec
import numpy as np

from radar_health_score.domain.forecast.case import Case, near
from radar_health_score.domain.forecast.far import LONGEST_LEARNED, Far, Pull, pull_of
from radar_health_score.domain.forecast.features import LONGEST_LEAD
from radar_health_score.domain.forecast.folds import forward_folds, weights_of
from radar_health_score.service.forecast.choosing import Chosen, Table
from radar_health_score.service.forecast.learner import Learner
from radar_health_score.service.forecast.learning import FEWEST_CHURNED, Learned, fit, learn, table_of

FAR_LEADS: Final = (360, 270, 180)
LATEST: Final = 456  # the last day of a year of quarters after the present one


class Said(NamedTuple):
    """What was said of a renewal ``lead`` days before it, and how it ended; ``nth``: renewals in between."""

    end: Hashable
    logit: float
    lead: int
    nth: int
    churned: bool


def learn_far(cases: Sequence[Case], learner: Learner) -> Learned:
    """Return a forecast learned from the near ones of ``cases``, with what it is worth further off by all of them."""
    learned = learn(near(cases), learner)
    if learned.fitted is None or learned.chosen is None:
        return learned
    far = far_of(list(said_of(table_of(cases), learned.chosen, learner)))
    model = msgspec.structs.replace(learned.fitted.model, far=far)
    return replace(learned, fitted=replace(learned.fitted, model=model))


def said_of(table: Table, chosen: Chosen, learner: Learner) -> Iterator[Said]:
    """Yield what was said of each renewal of the cases' contracts that is known, by who knew nothing of it."""
    leads = np.array([case.lead_days for case in table.cases])
    for learnt, judge in forward_folds(table.cases):
        at = learnt[leads[learnt] <= LONGEST_LEAD]
        if len(set(table.churned[at].tolist())) < 2:
            continue
        logits = fit(_part(table, at.tolist()), chosen, learner).logit(table.features[judge])
        for row, logit in zip(judge.tolist(), logits.tolist(), strict=True):
            case = table.cases[row]
            seen = case.renews_on - timedelta(days=case.lead_days)
            for nth, step in enumerate(case.fate.steps):
                end = (case.account_id, case.contract_id, step.due)
                yield Said(end, logit, (step.due - seen).days, nth, step.churned)


def far_of(said: Sequence[Said]) -> Far:
    """Return what a model's word is worth far off; nothing is learned from fewer than FEWEST_CHURNED of a kind."""
    own = [one for one in said if one.nth == 0 and one.lead > LONGEST_LEARNED]
    later = [one for one in said if one.nth > 0 and LONGEST_LEARNED < one.lead <= LATEST]
    until = _until(own)
    if until <= LONGEST_LEAD:
        return Far(later=_pull(later) if _enough(later) else None)
    return Far(until=until, own=_pull(own), later=_pull(later) if _enough(later) else None)


def _until(own: Sequence[Said]) -> int:
    """Return the longest lead at which enough renewals were seen that far off or further; 0 where there is none."""
    leads = sorted({one.lead for one in own}, reverse=True)
    return next((lead for lead in leads if _enough([one for one in own if one.lead >= lead])), 0)


def _enough(said: Sequence[Said]) -> bool:
    ends = {one.end: one.churned for one in said}
    churned = sum(ends.values())
    return min(churned, len(ends) - churned) >= FEWEST_CHURNED


def _pull(said: Sequence[Said]) -> Pull:
    times = Counter(one.end for one in said)
    return pull_of(
        np.array([one.logit for one in said]),
        np.array([one.lead for one in said], np.float64),
        np.array([one.churned for one in said], np.float64),
        np.array([1 / times[one.end] for one in said]),
    )


def _part(table: Table, rows: Sequence[int]) -> Table:
    cases = [table.cases[row] for row in rows]
    return Table(
        cases=cases,
        features=table.features[rows],
        churned=table.churned[rows],
        weights=weights_of(cases),
    )
