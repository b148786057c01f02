"""Coverage of the portfolio forecast's intervals: past quarters, forecast up to a year before.

On the first day of each quarter, the losses of that quarter and the next three are forecast from the contracts that
were open then. They are compared with what was lost of these contracts in each quarter.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, takewhile
from typing import Final

from radar_health_score.domain.forecast.forecaster import Forecaster
from radar_health_score.domain.forecast.long_horizon import NO_LONG_HORIZON, LongHorizonShrinkage
from radar_health_score.domain.forecast.observation import Observation
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.forecast.renewal_forecast import Assumptions, DueContract, forecast_quarters
from radar_health_score.domain.metrics.reading import Missing
from radar_health_score.domain.workspace.calendar_periods import periods_from
from radar_vocabulary.answers.backtests import Coverage, Quarter
from radar_vocabulary.language.messages import Message, message
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import translator_for

FEWEST_CONTRACTS: Final = 5
AHEAD: Final = 4
LEAD_LABELS: Final[Mapping[int, str]] = {
    1: "on its first day",
    2: "one quarter ahead",
    3: "two quarters ahead",
    4: "three quarters ahead",
}
_HELD: Final = message(
    "Quarters forecast on their first day: ARR lost ({currency}) was within the {level} "
    "interval in {inside} of {quarters}."
)
_EARLIER: Final[Mapping[int, Message]] = {
    2: message("Forecast one quarter ahead: {inside} of {quarters}."),
    3: message("Forecast two quarters ahead: {inside} of {quarters}."),
    4: message("Forecast three quarters ahead: {inside} of {quarters}."),
}
_LEFT_OUT: Final = message("{share} of due contracts are excluded: their outcome is unknown.")
_PACKAGE: Final = "radar_health_score"
Span = tuple[date, date]


def coverage_in_words(coverage: Coverage, language: Language = "en") -> str:
    """Return how often they held, by how far ahead quarters were forecast, and how much isn't judged."""
    said, (first, *earlier) = translator_for(language, _PACKAGE), coverage.held()
    level, inside, quarters = f"{coverage.level:.0%}", str(first.inside), str(first.quarters)
    sentences = [said.say(_HELD, currency=coverage.currency, level=level, inside=inside, quarters=quarters)]
    sentences += [
        said.say(_EARLIER[one.ahead], inside=str(one.inside), quarters=str(one.quarters)) for one in earlier
    ]
    if coverage.left_out:
        sentences.append(said.say(_LEFT_OUT, share=f"{coverage.left_out:.1%}"))
    return (" " if language == "en" else "").join(sentences)


def quarters_between(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield (first day, last day) of the calendar quarters that lie wholly from ``first`` to ``last``."""
    for quarter in takewhile(lambda one: one.last <= last, periods_from(first, "quarter")):
        if quarter.first >= first:
            yield quarter.first, quarter.last


def years_from(quarters: Sequence[Span]) -> list[Span]:
    """Return, for each quarter, the span from its first day to the end of the AHEAD quarters that begin with it."""
    return [
        (first, quarters[min(at + AHEAD, len(quarters)) - 1][1]) for at, (first, _) in enumerate(quarters)
    ]


def coverage_of(
    forecaster: Forecaster,
    observations: Sequence[Observation],
    risk: FloatArray,
    quarters: Sequence[Span],
    long_horizon: LongHorizonShrinkage = NO_LONG_HORIZON,
) -> Iterator[Coverage]:
    """Yield the coverage in each currency, over the contracts whose later outcomes are known.

    ``observations`` are open contracts seen on the first day of a quarter, due in any of AHEAD; ``risk`` (n,) is of
    churn. ``quarters`` follow one another. ``long_horizon`` is the shrinkage for renewals after the next.
    """
    seen = [
        _Observed(observation, _due(observation, float(one), long_horizon))
        for observation, one in zip(observations, risk, strict=True)
        if observation.arr
    ]
    assumed = Assumptions()
    for currency in sorted({one.observation.arr.currency for one in seen if one.observation.arr}):
        own = [one for one in seen if one.observation.arr and one.observation.arr.currency == currency]
        told = tuple(_quarters(own, quarters, assumed))
        judged = [one.inside for one in told if one.ahead == 1]
        if judged:
            yield Coverage(
                scorer=forecaster.name,
                currency=currency,
                level=assumed.level,
                covered=sum(judged) / len(judged),
                quarters=told,
            )


@dataclass(frozen=True, slots=True)
class _Observed:
    """A contract seen on the first day of a quarter, and what a forecast makes of it."""

    observation: Observation
    due: DueContract

    @property
    def day(self) -> date:
        return self.observation.renews_on - timedelta(days=self.observation.lead_days)


def _quarters(seen: Iterable[_Observed], quarters: Sequence[Span], assumed: Assumptions) -> Iterator[Quarter]:
    by_day = {day: list(of_day) for day, of_day in groupby(sorted(seen, key=_day), key=_day)}
    for at, (first, _) in enumerate(quarters):
        yield from _forecast(by_day.get(first, []), quarters[at : at + AHEAD], assumed)


def _day(one: _Observed) -> date:
    return one.day


def _forecast(seen: Sequence[_Observed], quarters: Sequence[Span], assumed: Assumptions) -> Iterator[Quarter]:
    """Yield the quarters as they were forecast on the first day of the first of them."""
    for at, (first, last) in enumerate(quarters):
        told = [one for one in seen if one.observation.later_outcomes.known_until(last)]
        if sum(one.due.comes_up(first, last) for one in told) < FEWEST_CONTRACTS:
            continue
        # What lies before is one span: only what is left of it matters.
        before = [(quarters[0][0], first - timedelta(days=1))] if at else []
        spans = [*before, (first, last)]
        foretold = forecast_quarters([one.due for one in told], spans, assumptions=assumed)[-1]
        if isinstance(foretold.arr_at_risk, Missing):
            continue
        unknown = [one for one in seen if not one.observation.later_outcomes.known_until(last)]
        yield Quarter(
            first=first,
            contracts=foretold.contracts,
            due_arr=foretold.due_arr,
            expected=foretold.arr_at_risk.expected,
            low=foretold.arr_at_risk.low,
            high=foretold.arr_at_risk.high,
            lost=sum(one.due.arr for one in told if _lost(one, first if at else date.min, last)),
            left_out=sum(one.due.comes_up(first, last) for one in unknown),
            ahead=at + 1,
        )


def _lost(one: _Observed, first: date, last: date) -> bool:
    lost_on = one.observation.later_outcomes.lost_on
    return lost_on is not None and first <= lost_on <= last


def _due(observation: Observation, risk: float, long_horizon: LongHorizonShrinkage) -> DueContract:
    assert observation.arr is not None
    told = risk == risk  # noqa: PLR0124 - NaN is where the scorer abstains
    return DueContract(
        renews_on=observation.renews_on,
        arr=observation.arr.amount,
        probability=1 - risk if told else None,
        term_days=observation.term_days,
        later=long_horizon.again(1 - risk, observation.lead_days, observation.term_days) if told else None,
    )
