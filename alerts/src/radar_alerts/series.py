"""The Prometheus series of alerts: what a dashboard may count on."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

from radar_chassis.series import SECONDS

ALERTS: Final = Gauge("radar_alerts", "Alerts by state", ["state"])
DELIVERIES: Final = Counter("radar_deliveries_total", "Notices by result", ["channel", "result"])
EVENT_TO_ALERT: Final = Histogram(
    "radar_event_to_alert_seconds", "From received by ingest to handed to the channel", buckets=SECONDS
)
