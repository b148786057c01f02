"""How pressing a case is: the worst of its signals, raised by how near and how large the renewal is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from radar_vocabulary.contracts.alerts import Severity
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal

ORDER: Final[tuple[Severity, ...]] = ("normal", "high", "critical")


@dataclass(frozen=True, kw_only=True)
class SeverityThresholds:
    """From which days left and which money a renewal presses.

    Attributes:
        critical_days: a renewal this near, of a key account or with ``large_arr`` at risk, is critical.
        high_days: a renewal this near is at least high.
        large_arr: ARR at risk that counts as large, in the contract's currency.
    """

    critical_days: int = 45
    high_days: int = 120
    large_arr: float = 50_000.0


def worst(severities: Iterable[Severity]) -> Severity:
    """Return the most pressing of them; normal of none."""
    return max(severities, key=ORDER.index, default="normal")


def of_renewal(snapshot: HealthSnapshot, renewal: Renewal | None, thresholds: SeverityThresholds) -> Severity:
    """Return how pressing the renewal is by its day and the money behind it."""
    if renewal is None:
        return "normal"
    stake = renewal.arr_at_risk.amount if renewal.arr_at_risk else 0.0
    large = snapshot.account.segment == "key" or stake >= thresholds.large_arr
    if renewal.days <= thresholds.critical_days and large:
        return "critical"
    return "high" if renewal.days <= thresholds.high_days or large else "normal"
