"""A made-up portfolio in the shapes of the services' answers, the same at every run."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from radar_vocabulary.contracts.health import (
    AccountRef,
    DimensionHealth,
    Driver,
    Freshness,
    HealthSnapshot,
    Renewal,
    ScorecardRef,
)
from radar_vocabulary.contracts.scalars import Band, Money, Owner, Segment

NOW = datetime(2026, 11, 21, 14, 5, tzinfo=UTC)
OWNERS = (
    Owner(name="Anna Sand", email="anna@vendor.example"),
    Owner(name="Ben Okafor", email="ben@vendor.example"),
    Owner(name="Chiara Lund", email="chiara@vendor.example"),
)
NAMES = (
    "Northwind Freight", "Halden Optics", "Blue Harbour Foods", "Kestrel Insurance", "Meridian Clinics", "Orchard & Vale",
    "Atlas Forge", "Lumen Energy", "Pinecrest Hotels", "Sable Logistics", "Tern Aviation", "Vega Retail Group",
    "Willow Labs", "Zephyr Marine", "Corvid Media", "Delta Grain", "Elm Street Books", "Fjord Data", "Granite Homes",
    "Hazel Health", "Iris Textiles", "Juniper Legal", "Kappa Robotics", "Larch Finance", "Maple Motors", "Nova Dental",
    "Onyx Security", "Poplar Paper", "Quill Press", "Rowan Care",
)  # fmt: skip
GOOD = (
    ("seat_utilisation", "users", 0.86, "share", "86% of the seats were used in the last 28 days"),
    ("key_feature_breadth", "behaviour", 0.83, "share", "5 of 6 key features are in use"),
    ("nps_latest", "outcomes", 9.0, "points", "The latest NPS answer is 9 of 10"),
    ("regularity", "behaviour", 0.9, "share", "In use on 90% of the working days"),
    ("renewals_so_far", "outcomes", 2.0, "renewals", "2 renewals so far"),
)
BAD = (
    ("usage_trend", "behaviour", -0.42, "log ratio", "Usage down 34% vs the previous 4 weeks"),
    ("days_since_decision_maker", "users", 31.0, "days", "No decision maker has been active for 31 days"),
    ("severe_open_tickets", "outcomes", 2.0, "tickets", "2 high or critical tickets are open"),
    ("champion_silent", "users", 1.0, "yes or no", "The most active user has been quiet for two weeks"),
    ("promises_overdue", "outcomes", 1.0, "promises", "1 promise is overdue"),
    ("stickiness", "users", 0.08, "share", "An active user comes on 8% of the days"),
)


@dataclass
class FakeAccount:
    """One account with everything the APIs say of it."""

    account_id: str
    name: str
    segment: Segment
    owner: Owner | None
    snapshot: HealthSnapshot
    trend: list[float | None]
    contracts: list[dict[str, Any]]
    alert: dict[str, Any] | None = None


@dataclass
class FakeCompany:
    """The portfolio. ``away`` makes every API answer 503; ``asked_in`` has the languages answers were asked for in."""

    now: datetime = NOW
    accounts: list[FakeAccount] = field(default_factory=list)
    deliveries: list[dict[str, Any]] = field(default_factory=list)
    away: bool = False
    asked_in: set[str] = field(default_factory=set)

    def find(self, account_id: str) -> FakeAccount | None:
        return next((one for one in self.accounts if one.account_id == account_id), None)

    def alert(self, alert_id: str) -> dict[str, Any] | None:
        return next(
            (one.alert for one in self.accounts if one.alert and one.alert["alert_id"] == alert_id), None
        )


def fake_company(now: datetime = NOW, *, accounts: int = 30) -> FakeCompany:
    """Return a portfolio of so many accounts: a few at risk, most of them well, one not known well enough."""
    dice = random.Random(7)
    company = FakeCompany(now=now)
    for number in range(accounts):
        company.accounts.append(_account(number, now, dice))
    for one in company.accounts:
        if one.alert:
            company.deliveries.append(_delivery(one, now))
    return company


def band_of(score: float | None) -> Band:
    if score is None:
        return "unknown"
    return "at_risk" if score < 48 else "watch" if score < 70 else "healthy"


def _account(number: int, now: datetime, dice: random.Random) -> FakeAccount:
    name = NAMES[number % len(NAMES)] + ("" if number < len(NAMES) else f" {number}")
    segment: Segment = ("key", "mid", "long_tail")[min(2, number % 5)]
    owner = OWNERS[number % 3] if number != 3 else None
    score = None if number == 4 else round((18 + number * 2.6) if number < 8 else dice.uniform(44, 93), 4)
    arr = round(
        dice.uniform(
            *{"key": (90_000, 380_000), "mid": (18_000, 60_000), "long_tail": (1_200, 9_000)}[segment]
        ),
        -2,
    )
    snapshot = _snapshot(number, name, segment, owner, score, arr, now, dice)
    one = FakeAccount(
        account_id=f"acct-{number:02}", name=name, segment=segment, owner=owner, snapshot=snapshot,
        trend=_trend(score, dice), contracts=_contracts(number, snapshot, arr),
    )  # fmt: skip
    if score is not None and score < 40:
        one.alert = _alert(one, now)
    return one


def _snapshot(number: int, name: str, segment: Segment, owner: Owner | None, score: float | None, arr: float, now: datetime, dice: random.Random) -> HealthSnapshot:  # fmt: skip
    drivers = _drivers(score, dice)
    probability = None if score is None else round(min(0.98, 0.25 + score / 110), 2)
    days = 9 + number * 11
    renewal = Renewal(
        contract_id=f"c-{number:02}", renews_on=(now + timedelta(days=days)).date(), days=days,
        source="none" if probability is None else "scorecard", probability=probability,
        arr=Money(amount=arr, currency="EUR"),
        arr_at_risk=None if probability is None else Money(amount=round(arr * (1 - probability), 2), currency="EUR"),
    )  # fmt: skip

    def part(low: float, weight: float) -> DimensionHealth:
        value = None if score is None else max(2.0, min(98.0, score + low))
        return DimensionHealth(score=value, weight=weight, coverage=0.1 if score is None else 0.92)

    return HealthSnapshot(
        account_id=f"acct-{number:02}",
        account=AccountRef(name=name, segment=segment, owner=owner, industry="Logistics", region="DACH"),
        as_of=now,
        score=score,
        band=band_of(score),
        dimensions={"users": part(-6, 0.35), "behaviour": part(-3, 0.35), "outcomes": part(9, 0.3)},
        drivers=drivers,
        coverage=0.12 if score is None else 0.92,
        freshness=Freshness(last_event_at=now - timedelta(hours=number * 3 + 1), stale=False),
        scorecard=ScorecardRef(name=segment, version="3f2a91c07d", neutral=50.0),
        renewal=None if number == 5 else renewal,
    )


def _drivers(score: float | None, dice: random.Random) -> tuple[Driver, ...]:
    if score is None:
        return ()
    rows = [(row, dice.uniform(0.5, 6)) for row in GOOD] + [(row, -dice.uniform(0.5, 9)) for row in BAD]
    off = (score - 50 - sum(points for _, points in rows)) / len(rows)
    drivers = [
        Driver(metric=metric, dimension=dimension, value=value, unit=unit, points=points + off, text=text)  # type: ignore[arg-type]
        for (metric, dimension, value, unit, text), points in rows
    ]
    return tuple(sorted(drivers, key=lambda one: -abs(one.points)))


def _trend(score: float | None, dice: random.Random) -> list[float | None]:
    if score is None:
        return [None] * 90
    slope = 0.38 if score < 48 else dice.uniform(-0.1, 0.08)
    before = [
        max(3.0, min(97.0, score + slope * min(back, 70) + dice.uniform(-2.2, 2.2)))
        for back in range(89, 0, -1)
    ]
    return [*before, score]


def _contracts(number: int, snapshot: HealthSnapshot, arr: float) -> list[dict[str, Any]]:
    if snapshot.renewal is None:
        return []
    renews_on = snapshot.renewal.renews_on
    start = date(renews_on.year - 1, renews_on.month, min(28, renews_on.day))
    current = {
        "contract_id": f"c-{number:02}", "product": "default", "starts_on": start, "renews_on": renews_on,
        "mrr": {"amount": arr / 12, "currency": "EUR"}, "arr": {"amount": arr, "currency": "EUR"},
        "seats": 40 + number * 5, "auto_renew": number % 2 == 0, "notice_days": 60,
    }  # fmt: skip
    return [current]


def _alert(one: FakeAccount, now: datetime) -> dict[str, Any]:
    snapshot, renewal = one.snapshot, one.snapshot.renewal
    opened = now - timedelta(days=2, hours=3)
    step = {"sequence": 1, "change": "opened", "state": "open", "at": opened}
    return {
        "alert_id": f"al_{one.account_id}", "state": "open", "severity": "critical" if one.segment == "key" else "normal",
        "account_id": one.account_id, "account_name": one.name, "segment": one.segment,
        "owner": one.owner, "contract_id": renewal.contract_id if renewal else None,
        "renews_on": renewal.renews_on if renewal else None, "score": snapshot.score, "band": snapshot.band,
        "arr_at_risk": renewal.arr_at_risk if renewal else None,
        "drivers": snapshot.drivers, "opened_at": opened, "timeline": [step],
    }  # fmt: skip


def _delivery(one: FakeAccount, now: datetime) -> dict[str, Any]:
    reasons = "\n".join(f"- {driver.text}" for driver in one.snapshot.drivers[:3])
    return {
        "delivery_id": f"d-{one.account_id}", "alert_id": f"al_{one.account_id}",
        "channel": "console", "recipient": one.owner.name if one.owner else f"{one.segment} queue", "state": "sent",
        "subject": f"{one.name} is at risk of not renewing",
        "text": f"{one.name} is at risk of not renewing\n\nThe score is {one.snapshot.score:.0f}.\n\nWhy\n{reasons}\n\nWhat to do\nCall the decision maker this week.\n",
        "created_at": now - timedelta(days=2), "finished_at": now - timedelta(days=2),
    }  # fmt: skip
