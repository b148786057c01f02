"""The embedded driver: a durable log in one SQLite file, for one machine, with nothing to install."""

from radar_chassis.bus.embedded.bus import EmbeddedBus
from radar_chassis.bus.embedded.settings import EmbeddedSettings

__all__ = ["EmbeddedBus", "EmbeddedSettings"]
