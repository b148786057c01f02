"""The Prometheus series of alerts: what a dashboard may count on."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

from radar_chassis.series import SECONDS

CASES: Final = Gauge("radar_cases", "Cases by state and the rule that opened them", ["state", "rule"])
HOLDS: Final = Gauge("radar_holds", "Holds that wait for operators")
DELIVERIES_PENDING: Final = Gauge("radar_deliveries_pending", "Messages that wait to be sent")
OLDEST_DELIVERY: Final = Gauge(
    "radar_delivery_oldest_seconds", "Age of the oldest message that waits to be sent"
)
DELIVERIES: Final = Counter("radar_deliveries_total", "Notices by result", ["channel", "result"])
EVENT_TO_ALERT: Final = Histogram(
    "radar_event_to_alert_seconds", "From received by ingest to handed to the channel", buckets=SECONDS
)
