"""Every Prometheus metric of the product, by name: what a dashboard may count on."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

_SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
_RECORDS: Final = (1, 10, 50, 100, 500, 1_000, 2_500, 5_000, 10_000)

HTTP_REQUESTS: Final = Counter(
    "radar_http_requests_total", "HTTP requests answered", ["service", "method", "route", "status"]
)
HTTP_SECONDS: Final = Histogram(
    "radar_http_request_seconds", "Time to answer", ["service", "method", "route"], buckets=_SECONDS
)
INGEST_EVENTS: Final = Counter("radar_ingest_events_total", "Events by receipt", ["result"])
PRODUCE_SECONDS: Final = Histogram(
    "radar_produce_seconds", "From publish to the log's acknowledgement", buckets=_SECONDS
)
CONSUMER_LAG: Final = Gauge(
    "radar_consumer_lag_records", "Records not yet consumed", ["service", "topic", "partition"]
)
BATCH_RECORDS: Final = Histogram("radar_batch_records", "Records in a batch", ["service"], buckets=_RECORDS)
BATCH_SECONDS: Final = Histogram(
    "radar_batch_seconds", "From polled to committed", ["service"], buckets=_SECONDS
)
DEAD_LETTERS: Final = Counter("radar_dead_letters_total", "Records parked", ["service", "step"])
WORKER_STATE: Final = Gauge("radar_worker_state", "1 consuming, 0 paused or stopped", ["service"])
EVENT_TO_SCORE: Final = Histogram(
    "radar_event_to_score_seconds", "From received by ingest to a published score", buckets=_SECONDS
)
SCORES: Final = Gauge("radar_scores", "Accounts by band, former customers left out", ["band", "segment"])
ARR_AT_RISK: Final = Gauge("radar_arr_at_risk", "ARR at risk of the next renewals", ["segment", "currency"])
UNSCORABLE: Final = Gauge(
    "radar_accounts_unscorable", "Accounts that can't be scored; the log says which and why"
)
ALERTS: Final = Gauge("radar_alerts", "Alerts by state", ["state"])
DELIVERIES: Final = Counter("radar_deliveries_total", "Notices by result", ["channel", "result"])
EVENT_TO_ALERT: Final = Histogram(
    "radar_event_to_alert_seconds", "From received by ingest to handed to the channel", buckets=_SECONDS
)
FORECAST_TRAINED: Final = Gauge(
    "radar_forecast_trained_timestamp_seconds", "The last outcome that the champion learned from", ["model"]
)
FORECAST_WATCHED: Final = Gauge(
    "radar_forecast_watched_timestamp_seconds", "When the champion was last looked at", ["model"]
)
FORECAST_RECENT: Final = Gauge(
    "radar_forecast_recent_contracts",
    "Contract ends of half a year, compared with the training window",
    ["model"],
)
FORECAST_PSI: Final = Gauge(
    "radar_forecast_feature_psi", "Shift of a feature against the training window", ["model", "feature"]
)
FORECAST_SCORE_PSI: Final = Gauge(
    "radar_forecast_score_psi", "Shift of what is foretold against the training window", ["model"]
)
FORECAST_OUTCOMES: Final = Gauge(
    "radar_forecast_outcomes",
    "Contract ends that the champion hadn't learned from, with an outcome",
    ["model"],
)
FORECAST_GAP: Final = Gauge(
    "radar_forecast_calibration_gap", "Share of those that churned less the share foretold", ["model"]
)
FORECAST_SURPRISE: Final = Gauge(
    "radar_forecast_surprise", "That gap in standard deviations of what was foretold", ["model"]
)
