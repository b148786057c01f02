"""What is shown of an alert, and the words for what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from radar.console.texts import Names, text
from radar.console.words import NOTHING, ago, day, label, moment
from radar_vocabulary.answers.alerts import AlertDetail, AlertLine, AlertStep
from radar_vocabulary.language.messages import message

REASONS: Final = 3
ORDER: Final = {"open": 0, "acknowledged": 1, "snoozed": 2, "resolved": 3}
DONE: Final = Names(
    {
        "acknowledged": message("Acknowledged: you are on it, others don't need to act."),
        "snoozed": message("Snoozed: it reopens automatically at the end of the snooze."),
        "set": message("Set manually: it applies until it expires or somebody withdraws it."),
        "withdrawn": message("Withdrawn: the scorecard's score applies again."),
        "resolved": message("Resolved: it reopens automatically if the account is at risk again."),
    }
)
OUTCOMES: Final = Names(
    {
        "renewed": message("Renewed"),
        "recovered": message("Recovered"),
        "churned": message("Churned"),
        "false_alarm": message("False alarm"),
        "other": message("Something else"),
    }
)
SNOOZES: Final = Names(
    {
        "1": message("1 day"),
        "3": message("3 days"),
        "7": message("1 week"),
        "14": message("2 weeks"),
        "30": message("30 days"),
    }
)


@dataclass(frozen=True, kw_only=True)
class AlertCard:
    """An alert with what stands now in a sentence; ``timeline`` is empty in lists."""

    alert: AlertLine
    name: str
    owner: str
    opened: str
    days: int | None
    standing: str
    reasons: tuple[str, ...]
    unresolved: bool
    timeline: tuple[AlertStep, ...]


def alert_cards(alerts: Iterable[AlertLine], today: date, zone: ZoneInfo) -> tuple[AlertCard, ...]:
    """Return the alerts: open ones first, then by what is at risk."""
    ordered = sorted(
        alerts, key=lambda one: (ORDER[one.state], -(one.arr_at_risk.amount if one.arr_at_risk else 0))
    )
    return tuple(_card(alert, today, zone) for alert in ordered)


def _card(alert: AlertLine, today: date, zone: ZoneInfo) -> AlertCard:
    owner = alert.owner
    return AlertCard(
        alert=alert,
        name=alert.account_name or alert.account_id,
        owner=(owner.name or owner.email or NOTHING) if owner else text("no owner"),
        opened=ago(alert.opened_at.astimezone(zone).date(), today),
        days=(alert.renews_on - today).days if alert.renews_on else None,
        standing=_standing(alert, zone),
        reasons=tuple(driver.text for driver in alert.drivers if driver.points < 0)[:REASONS],
        unresolved=alert.state != "resolved",
        timeline=alert.timeline if isinstance(alert, AlertDetail) else (),
    )


def _standing(alert: AlertLine, zone: ZoneInfo) -> str:
    match alert.state:
        case "acknowledged" if alert.acknowledged_by:
            return text("{who} is working on it", who=alert.acknowledged_by)
        case "acknowledged":
            return text("Someone is working on it")
        case "snoozed":
            return text("Snoozed until {moment}", moment=moment(alert.snoozed_until, zone))
        case "resolved":
            return _resolved(alert, zone)
    return text("Not acknowledged yet")


def _resolved(alert: AlertLine, zone: ZoneInfo) -> str:
    when = day(alert.resolved_at.astimezone(zone).date()) if alert.resolved_at else ""
    if alert.outcome is None:
        return text("Resolved {day}", day=when).strip()
    outcome = OUTCOMES.get(alert.outcome, label(alert.outcome)).lower()
    if not when:
        return text("Resolved: {outcome}", outcome=outcome)
    return text("Resolved {day}: {outcome}", day=when, outcome=outcome)
