"""Looks at how people are told, without sending anything."""

from collections.abc import Iterator

from radar.doctor.finding import Finding, finding
from radar_alerts.domain.rules.known import KNOWN_READINGS
from radar_alerts.domain.rules.load import load_rules
from radar_alerts.notifiers.registry import notifier_packages
from radar_alerts.notifiers.set_up import available_channels
from radar_alerts.settings import AlertsSettings


def check_channels(wanted: AlertsSettings) -> Iterator[Finding]:
    """Yield a finding on each channel that is set up."""
    if not available_channels(wanted).channels:
        detail = "no channel is set up: notices are shown in the console"
        yield Finding(check="channels", state="note", detail=detail)
    for name, package in notifier_packages().items():
        for check, look in package.looks(wanted.section(name)):
            yield finding(check, look)
    yield finding("alert rules", lambda: _rules(wanted))


def _rules(wanted: AlertsSettings) -> str:
    rules = load_rules(wanted.rules, KNOWN_READINGS)
    return f"{len(rules.rules)} rules, version {rules.version}"
