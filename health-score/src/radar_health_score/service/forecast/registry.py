"""The registry of models: versions that never change, and which of them is champion since when."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from radar_chassis.errors import Conflict, NotFound
from radar_health_score.domain.forecast.card import Act, ModelCard, Reign
from radar_health_score.domain.forecast.model import Model


class ModelRegistry(Protocol):
    """Keeps models as data, never as code."""

    def keep(self, connection: Connection, card: ModelCard, model: Model) -> None:
        """Keep a version; the same one kept twice is one."""
        ...

    def cards(self, connection: Connection) -> Sequence[ModelCard]:
        """Return every version's card, the newest first."""
        ...

    def card(self, connection: Connection, version: str) -> ModelCard | None:
        """Return a version's card."""
        ...

    def model(self, connection: Connection, version: str) -> Model | None:
        """Return a version's model; raises FeatureMismatch, ModelUnreadable."""
        ...

    def reigns(self, connection: Connection) -> Sequence[Reign]:
        """Return who was champion since when, the latest first."""
        ...

    def reign_at(self, connection: Connection, moment: datetime | None) -> Reign | None:
        """Return who was champion at ``moment`` (None: now); None before anybody was."""
        ...

    def crown(self, connection: Connection, reign: Reign) -> Reign:
        """Note the champion from a moment on, after whoever is there already; return it as noted."""
        ...


def found(registry: ModelRegistry, connection: Connection, version: str) -> ModelCard:
    """Return the card of ``version``, which may be cut short if it is the only one; raises NotFound."""
    matches = [card for card in registry.cards(connection) if version and card.version.startswith(version)]
    if len(matches) != 1:
        raise NotFound("No single model has this version; `radar models list` shows them.")
    return matches[0]


def crowned(
    registry: ModelRegistry, connection: Connection, version: str, *, at: datetime, act: Act, note: str
) -> Reign:
    """Make ``version`` champion; raises NotFound, FeatureMismatch where this release can't run it."""
    card = found(registry, connection, version)
    registry.model(connection, card.version)
    return registry.crown(connection, Reign(since=at, version=card.version, act=act, note=note))


def rolled_back(registry: ModelRegistry, connection: Connection, *, at: datetime, note: str) -> Reign:
    """Give the crown back to who had it before the present champion; before the first, to nobody.

    Raises Conflict where nobody is champion.
    """
    now = registry.reign_at(connection, None)
    if now is None or now.version is None:
        raise Conflict("No model is champion, so there is nothing to roll back; the scorecard speaks.")
    before = _before(registry.reigns(connection))
    if before is not None:
        registry.model(connection, before)
    return registry.crown(connection, Reign(since=at, version=before, act="rolled_back", note=note))


def _before(latest_first: Sequence[Reign]) -> str | None:
    """Return who reigned before the present champion; each roll-back has undone one promotion."""
    stack: list[str | None] = [None]
    for reign in reversed(latest_first):
        if reign.act == "rolled_back":
            stack.pop()
        elif reign.version != stack[-1]:
            stack.append(reign.version)
    return stack[-2]
