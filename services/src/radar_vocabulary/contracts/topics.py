"""Topic names."""

from typing import Final

EVENTS: Final = "radar.events.v1"
HEALTH: Final = "radar.health.v1"
ALERTS: Final = "radar.alerts.v1"
DEAD_LETTERS: Final = "radar.dead-letter.v1"
