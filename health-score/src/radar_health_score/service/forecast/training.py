"""Trains a model, judges its twin on later contract ends, keeps it, and promotes it where it has earned that.

The twin learns only from what was known at the split and is judged on what was observed from then on; the version
that is kept is learned the same way from everything. A champion is judged on the same ones, which it
didn't know.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Final, Literal

import numpy as np

from radar_chassis.clock import Clock
from radar_chassis.store.database import Database
from radar_health_score.domain.forecast.card import ModelCard
from radar_health_score.domain.forecast.folds import weights_of
from radar_health_score.domain.forecast.model import FittedModel, encode_model
from radar_health_score.domain.forecast.observation import (
    Observation,
    churned_of,
    known_before,
    near,
    observed_from,
)
from radar_health_score.domain.forecast.promotion import objections
from radar_health_score.domain.forecast.ranking import FloatArray
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_health_score.service.forecast.candidates import FEATURE_SETS
from radar_health_score.service.forecast.challenger_evaluation import Names, evaluate_challenger
from radar_health_score.service.forecast.choosing import Chosen
from radar_health_score.service.forecast.learner import Learner
from radar_health_score.service.forecast.learning import Learned, learn, risk
from radar_health_score.service.forecast.long_horizon_learning import learn_long_horizon
from radar_health_score.service.forecast.registry import promoted, was_rolled_back
from radar_vocabulary.answers.models import ChampionPeriod, Evaluation, Recipe, TrainingWindow

Promote = Literal["auto", "never", "force"]
Stage = Literal["observing", "learning", "judging"]
TrainingProgress = Callable[[Stage, int, int], None]
Known = tuple[str, FittedModel, datetime]
EARLIER_SHARE: Final = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """What came of it.

    Attributes:
        card: of the version that was kept; None where the model ``abstains``.
        objections: why it wasn't promoted. ``champion_period``: where it was.
    """

    card: ModelCard | None
    abstains: str | None = None
    objections: tuple[str, ...] = ()
    champion_period: ChampionPeriod | None = None


@dataclass(frozen=True, kw_only=True)
class Training:
    """Trains on observations of everything in the store.

    Attributes:
        champion: returns the present champion's version, the model, and until when it has learned; None without one.
        scorecards: versions in force.
    """

    database: Database
    registry: ModelRegistry
    learner: Learner
    champion: Callable[[], Known | None]
    scorecards: tuple[str, ...]
    days: WorkspaceDays
    clock: Clock

    def run(
        self,
        observations: Sequence[Observation],
        *,
        split: date | None,
        promote: Promote,
        note: str,
        progress: TrainingProgress,
    ) -> Trained:
        """Return what came of training on ``observations``, those without an outcome left out."""
        now = self.clock.now()
        known = known_before(observations, now)
        progress("learning", 0, 2)
        learned = learn_long_horizon(known, self.learner)
        progress("learning", 1, 2)
        if learned.fitted is None or learned.chosen is None:
            return Trained(card=None, abstains=learned.abstains)
        verdict = self._judged(known, split)
        progress("judging", 1, 1)
        card = self._card(known, learned.fitted, learned.chosen, verdict, now)
        model = learned.fitted.model
        self.database.run(lambda connection: self.registry.keep(connection, card, model))
        against = (*objections(verdict), *self._taken_back(card.version))
        if promote == "never" or (against and promote == "auto"):
            return Trained(card=card, objections=against)
        act: Literal["promoted", "forced"] = "forced" if against else "promoted"
        champion_period = self.database.run(
            lambda connection: promoted(
                self.registry, connection, card.version, at=now, act=act, note=note or "; ".join(against)
            )
        )
        return Trained(card=card, objections=against, champion_period=champion_period)

    def _taken_back(self, version: str) -> tuple[str, ...]:
        with self.database.reading() as connection:
            taken = was_rolled_back(self.registry, connection, version)
        return (
            ("this very version was rolled back before; `radar models promote` does it by hand",)
            if taken
            else ()
        )

    def _judged(self, known: Sequence[Observation], split: date | None) -> Evaluation | None:
        champion = self.champion()
        since = self._since(known, split, champion)
        before, later = near(known_before(known, since)), near(observed_from(known, since))
        twin = learn(before, self.learner) if before else Learned(fitted=None)
        if twin.fitted is None or not later:
            return None
        rivals: dict[Names, FloatArray] = {
            "base_rate": np.full(len(later), np.average(churned_of(before), weights=weights_of(before))),
            "scorecard": _scorecard(later),
        }
        if champion is not None:
            rivals["champion"] = risk(champion[1], later)
        if not np.isfinite(rivals["scorecard"]).any():
            del rivals["scorecard"]
        said = risk(twin.fitted, later)
        return evaluate_challenger(
            later, said, rivals, since=since, champion=champion[0] if champion else None
        )

    def _since(self, known: Sequence[Observation], split: date | None, champion: Known | None) -> datetime:
        """Return when the later window begins: nobody who is judged on it may have learned from it."""
        if split is not None:
            chosen = self.days.start_of(split.toordinal())
        else:
            moments = sorted(
                observation.label_known_at
                for observation in near(known)
                if observation.label_known_at is not None
            )
            chosen = moments[int(EARLIER_SHARE * (len(moments) - 1))]
        return chosen if champion is None else max(chosen, champion[2])

    def _card(
        self,
        known: Sequence[Observation],
        fitted: FittedModel,
        chosen: Chosen,
        verdict: Evaluation | None,
        now: datetime,
    ) -> ModelCard:
        fingerprint = fingerprint_of(known)
        text = encode_model(fitted.model)
        return ModelCard(
            version=sha256(f"{text} {fingerprint}".encode()).hexdigest()[:12],
            kind=fitted.model.kind,
            made_at=now,
            features_hash=fitted.model.features_hash,
            features=len(fitted.model.features),
            scorecards=self.scorecards,
            fingerprint=fingerprint,
            learnt=_training_window(near(known)),
            recipe=Recipe(
                strength=chosen.strength,
                tree_share=chosen.tree_share,
                leaves=chosen.shape.leaves,
                rounds=chosen.shape.rounds,
                slope=chosen.slope,
                shift=chosen.shift,
                looks_at=FEATURE_SETS[chosen.feature_set],
            ),
            judged=verdict,
            long_horizon=fitted.model.long_horizon,
        )


def fingerprint_of(observations: Sequence[Observation]) -> str:
    """Return a hash of the observations: who, when, how it ended, and every feature. Their order doesn't matter."""
    digest = sha256()
    for observation in sorted(observations, key=lambda observation: observation.key):
        digest.update(f"{observation.key} {observation.churned}".encode())
        digest.update(np.ascontiguousarray(observation.features).tobytes())
    return digest.hexdigest()[:16]


def _training_window(known: Sequence[Observation]) -> TrainingWindow:
    ends = {
        (observation.account_id, observation.contract_id, observation.renews_on): bool(observation.churned)
        for observation in known
    }
    return TrainingWindow(
        first=min(observation.observed_at for observation in known).date(),
        until=max(
            observation.label_known_at for observation in known if observation.label_known_at is not None
        ),
        observations=len(known),
        ends=len(ends),
        churned=sum(ends.values()),
        leads=tuple(sorted({observation.lead_days for observation in known}, reverse=True)),
    )


def _scorecard(observations: Sequence[Observation]) -> FloatArray:
    return np.array(
        [np.nan if observation.scorecard is None else observation.scorecard for observation in observations],
        np.float64,
    )
