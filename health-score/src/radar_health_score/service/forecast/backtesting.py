"""Runs a backtest: who would have foretold which contract ends churn, had they known only what was known then."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

import numpy as np

from radar_chassis.errors import RadarError
from radar_health_score.domain.forecast.backtest import Backtest, Counts, Curves, Row, ScorerNote
from radar_health_score.domain.forecast.case import Case, known_before, observed_from
from radar_health_score.domain.forecast.evaluation import curves_of, rows_of
from radar_health_score.domain.forecast.forecaster import Forecaster
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.workspace_days import WorkspaceDays

FEWEST: Final = 5
KNOWN_SHARE: Final = 0.65
Stage = Literal["observing", "learning", "judging"]
Progress = Callable[[Stage, int, int], None]


class TooFewOutcomes(RadarError):  # noqa: N818 - named for what the caller sees
    """Too few contract ends with a known outcome to judge anything by."""

    status = 409
    code = "too_few_outcomes"


@dataclass(frozen=True, kw_only=True)
class Run:
    """A backtest and what each scorer said of each case: scorer -> (n,), NaN where it abstained."""

    backtest: Backtest
    cases: Sequence[Case]
    risks: dict[str, FloatArray]


@dataclass(frozen=True, kw_only=True)
class Backtesting:
    """Runs backtests.

    Attributes:
        forecasters: all that are compared; each learns anew, from what was known at the split.
    """

    forecasters: Sequence[Forecaster]
    days: WorkspaceDays

    def run(self, cases: Iterable[Case], *, split: date | None, made_at: datetime, progress: Progress) -> Run:
        """Return the backtest over ``cases``; raises TooFewOutcomes."""
        every = sorted(cases, key=lambda case: case.key)
        day = split or default_split(every, self.days)
        moment = self.days.start_of(day.toordinal())
        known, judged = known_before(every, moment), observed_from(every, moment)
        _check(judged, day)
        notes: list[ScorerNote] = []
        rows: list[Row] = []
        curves: list[Curves] = []
        risks: dict[str, FloatArray] = {}
        for at, forecaster in enumerate(self.forecasters):
            progress("learning", at, len(self.forecasters))
            forecast = forecaster.learn(known)
            silent = np.full(len(judged), np.nan)
            risk = silent if forecast.abstains is not None else forecast.risk(judged)
            risks[forecaster.name] = risk
            progress("judging", at, len(self.forecasters))
            rows += rows_of(forecaster, judged, risk)
            curves += curves_of(forecaster, judged, risk)
            notes.append(
                ScorerNote(
                    name=forecaster.name,
                    title=forecaster.title,
                    gives_probability=forecaster.gives_probability,
                    abstains=forecast.abstains,
                    version=forecast.version,
                )
            )
        progress("judging", len(self.forecasters), len(self.forecasters))
        backtest = Backtest(
            split=day,
            split_chosen="by_outcomes" if split is None else "given",
            leads=tuple(sorted({case.lead_days for case in judged}, reverse=True)),
            made_at=made_at,
            trained_on=_counts(known),
            tested_on=_counts(judged),
            scorers=tuple(notes),
            rows=tuple(rows),
            curves=tuple(curves),
        )
        return Run(backtest=backtest, cases=judged, risks=risks)


def default_split(cases: Iterable[Case], days: WorkspaceDays) -> date:
    """Return the day by which KNOWN_SHARE of the outcomes were known; raises TooFewOutcomes where there are none."""
    moments = {
        (case.account_id, case.contract_id, case.label_known_at)
        for case in cases
        if case.label_known_at is not None
    }
    known = sorted(moment for _, _, moment in moments if moment is not None)
    if not known:
        raise TooFewOutcomes(
            "No contract end has an outcome yet: send contract_closed for those that have ended, then try again."
        )
    return date.fromordinal(days.day_of(known[int(KNOWN_SHARE * (len(known) - 1))]))


def _check(judged: Sequence[Case], split: date) -> None:
    ends = _counts(judged)
    if min(ends.churned, ends.ends - ends.churned) < FEWEST:
        raise TooFewOutcomes(
            f"Of the contract ends observed from {split} on, {ends.churned} churned and "
            f"{ends.ends - ends.churned} didn't; a backtest needs {FEWEST} of each. "
            "Choose an earlier --split, or wait for more outcomes."
        )


def _counts(cases: Sequence[Case]) -> Counts:
    ends = {
        (case.account_id, case.contract_id, case.label_known_at): case.churned
        for case in cases
        if case.churned is not None
    }
    return Counts(
        observations=len(cases), ends=len(ends), churned=sum(bool(churned) for churned in ends.values())
    )
