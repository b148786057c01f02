"""The names that a condition may read: every metric, and what follows from the renewal and the running case."""

from typing import Final

from radar_vocabulary.reasons.sentence import PHRASES

BESIDE_METRICS: Final = frozenset(
    {
        "churn_probability",
        "churn_probability_when_told",
        "days_to_notice",
        "days_to_renewal",
        "healthy",
        "leading_cause_changed",
        "probability_source",
        "probability_source_when_told",
        "score",
        "score_when_told",
        "threshold",
    }
)
KNOWN_READINGS: Final = frozenset(PHRASES) | BESIDE_METRICS
