"""The Prometheus series of ingest: what a dashboard may count on."""

from typing import Final

from prometheus_client import Counter

INGEST_EVENTS: Final = Counter("radar_ingest_events_total", "Events by receipt", ["result"])
