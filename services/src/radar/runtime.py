"""What every process shares: the log, the key store, the clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from radar.services import SERVICES
from radar.settings import Settings
from radar_chassis.access.guard import Access
from radar_chassis.access.keys import parse
from radar_chassis.access.store import KeyStore
from radar_chassis.bus.open import open_bus
from radar_chassis.bus.port import Bus, TopicSettings
from radar_chassis.clock import Clock, SystemClock
from radar_chassis.errors import ConfigurationError
from radar_chassis.store.database import Database
from radar_vocabulary.contracts.topics import ALERTS, DEAD_LETTERS, EVENTS, HEALTH

ACCESS: Final = "access"
MOST_DEAD_LETTER_PARTITIONS: Final = 4


@dataclass(frozen=True, kw_only=True)
class Runtime:
    """The shared things of one process; nothing is connected until it is used."""

    settings: Settings
    clock: Clock
    bus: Bus
    keys: KeyStore
    access: Access

    def prepare(self, services: Iterable[str], *, topics: bool = True) -> None:
        """Bring tables and topics up to date; safe to repeat, and to do in several processes at once.

        Raises DatabaseUnavailable, BusUnavailable.
        """
        self.keys.migrate()
        for name in services:
            SERVICES[name].migrate(self.settings)
        if topics:
            self.bus.ensure_topics(topic_settings(self.settings))
        if self.settings.bootstrap_key is not None:
            whole = self.settings.bootstrap_key.get_secret_value()
            self.keys.ensure(whole, "bootstrap", frozenset({"admin"}))

    def close(self) -> None:
        """Let go of the shared things, after the services have ended."""
        self.keys.close()
        self.bus.close()


def open_runtime(settings: Settings, clock: Clock | None = None) -> Runtime:
    """Return what a process needs. Raises ConfigurationError."""
    if settings.bootstrap_key is not None and parse(settings.bootstrap_key.get_secret_value()) is None:
        raise ConfigurationError(
            "RADAR_BOOTSTRAP_KEY isn't a key: it looks like radar_<12 letters or digits>_<43 characters>."
        )
    clock = clock or SystemClock()
    keys = key_store(settings, clock)
    return Runtime(
        settings=settings,
        clock=clock,
        bus=open_bus(settings.bus_address()),
        keys=keys,
        access=Access(keys, clock),
    )


def key_store(settings: Settings, clock: Clock) -> KeyStore:
    """Return the store of API keys, connected on first use."""
    return KeyStore(Database(settings.database_for(ACCESS), schema=ACCESS), clock)


def topic_settings(settings: Settings) -> dict[str, TopicSettings]:
    """Return how each topic is made where it doesn't exist."""
    partitions = settings.events_partitions
    return {
        EVENTS: TopicSettings(partitions=partitions),
        HEALTH: TopicSettings(partitions=partitions, compacted=True),
        ALERTS: TopicSettings(partitions=partitions),
        DEAD_LETTERS: TopicSettings(partitions=min(partitions, MOST_DEAD_LETTER_PARTITIONS)),
    }
