"""Puts an episode into words: what happened, why, what to do. Short, for people with twenty such accounts."""

from datetime import date
from typing import Final
from urllib.parse import quote

from radar_alerts.domain.advice import advice
from radar_alerts.domain.decision import NoticeKind
from radar_alerts.domain.episode import Episode
from radar_alerts.domain.notice import Fact, Notice
from radar_chassis.contracts.health import HealthSnapshot, Renewal
from radar_chassis.contracts.scalars import Money, Segment

REASONS_SHOWN: Final = 4
_SEGMENTS: Final[dict[Segment, str]] = {"key": "key account", "mid": "mid-tier", "long_tail": "long tail"}
_HEADLINES: Final[dict[NoticeKind, str]] = {
    "opened": "{name} may not renew",
    "woken": "{name} is still at risk",
    "escalated": "Nobody has taken {name} yet",
    "resolved": "{name} has recovered",
}


def word(kind: NoticeKind, episode: Episode, *, console: str | None) -> Notice:
    """Return the notice of ``kind`` about ``episode``; ``console`` is the console's address, without a slash."""
    snapshot = episode.snapshot
    owner = snapshot.account.owner
    name = snapshot.account.name or snapshot.account_id
    well = kind == "resolved"
    return Notice(
        kind=kind,
        headline=_headline(kind, name, snapshot.renewal),
        lead=_lead(kind, episode),
        facts=_facts(snapshot),
        reasons=() if well else tuple(_reasons(snapshot)),
        advice=None if well else advice(snapshot.drivers),
        link=f"{console}/accounts/{quote(snapshot.account_id, safe='')}" if console else None,
        mention=owner.slack_id if owner else None,
        severity=episode.severity,
        score=snapshot.score,
    )


def money(value: Money) -> str:
    """Return an amount as people read it, such as EUR 36,000."""
    return f"{value.currency} {value.amount:,.0f}"


def day(value: date) -> str:
    """Return a date that can't be read two ways, such as 1 January 2027."""
    return f"{value.day} {value:%B %Y}"


def in_days(days: int) -> str:
    """Return the distance of a day in words."""
    if days == 0:
        return "today"
    unit = "day" if abs(days) == 1 else "days"
    return f"in {days} {unit}" if days > 0 else f"{-days} {unit} ago"


def _headline(kind: NoticeKind, name: str, renewal: Renewal | None) -> str:
    if kind == "opened" and renewal is None:
        return f"{name} is at risk"
    headline = _HEADLINES[kind].format(name=name)
    if kind != "opened" or renewal is None:
        return headline
    return f"{headline}: due {in_days(renewal.days)}"


def _lead(kind: NoticeKind, episode: Episode) -> str:
    snapshot = episode.snapshot
    health = f"Health is {snapshot.score:.0f} of 100" if snapshot.score is not None else "Health is unknown"
    if kind == "resolved":
        return f"{health} and has stayed up. Nothing to do."
    stake = snapshot.renewal.arr_at_risk if snapshot.renewal else None
    sentence = f"{health}, with {money(stake)} of ARR at risk." if stake else f"{health}."
    if kind == "woken":
        return f"The snooze is over. {sentence}"
    if kind == "escalated":
        owner = snapshot.account.owner
        who = (owner.name or owner.email) if owner else None
        return f"{who or 'The queue'} was told and hasn't acknowledged it. {sentence}"
    return sentence


def _facts(snapshot: HealthSnapshot) -> tuple[Fact, ...]:
    account, renewal = snapshot.account, snapshot.renewal
    facts = []
    if snapshot.score is not None:
        facts.append(("Health", f"{snapshot.score:.0f} of 100, {snapshot.band.replace('_', ' ')}"))
    if renewal:
        facts.append(("Renewal", f"{day(renewal.renews_on)}, {in_days(renewal.days)}"))
        if renewal.arr_at_risk:
            of = f" of {money(renewal.arr)}" if renewal.arr else ""
            facts.append(("ARR at risk", money(renewal.arr_at_risk) + of))
        if renewal.probability is not None:
            facts.append(("Chance to renew", f"{renewal.probability:.0%}"))
    place = ", ".join(part for part in (_SEGMENTS[account.segment], account.industry, account.region) if part)
    facts.append(("Segment", place))
    owner = account.owner
    facts.append(("Owner", (owner.name or owner.email or "nobody") if owner else "nobody"))
    return tuple(Fact(label=label, value=value) for label, value in facts)


def _reasons(snapshot: HealthSnapshot) -> list[str]:
    against = sorted((one for one in snapshot.drivers if one.points < 0), key=lambda one: one.points)
    return [f"{one.text} ({one.points:+.1f} points)" for one in against[:REASONS_SHOWN]]
