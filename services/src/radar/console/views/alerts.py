"""What is shown of an alert, and the words for what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from radar.console.answers import AlertAnswer
from radar.console.words import NOTHING, ago, day, label, moment

REASONS: Final = 3
ORDER: Final = {"open": 0, "acknowledged": 1, "snoozed": 2, "resolved": 3}
DONE: Final = {
    "acknowledged": "Acknowledged: nobody else needs to look at it now.",
    "snoozed": "Snoozed: it comes back by itself when the time is over.",
    "resolved": "Resolved: it opens again by itself if the account is at risk again.",
}
OUTCOMES: Final = {
    "renewed": "Renewed",
    "recovered": "Recovered",
    "churned": "Churned",
    "false_alarm": "False alarm",
    "other": "Something else",
}
SNOOZES: Final = {1: "1 day", 3: "3 days", 7: "1 week", 14: "2 weeks", 30: "30 days"}


@dataclass(frozen=True, kw_only=True)
class AlertCard:
    """An alert with what stands now in a sentence."""

    alert: AlertAnswer
    name: str
    owner: str
    opened: str
    days: int | None
    standing: str
    reasons: tuple[str, ...]
    unresolved: bool


def alert_cards(alerts: Iterable[AlertAnswer], today: date, zone: ZoneInfo) -> tuple[AlertCard, ...]:
    """Return the alerts: open ones first, then by what is at risk."""
    ordered = sorted(
        alerts, key=lambda one: (ORDER.get(one.state, 9), -(one.arr_at_risk.amount if one.arr_at_risk else 0))
    )
    return tuple(_card(alert, today, zone) for alert in ordered)


def _card(alert: AlertAnswer, today: date, zone: ZoneInfo) -> AlertCard:
    owner = alert.owner
    opened = alert.opened_at.astimezone(zone).date() if alert.opened_at else None
    return AlertCard(
        alert=alert,
        name=alert.account_name or alert.account_id,
        owner=(owner.name or owner.email or NOTHING) if owner else "no owner",
        opened=ago(opened, today) if opened else "",
        days=(alert.renews_on - today).days if alert.renews_on else None,
        standing=_standing(alert, zone),
        reasons=tuple(driver.text for driver in alert.drivers if driver.points < 0)[:REASONS],
        unresolved=alert.state != "resolved",
    )


def _standing(alert: AlertAnswer, zone: ZoneInfo) -> str:
    match alert.state:
        case "acknowledged":
            return f"{alert.acknowledged_by or 'Somebody'} has it"
        case "snoozed":
            return f"Sleeps until {moment(alert.snoozed_until, zone)}"
        case "resolved":
            outcome = f": {label(alert.outcome).lower()}" if alert.outcome else ""
            when = day(alert.resolved_at.astimezone(zone).date()) if alert.resolved_at else ""
            return f"Resolved {when}{outcome}".replace(" :", ":")
    return "Nobody has taken it yet"
