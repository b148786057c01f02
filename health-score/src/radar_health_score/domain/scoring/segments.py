"""The layer an account belongs to: told by hand, or by what it pays."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.contracts.revenue import arr_on
from radar_health_score.domain.workspace.exchange import Amounts
from radar_health_score.domain.workspace.segment_cut import Cut, steady_cut
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import Segment

_SMALLEST_FIRST: Final[tuple[Segment, ...]] = ("long_tail", "mid", "key")


def effective_segment(facts: AccountFacts, workspace: WorkspaceSettings) -> Segment:
    """Return the profile's segment; else that of the ARR in force; else long_tail."""
    return segment_on(facts, workspace, workspace.today(facts.as_of))


def segment_on(facts: AccountFacts, workspace: WorkspaceSettings, day: date) -> Segment:
    """Return the profile's segment; else that of the ARR in force on ``day``; else long_tail.

    What is paid in several currencies without a rate between them counts by the one that says most.
    """
    if facts.profile.segment is not None:
        return facts.profile.segment
    if workspace.segments == "explicit":
        return "long_tail"
    arr = arr_on(facts.contracts, workspace.exchange, day)
    told = (workspace.cut(currency).segment(amount) for currency, amount in arr.items())
    return max(told, key=_SMALLEST_FIRST.index, default="long_tail")


def steady_cuts(current: Mapping[str, Cut], portfolio: Iterable[Amounts]) -> dict[str, Cut]:
    """Return the cuts to go on with, by currency, given each account's ARR (see ``revenue.arr_on``)."""
    arrs: dict[str, list[float]] = {currency: [] for currency in current}
    for account in portfolio:
        for currency, amount in account.items():
            arrs.setdefault(currency, []).append(amount)
    cuts = {currency: steady_cut(current.get(currency), amounts) for currency, amounts in arrs.items()}
    return {currency: cut for currency, cut in cuts.items() if cut is not None}
