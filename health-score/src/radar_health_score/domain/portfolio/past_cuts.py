"""The cut of the portfolio as it would have been in the past: made at each month's beginning by what was known then.

What an account pays is followed from month to month through everything that was said of its contracts, in the order in
which it began to count; each month's cut goes on from the one before, as a running product's does.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from radar_health_score.domain.account.attributes import Patch, State, apply_patch
from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.contract_terms import KINDS_OF_TERMS, contracts_of
from radar_health_score.domain.contracts.revenue import arr_on, spans, turns
from radar_health_score.domain.scoring.segments import steady_cuts
from radar_health_score.domain.workspace.calendar_months import Month, first_day, month_of
from radar_health_score.domain.workspace.exchange import Amounts
from radar_health_score.domain.workspace.segment_cut import Cut
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, from_micros, to_micros
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCuts:
    """Cuts and the months from whose first moment they hold, ascending."""

    months: Sequence[Month]
    cuts: Sequence[Mapping[str, Cut]]

    def on(self, day: date) -> Mapping[str, Cut]:
        """Return the cuts in force on ``day``, by currency; none before anybody paid."""
        at = bisect_right(self.months, month_of(day))
        return self.cuts[at - 1] if at else {}


def past_cuts(paid: Iterable[Iterable[tuple[Month, Amounts]]]) -> PastCuts:
    """Return the cuts of a portfolio, given from which month on each account paid what (see ``paid_by_month``)."""
    changes: dict[Month, dict[int, Amounts]] = {}
    for account, told in enumerate(paid):
        for month, amounts in told:
            changes.setdefault(month, {})[account] = amounts
    portfolio: dict[int, Amounts] = {}
    months: list[Month] = []
    cuts: list[Mapping[str, Cut]] = []
    for month in sorted(changes):
        portfolio.update(changes[month])
        months.append(month)
        cuts.append(steady_cuts(cuts[-1] if cuts else {}, portfolio.values()))
    return PastCuts(months=months, cuts=cuts)


def paid_by_month(
    patches: Iterable[Patch], workspace: WorkspaceSettings, days: WorkspaceDays, last: Month
) -> Iterator[tuple[Month, Amounts]]:
    """Yield from which month on, through ``last``, an account paid what (see ``revenue.arr_on``), as known then.

    ``patches``: all that was said of its contracts, in any order.
    """
    entities: dict[str, dict[str, State]] = {kind: {} for kind in KINDS_OF_TERMS}
    before: Amounts = {}
    for (month, said), (end, _) in pairwise([*_by_month(patches, days, last), (last + 1, [])]):
        for patch in said:
            apply_patch(entities[patch.kind].setdefault(patch.entity_id, {}), patch)
        contracts = contracts_of(entities, days)
        for later in _turning(contracts, month, end):
            amounts = arr_on(contracts, workspace.exchange, first_day(later))
            if amounts != before:
                yield later, amounts
                before = amounts


def _by_month(patches: Iterable[Patch], days: WorkspaceDays, last: Month) -> list[tuple[Month, list[Patch]]]:
    """Return what was said of contracts by the first month that knows it, through ``last``."""
    said: dict[Month, list[Patch]] = {}
    for patch in patches:
        if patch.kind in KINDS_OF_TERMS and (month := _known_from(patch.counts_from, days)) <= last:
            said.setdefault(month, []).append(patch)
    return sorted(said.items())


def _turning(contracts: Sequence[Contract], first: Month, end: Month) -> list[Month]:
    """Return ``first`` and the months before ``end`` from which on something else is paid by these contracts."""
    turned = {_first_from(day) for day in turns(spans(contracts))}
    return [first, *sorted(month for month in turned if first < month < end)]


def _known_from(micros: int, days: WorkspaceDays) -> Month:
    """Return the first month at whose first moment this moment has come."""
    day = date.fromordinal(days.day_of(from_micros(micros)))
    at_midnight = to_micros(days.start_of(day.toordinal())) == micros
    return _first_from(day) if at_midnight else month_of(day) + 1


def _first_from(day: date) -> Month:
    """Return the first month that begins on ``day`` or later."""
    return month_of(day) + (day.day > 1)
