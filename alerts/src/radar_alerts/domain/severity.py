"""How pressing an alert is: the nearer the renewal and the more money behind it, the more so."""

from radar_alerts.domain.policy import SeverityThresholds
from radar_vocabulary.contracts.alerts import Severity
from radar_vocabulary.contracts.health import HealthSnapshot


def severity(snapshot: HealthSnapshot, thresholds: SeverityThresholds) -> Severity:
    """Return the severity of an account at risk; without a renewal only a key account is more than normal."""
    key = snapshot.account.segment == "key"
    renewal = snapshot.renewal
    if renewal is None:
        return "high" if key else "normal"
    at_stake = renewal.arr_at_risk.amount if renewal.arr_at_risk else 0.0
    large = key or at_stake >= thresholds.large_arr
    if renewal.days <= thresholds.critical_days and large:
        return "critical"
    return "high" if large or renewal.days <= thresholds.high_days else "normal"
