"""Cases for tests of the forecast: name what matters, the rest is a plausible contract end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import numpy as np

from radar_health_score.domain.forecast.forecaster import Forecast, Risk
from radar_health_score.domain.forecast.later_outcomes import LaterOutcomes, LaterTerm
from radar_health_score.domain.forecast.observation import BaselineInputs, Observation
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_vocabulary.contracts.scalars import Money, Segment

RENEWS = date(2026, 3, 1)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def observation(
    account: str = "acme",
    *,
    churned: bool | None = False,
    renews_on: date = RENEWS,
    lead: int = 30,
    scorecard: float | None = 0.2,
    silent: float | None = 3.0,
    uses: float = 10.0,
    usual: float = 10.0,
    active_days: int = 60,
    segment: Segment = "mid",
    arr: float | None = 12_000.0,
    currency: str = "EUR",
    known_at: datetime | None = None,
    term: int | None = None,
    then: Sequence[bool] = (),
) -> Observation:
    """Return a case whose outcome was known on its renewal date; ``then``: whether later terms churned, in turn."""
    return Observation(
        account_id=account,
        contract_id=f"{account}-1",
        renews_on=renews_on,
        observed_at=midnight(renews_on - timedelta(days=lead)),
        lead_days=lead,
        churned=churned,
        label_known_at=None if churned is None else known_at or midnight(renews_on),
        segment=segment,
        arr=None if arr is None else Money(amount=arr, currency=currency),
        scorecard=scorecard,
        baseline_inputs=BaselineInputs(
            days_silent=silent,
            uses=uses,
            usual_uses=usual,
            active_days=active_days,
            uses_year=10.0 * active_days,
        ),
        term_days=term,
        later_outcomes=later_outcomes(renews_on, () if churned is None else (churned, *then), term),
    )


def later_outcomes(renews_on: date, churned: Sequence[bool], term: int | None) -> LaterOutcomes:
    """Return the fate of a contract whose terms ended so, each known on its renewal date."""
    ends = [renews_on + timedelta(days=at * (term or 0)) for at in range(len(churned) + 1)]
    steps = [
        LaterTerm(due=due, churned=one, known_at=midnight(due))
        for due, one in zip(ends, churned, strict=False)
    ]
    lost = any(churned) or (churned and not term)
    return LaterOutcomes(steps=tuple(steps), open_from=None if lost else ends[-1])


def company(ends: int = 120, *, seed: int = 3, every_days: int = 7) -> list[Observation]:
    """Return contract ends of as many accounts, one a week from 2024 on; the scorecard half knows who churns."""
    generator = np.random.default_rng(seed)
    observations = []
    for at in range(ends):
        risk = float(generator.beta(1.2, 2.5))
        churned = bool(generator.random() < risk)
        told = float(np.clip(risk + generator.normal(0, 0.15), 0.01, 0.99))
        segment: Segment = "key" if at % 5 == 0 else "long_tail"
        day = date(2024, 1, 1) + timedelta(days=every_days * at)
        observations += [
            observation(
                f"account-{at:03}",
                churned=churned,
                renews_on=day,
                lead=lead,
                scorecard=told,
                silent=float(round(40 * risk)),
                active_days=round(200 * (1 - risk)),
                segment=segment,
                arr=1000.0 * (1 + at % 7),
            )
            for lead in (60, 30)
        ]
    return observations


@dataclass(frozen=True)
class Watchful:
    """A forecaster that remembers what it was given to learn from."""

    seen: list[Observation]
    name: str = "watchful"
    title: str = "Watchful"
    gives_probability: bool = True
    abstains: str | None = None
    answer: Risk | None = None

    def learn(self, known: Sequence[Observation]) -> Forecast:
        self.seen.extend(known)
        return Forecast(risk=self.answer or _half, abstains=self.abstains)


def _half(observations: Sequence[Observation]) -> FloatArray:
    return np.full(len(observations), 0.5)
