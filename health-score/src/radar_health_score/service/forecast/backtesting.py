"""Runs a backtest: how well each scorer predicts churn from what was known at the time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, Literal

import numpy as np

from radar_chassis.errors import RadarError
from radar_health_score.domain.forecast.backtest import Backtest
from radar_health_score.domain.forecast.coverage import coverage_of, quarters_between
from radar_health_score.domain.forecast.evaluation import curves_of, rows_of
from radar_health_score.domain.forecast.forecaster import Forecast, Forecaster
from radar_health_score.domain.forecast.observation import Observation, known_before, near, observed_from
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_vocabulary.answers.backtests import Counts, Coverage, Curves, Row, ScorerNote
from radar_vocabulary.language.messages import StoredSentence

FEWEST: Final = 5
LEARNED_SHARE: Final = 0.65
Stage = Literal["observing", "judging"]
BacktestProgress = Callable[[Stage, int, int], None]
DueObservations = Callable[[Sequence[tuple[date, date]]], Iterable[Observation]]


def no_quarters(_quarters: Sequence[tuple[date, date]]) -> Iterable[Observation]:
    """Return nothing: for a backtest that doesn't look at the portfolio's forecast."""
    return ()


class TooFewOutcomes(RadarError):  # noqa: N818 - named for what the caller sees
    """Too few contract ends with a known outcome to judge anything by."""

    status = 409
    code = "too_few_outcomes"


@dataclass(frozen=True, kw_only=True)
class Run:
    """A backtest and each scorer's predictions: scorer -> (n,), NaN where it abstained."""

    backtest: Backtest
    observations: Sequence[Observation]
    risks: dict[str, FloatArray]


@dataclass(frozen=True, kw_only=True)
class Backtesting:
    """Runs backtests.

    Attributes:
        forecasters: all that are compared; each learns anew, from what was known at the split.
    """

    forecasters: Sequence[Forecaster]
    days: WorkspaceDays

    def run(
        self,
        observations: Iterable[Observation],
        *,
        split: date | None,
        made_at: datetime,
        progress: BacktestProgress,
        due: DueObservations = no_quarters,
        leads: Sequence[int] | None = None,
    ) -> Run:
        """Return the backtest over ``observations``, judged at ``leads`` (None: at all of them); raises TooFewOutcomes.

        ``due`` gives, for given quarters, the contracts due within a year as they were on the first day of each.
        """
        every = sorted(observations, key=lambda observation: observation.key)
        day = split or default_split(every, self.days)
        moment = self.days.start_of(day.toordinal())
        known = known_before(every, moment)
        judged = [
            observation
            for observation in observed_from(every, moment)
            if leads is None or observation.lead_days in leads
        ]
        _check(judged, day)
        quarters = tuple(quarters_between(day, made_at.date()))
        verdicts = _Verdicts(
            judged=judged, quarters=quarters, due=sorted(due(quarters), key=lambda one: one.key)
        )
        for at, forecaster in enumerate(self.forecasters):
            progress("judging", at, len(self.forecasters))
            verdicts.add(forecaster, forecaster.learn(known))
        progress("judging", len(self.forecasters), len(self.forecasters))
        backtest = Backtest(
            split=day,
            split_chosen="by_outcomes" if split is None else "given",
            leads=tuple(sorted({observation.lead_days for observation in judged}, reverse=True)),
            made_at=made_at,
            trained_on=_counts(near(known)),
            tested_on=_counts(judged),
            scorers=tuple(verdicts.notes),
            rows=tuple(verdicts.rows),
            curves=tuple(verdicts.curves),
            coverage=tuple(verdicts.coverage),
        )
        return Run(backtest=backtest, observations=judged, risks=verdicts.risks)


@dataclass(kw_only=True)
class _Verdicts:
    """What is said of one scorer after another."""

    judged: Sequence[Observation]
    quarters: Sequence[tuple[date, date]]
    due: Sequence[Observation]
    notes: list[ScorerNote] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    curves: list[Curves] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    risks: dict[str, FloatArray] = field(default_factory=dict)

    def add(self, forecaster: Forecaster, forecast: Forecast) -> None:
        """Judge a scorer; one that abstains makes no predictions."""
        reason = forecast.abstains
        speaks = reason is None
        risk = forecast.risk(self.judged) if speaks else np.full(len(self.judged), np.nan)
        self.risks[forecaster.name] = risk
        self.rows += rows_of(forecaster, self.judged, risk)
        self.curves += curves_of(forecaster, self.judged, risk)
        if speaks and forecaster.gives_probability and self.due:
            risk = forecast.risk(self.due)
            self.coverage += coverage_of(forecaster, self.due, risk, self.quarters, forecast.long_horizon)
        self.notes.append(
            ScorerNote(
                name=forecaster.name,
                title=forecaster.title,
                gives_probability=forecaster.gives_probability,
                abstains=None if reason is None else str(reason),
                because=None if reason is None else StoredSentence.of(reason),
                version=forecast.version,
            )
        )


def default_split(observations: Iterable[Observation], days: WorkspaceDays) -> date:
    """Return the day by which LEARNED_SHARE of the outcomes were known; raises TooFewOutcomes where there are none."""
    moments = {
        (observation.account_id, observation.contract_id, observation.label_known_at)
        for observation in near(observations)
        if observation.label_known_at is not None
    }
    known = sorted(moment for _, _, moment in moments if moment is not None)
    if not known:
        raise TooFewOutcomes(
            "No contract end has an outcome yet: send contract_closed for those that have ended, then try again."
        )
    return date.fromordinal(days.day_of(known[int(LEARNED_SHARE * (len(known) - 1))]))


def _check(judged: Sequence[Observation], split: date) -> None:
    ends = _counts(judged)
    if min(ends.churned, ends.ends - ends.churned) < FEWEST:
        raise TooFewOutcomes(
            f"Of the contract ends observed from {split} on, {ends.churned} churned and "
            f"{ends.ends - ends.churned} didn't; a backtest needs {FEWEST} of each. "
            "Choose an earlier --split, or wait for more outcomes."
        )


def _counts(observations: Sequence[Observation]) -> Counts:
    ends = {
        (observation.account_id, observation.contract_id, observation.label_known_at): observation.churned
        for observation in observations
        if observation.churned is not None
    }
    return Counts(
        observations=len(observations),
        ends=len(ends),
        churned=sum(bool(churned) for churned in ends.values()),
    )
