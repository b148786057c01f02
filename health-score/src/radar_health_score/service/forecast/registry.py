"""The registry of models: versions that never change, and which of them is champion since when."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection

from radar_chassis.errors import Conflict, NotFound, RadarError
from radar_health_score.domain.forecast.card import ModelCard
from radar_health_score.domain.forecast.promotion import objections
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_vocabulary.answers.models import Act, ChampionPeriod


def found(registry: ModelRegistry, connection: Connection, version: str) -> ModelCard:
    """Return the card of ``version``, which may be a unique prefix; raises NotFound."""
    matches = [card for card in registry.cards(connection) if version and card.version.startswith(version)]
    if len(matches) != 1:
        raise NotFound("No single model has this version; `radar models list` shows them.")
    return matches[0]


def promoted(
    registry: ModelRegistry, connection: Connection, version: str, *, at: datetime, act: Act, note: str
) -> ChampionPeriod:
    """Make ``version`` champion; raises NotFound, FeatureMismatch where this release can't run it."""
    card = found(registry, connection, version)
    registry.model(connection, card.version)
    return registry.set_champion(
        connection, ChampionPeriod(since=at, version=card.version, act=act, note=note)
    )


def hindrances(registry: ModelRegistry, connection: Connection, card: ModelCard) -> tuple[str, ...]:
    """Return why ``card`` may not be promoted now: see ``objections``, and it must beat who is champion today.

    A champion that this release can't run is no rival.
    """
    against = objections(card.judged)
    period = registry.champion_at(connection, None)
    champion = None if period is None else period.version
    met = () if card.judged is None else [rival.version for rival in card.judged.rivals]
    if champion in {None, card.version, *met} or not _runs(registry, connection, champion):
        return against
    return (*against, f"it was never compared with the present champion {champion}; train anew")


def was_rolled_back(registry: ModelRegistry, connection: Connection, version: str) -> bool:
    """Return whether ``version`` was ever rolled back."""
    return any(
        later.act == "rolled_back" and earlier.version == version
        for later, earlier in pairwise(registry.champion_periods(connection))
    )


def rolled_back(
    registry: ModelRegistry, connection: Connection, *, at: datetime, note: str
) -> ChampionPeriod:
    """Restore the previous champion; without one, fall back to the scorecard.

    A model that this release can't run is skipped, and the note says so. Raises Conflict where no model is champion.
    """
    registry.hold(connection)
    now = registry.champion_at(connection, None)
    if now is None or now.version is None:
        raise Conflict("There is no champion to roll back; the scorecard is in use.")
    notes = [note] if note else []
    for heir in _before(registry.champion_periods(connection), now.version):
        if heir is None or _runs(registry, connection, heir):
            break
        notes.append(f"model {heir} is passed over, since this release can't run it")
    return registry.set_champion(
        connection, ChampionPeriod(since=at, version=heir, act="rolled_back", note="; ".join(notes))
    )


def _runs(registry: ModelRegistry, connection: Connection, version: str | None) -> bool:
    try:
        return version is not None and registry.model(connection, version) is not None
    except RadarError:
        return False


def _before(latest_first: Sequence[ChampionPeriod], champion: str) -> list[str | None]:
    """Return the champions before ``champion``, the latest first, None (no model) at the end.

    A roll-back undoes the promotions since its version's own.
    """
    stack: list[str | None] = [None]
    for period in reversed(latest_first):
        if period.act == "rolled_back" and period.version in stack:
            while stack[-1] != period.version:
                stack.pop()
        elif period.version != stack[-1]:
            stack.append(period.version)
    return [version for version in reversed(stack) if version != champion]
