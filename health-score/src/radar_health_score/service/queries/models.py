"""Answers about models: every version, how it was judged, and which was champion when."""

from typing import Any

import msgspec

from radar_chassis.store.database import Database
from radar_health_score.domain.forecast.card import ModelCard
from radar_health_score.domain.forecast.features import FEATURES, FEATURES_HASH
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_health_score.service.forecast.registry import found
from radar_vocabulary.answers.models import ModelAnswer, ModelFeature, ModelLine, ModelPage


class ModelQueries:
    """Answers about models."""

    def __init__(self, database: Database, registry: ModelRegistry) -> None:
        self._database = database
        self._registry = registry

    def page(self) -> ModelPage:
        """Return every version."""
        with self._database.reading() as connection:
            cards = self._registry.cards(connection)
            reign = self._registry.champion_at(connection, None)
        champion = None if reign is None else reign.version
        return ModelPage(
            champion=reign,
            items=[ModelLine(**_line(card, champion)) for card in cards],
        )

    def one(self, version: str) -> ModelAnswer:
        """Return a version; ``champion`` is the one that speaks. Raises NotFound."""
        with self._database.reading() as connection:
            reign = self._registry.champion_at(connection, None)
            champion = None if reign is None else reign.version
            wanted = (champion or "") if version == "champion" else version
            card = found(self._registry, connection, wanted)
            reigns = [
                one for one in self._registry.champion_periods(connection) if one.version == card.version
            ]
        lines = [ModelFeature(name=one.name, about=one.about, risk=one.risk) for one in FEATURES]
        return ModelAnswer(
            **_line(card, champion),
            reigns=reigns,
            feature_list=lines if _fits(card) else [],
        )


def _line(card: ModelCard, champion: str | None) -> dict[str, Any]:
    return {**msgspec.structs.asdict(card), "champion": card.version == champion, "fits": _fits(card)}


def _fits(card: ModelCard) -> bool:
    return card.features_hash == FEATURES_HASH
