"""Events of accounts that are used every day and have contracts, for tests of the whole service."""

from datetime import timedelta
from typing import Any

from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_state import NOON, event, used

DAY = timedelta(days=1)
ANNA = {"name": "Anna Sand", "email": "anna@vendor.example"}


def history(
    account: str = "acme", *, days: int = 70, users: int = 5, until: int = 0, renews_in: int = 40
) -> list[EventRecord]:
    """Return events of an account that was used every day until ``until`` days ago."""
    records = [
        event(
            "account_updated",
            account=account,
            at=NOON - days * DAY,
            name=account.title(),
            segment="key",
            owner=ANNA,
            industry="Retail",
            region="DACH",
        ),
        event(
            "contract_updated",
            account=account,
            at=NOON - days * DAY,
            contract_id="c1",
            starts_on=(NOON - days * DAY).date(),
            renews_on=(NOON + renews_in * DAY).date(),
            seats=users,
            mrr={"amount": 1000.0, "currency": "EUR"},
        ),
    ]
    for back in range(days - 1, until - 1, -1):
        for user in range(users):
            at = NOON - back * DAY - timedelta(hours=1)
            records.append(used("export", account=account, user=f"u{user}", at=at, seconds=60))
    return records


def contract(account: str, contract_id: str, *, renews_in: int, mrr: float, currency: str = "EUR", **more: Any) -> EventRecord:  # fmt: skip
    """Return what is told of a contract of a year, sixty days ago."""
    return event(
        "contract_updated", account=account, at=NOON - 60 * DAY, contract_id=contract_id,
        starts_on=(NOON + (renews_in - 365) * DAY).date(), renews_on=(NOON + renews_in * DAY).date(),
        mrr={"amount": mrr, "currency": currency}, **more,
    )  # fmt: skip


def lived_in(account: str, **profile: Any) -> list[EventRecord]:
    """Return sixty days of an account's use, so that it has a score and a probability."""
    told = event("account_updated", account=account, at=NOON - 61 * DAY, name=account.title(), **profile)
    days = [
        used("export", account=account, user=f"u{user}", at=NOON - back * DAY)
        for back in range(1, 60)
        for user in range(3)
    ]
    return [told, *days]
