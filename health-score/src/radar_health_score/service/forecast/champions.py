"""Champion models: the present one, looked up regularly, and those of past moments."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy import Connection

from radar_chassis.errors import RadarError
from radar_chassis.store.database import Database
from radar_health_score.domain.forecast.model import FittedModel, Model
from radar_health_score.domain.forecast.renewal_model import RenewalModel
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_health_score.service.forecast.learner import LoadTrees

if TYPE_CHECKING:
    from radar_vocabulary.answers.models import ChampionPeriod

log = structlog.get_logger()
KEPT: Final = 4


class Champions:
    """Loads models when they are needed and keeps the last few; a version never changes.

    Where a champion can't be loaded, the scorecard predicts, and the log says so.
    """

    def __init__(self, registry: ModelRegistry, load_trees: LoadTrees) -> None:
        self._registry = registry
        self._load_trees = load_trees
        self._loaded: OrderedDict[str, RenewalModel | None] = OrderedDict()
        self._lock = Lock()
        self._reign: ChampionPeriod | None = None
        self.now: RenewalModel | None = None

    @property
    def since(self) -> datetime | None:
        """From when on there is the present champion; None before the first promotion."""
        return None if self._reign is None else self._reign.since

    def refresh(self, connection: Connection) -> bool:
        """Look who is champion; return whether that has changed."""
        reign = self._registry.champion_at(connection, None)
        if reign == self._reign:
            return False
        self.now = None if reign is None else self._get(connection, reign.version)
        self._reign = reign
        log.info("champion", version=None if reign is None else reign.version)
        return True

    def at(self, connection: Connection, moment: datetime | None) -> RenewalModel | None:
        """Return who was champion at ``moment``; None: now, as last looked up."""
        if moment is None:
            return self.now
        reign = self._registry.champion_at(connection, moment)
        return None if reign is None else self._get(connection, reign.version)

    def version(self, connection: Connection, version: str) -> RenewalModel | None:
        """Return this version; None where it can't be loaded."""
        return self._get(connection, version)

    def _get(self, connection: Connection, version: str | None) -> RenewalModel | None:
        if version is None:
            return None
        with self._lock:
            if version not in self._loaded:
                self._loaded[version] = self._load(connection, version)
                while len(self._loaded) > KEPT:
                    self._loaded.popitem(last=False)
            self._loaded.move_to_end(version)
            return self._loaded[version]

    def _load(self, connection: Connection, version: str) -> RenewalModel | None:
        try:
            model = self._registry.model(connection, version)
            return None if model is None else RenewalModel(version=version, fitted=self.ready(model))
        except RadarError as error:
            log.error("model_not_loaded", version=version, code=error.code, reason=error.detail)  # noqa: TRY400
            return None

    def ready(self, model: Model) -> FittedModel:
        """Return the model with its trees loaded; raises ModelUnreadable, ConfigurationError."""
        trees = None if model.trees is None else self._load_trees(model.trees)
        return FittedModel(model=model, trees=trees)


class ChampionRefresh:
    """Looks up the champion periodically."""

    def __init__(self, database: Database, champions: Champions, changed: Callable[[], None]) -> None:
        self._database = database
        self._champions = champions
        self._changed = changed

    def __call__(self) -> None:
        """Look once; raises DatabaseUnavailable."""
        with self._database.reading() as connection:
            changed = self._champions.refresh(connection)
        if changed:
            self._changed()
