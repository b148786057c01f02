"""The words of the model's reasons: those of a metric that points the same way, so that none contradicts its arrow.

A group of features may weigh a year where a metric tells of four weeks, or one product against another. So a metric
speaks for its group only where the account's scorecard counts it the way the model counts the group: whoever reads
the sentence among the reasons of the score finds it on the same side there. Where none does, the group is named and
nothing is claimed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from radar_health_score.domain.metrics.explain import beside, sentence
from radar_health_score.domain.metrics.reading import Missing, Readings, known
from radar_vocabulary.contracts.health import ForecastDriver
from radar_vocabulary.language.messages import StoredSentence
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import translator_for
from radar_vocabulary.reasons.sentence import together

Points = Mapping[str, float]
DESCRIBED_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "silence": ("days_since_last_activity", "silence_vs_habit"),
    "use": ("active_weeks", "regularity", "active_windows", "active_days_per_week", "active_days_half_year"),
    "trend": ("usage_trend", "usage_trend_quarter"),
    "people": ("mau", "users_half_year", "user_retention", "concentration"),
    "seats": ("seat_utilisation",),
    "contract": ("renewals_so_far", "tenure_days", "revenue_change", "seats_change"),
    "metrics": (
        "stickiness",
        "user_retention",
        "concentration",
        "champion_silent",
        "regularity",
        "usage_trend",
        "key_feature_breadth",
        "seat_utilisation",
        "activation_rate",
        "active_days_per_active_user",
        "north_star_vs_target",
        "nps_latest",
        "nps_mean",
        "csat_mean",
    ),
    "signals": (
        "invoices_overdue",
        "complaints",
        "promises_overdue",
        "severe_open_tickets",
        "open_tickets",
        "blocking_requests",
        "time_to_resolve_hours",
        "incident_minutes",
        "key_feature_frequency",
        "minutes_per_active_user",
        "days_since_decision_maker",
        "days_since_manager",
    ),
}
_PACKAGE: Final = "radar_health_score"


@dataclass(slots=True)
class ReasonWording:
    """Words the reasons for one contract, the strongest first: no metric speaks twice.

    ``points``: what each metric adds to the account's score.
    """

    readings: Readings
    points: Points
    language: Language
    _used: set[str] = field(default_factory=set)

    def driver(self, about: str, group: Mapping[str, float]) -> ForecastDriver:
        """Return the reason that the features of a group are; what each adds to the logit of renewing by its name."""
        logit = sum(group.values())
        metric = max(self._agreeing(about, group), key=lambda one: group.get(one, 0.0) * logit, default=None)
        if metric is not None:
            return self._by(metric, about, logit)
        why = self._why_unknown(about)
        if why is None:
            return ForecastDriver(
                about=about, logit=logit, text=together(about, self.language), together=True
            )
        text = translator_for(self.language, _PACKAGE).tell(why.sentence())
        return ForecastDriver(about=about, logit=logit, text=text, unknown=why)

    def _agreeing(self, about: str, group: Mapping[str, float]) -> Iterator[str]:
        """Yield the metrics that the scorecard counts as the group counts, and as a feature of their own name does."""
        logit = sum(group.values())
        for metric in DESCRIBED_BY[about]:
            told = metric not in self._used and known(self.readings, metric) is not None
            if told and self.points.get(metric, 0.0) * logit > 0 and group.get(metric, 0.0) * logit >= 0:
                yield metric

    def _by(self, metric: str, about: str, logit: float) -> ForecastDriver:
        value = known(self.readings, metric) or 0.0
        self._used.add(metric)
        return ForecastDriver(
            about=about,
            logit=logit,
            text=sentence(metric, value, self.readings, self.language),
            metric=metric,
            value=value,
            beside=beside(metric, self.readings),
        )

    def _why_unknown(self, about: str) -> StoredSentence | None:
        """Return why nothing is known of the group; None where something is."""
        told = [self.readings.get(metric) for metric in DESCRIBED_BY[about]]
        missing = [one for one in told if isinstance(one, Missing)]
        return StoredSentence.of(missing[0].reason) if len(missing) == len(told) else None
