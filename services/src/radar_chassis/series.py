"""The Prometheus series that every service has, and the buckets of durations (seconds)."""

from typing import Final

from prometheus_client import Counter, Gauge, Histogram

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
_RECORDS: Final = (1, 10, 50, 100, 500, 1_000, 2_500, 5_000, 10_000)

HTTP_REQUESTS: Final = Counter(
    "radar_http_requests_total", "HTTP requests answered", ["service", "method", "route", "status"]
)
HTTP_SECONDS: Final = Histogram(
    "radar_http_request_seconds", "Time to answer", ["service", "method", "route"], buckets=SECONDS
)
PRODUCE_SECONDS: Final = Histogram(
    "radar_produce_seconds", "From publish to the log's acknowledgement", buckets=SECONDS
)
CONSUMER_LAG: Final = Gauge(
    "radar_consumer_lag_records", "Records not yet consumed", ["service", "topic", "partition"]
)
BATCH_RECORDS: Final = Histogram("radar_batch_records", "Records in a batch", ["service"], buckets=_RECORDS)
BATCH_SECONDS: Final = Histogram(
    "radar_batch_seconds", "From polled to committed", ["service"], buckets=SECONDS
)
DEAD_LETTERS: Final = Counter("radar_dead_letters_total", "Records parked", ["service", "step"])
WORKER_STATE: Final = Gauge("radar_worker_state", "1 consuming, 0 paused or stopped", ["service"])
