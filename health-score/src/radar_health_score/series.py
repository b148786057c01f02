"""The Prometheus series of health-score: what a dashboard may count on."""

from typing import Final

from prometheus_client import Gauge, Histogram

from radar_chassis.series import SECONDS

EVENT_TO_SCORE: Final = Histogram(
    "radar_event_to_score_seconds", "From received by ingest to a published score", buckets=SECONDS
)
SCORES: Final = Gauge("radar_scores", "Accounts by band, former customers left out", ["band", "segment"])
ARR_AT_RISK: Final = Gauge("radar_arr_at_risk", "ARR at risk of the next renewals", ["segment", "currency"])
UNSCORABLE: Final = Gauge(
    "radar_accounts_unscorable", "Accounts that can't be scored; the log says which and why"
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
