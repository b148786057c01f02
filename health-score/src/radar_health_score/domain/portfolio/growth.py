"""T2D3: from a first few millions of ARR, triple it twice, then double it three times, a year each.

Source: N. Arora, "The SaaS Adventure" (Battery Ventures, 2015), which begins at 2 M.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.portfolio.arr_path import ArrPath
from radar_health_score.domain.workspace.calendar_months import months_before
from radar_vocabulary.language.messages import message

UNDATED: Final = Missing("contracts without a start date alone reach it, so its date is unknown")
FACTORS: Final = (3, 3, 2, 2, 2)
_NOT_YET: Final = message("ARR is below {base} {currency} (health.growth_from)")


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthYear:
    """One anniversary: ARR as T2D3 has it, and as it was; ``actual`` None: the day is still to come.

    ``grown`` is the actual ARR over that of the anniversary before, to be held against ``factor``.
    """

    day: date
    factor: int
    target: float
    actual: float | None
    grown: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """T2D3 against actual in one currency, from the day ``began`` on which ARR first reached the base."""

    began: date
    arr: float
    years: tuple[GrowthYear, ...]


def t2d3(path: ArrPath, currency: str, base: float, through: date) -> Growth | Missing:
    """Return ARR on each anniversary against its target, from the day on which ARR first was at least ``base``."""
    began = path.first_at(base, currency, through)
    if began is None:
        return Missing.told(_NOT_YET, base=f"{base:,.0f}", currency=currency)
    if began == date.min:
        return UNDATED
    anniversaries = [months_before(began, -12 * year) for year in range(1, len(FACTORS) + 1)]
    start, *arr = path.on([began, *anniversaries], currency)
    years, target, before = [], start, start
    for day, factor, actual in zip(anniversaries, FACTORS, arr, strict=True):
        target *= factor
        past = day <= through
        grown = actual / before if past and before > 0 else None
        years.append(
            GrowthYear(day=day, factor=factor, target=target, actual=actual if past else None, grown=grown)
        )
        before = actual
    return Growth(began=began, arr=start, years=tuple(years))
