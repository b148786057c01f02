"""Whether a new snapshot says something that a reader of the last kept one would notice."""

from collections.abc import Sequence
from typing import Final

from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal

SCORE_STEP: Final = 0.05
PROBABILITY_STEP: Final = 0.005


def worth_publishing(kept: HealthSnapshot | None, new: HealthSnapshot, days: WorkspaceDays) -> bool:
    """Return whether ``new`` is worth keeping and publishing after ``kept``; each day has at least one."""
    if kept is None or days.day_of(kept.as_of) != days.day_of(new.as_of):
        return True
    same = (
        kept.band == new.band
        and kept.account == new.account
        and kept.scorecard == new.scorecard
        and kept.freshness.stale == new.freshness.stale
        and kept.override == new.override
        and kept.terms == new.terms
        and _near(kept.score, new.score, SCORE_STEP)
        and _same_renewal(kept.renewal, new.renewal)
        and _same_renewals(kept.renewals, new.renewals)
        and [(one.currency, one.arr) for one in kept.revenue]
        == [(one.currency, one.arr) for one in new.revenue]
    )
    return not same


def _same_renewals(kept: Sequence[Renewal], new: Sequence[Renewal]) -> bool:
    return len(kept) == len(new) and all(map(_same_renewal, kept, new))


def _same_renewal(kept: Renewal | None, new: Renewal | None) -> bool:
    if kept is None or new is None:
        return kept is new
    return (
        (kept.contract_id, kept.renews_on, kept.notice_by, kept.auto_renew, kept.source, kept.arr)
        == (new.contract_id, new.renews_on, new.notice_by, new.auto_renew, new.source, new.arr)
    ) and _near(kept.probability, new.probability, PROBABILITY_STEP)


def _near(one: float | None, other: float | None, step: float) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) < step
