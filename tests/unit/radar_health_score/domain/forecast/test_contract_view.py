from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from radar_health_score.domain.account.facts import AccountFacts, Contract
from radar_health_score.domain.account.year_use import YEAR_DAYS, DayVolume, YearUse
from radar_health_score.domain.forecast.contract_view import ContractView
from radar_health_score.domain.metrics.catalogue import measure
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings

TODAY = date(2026, 11, 21)
THROUGH = TODAY - timedelta(days=1)


def view(first: datetime, zone: str, *, silent: bool = False) -> ContractView:
    """Look at an account that was there once, at ``first``; ``silent``: more than a year ago."""
    day = first.astimezone(ZoneInfo(zone)).date().toordinal()
    days = {} if silent else {day: DayVolume(1, 1, 0.0)}
    facts = AccountFacts(
        account_id="acme",
        as_of=datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=ZoneInfo(zone)),
        through=THROUGH,
        year=YearUse.of(days, THROUGH.toordinal()),
        first_event_at=first,
        last_event_at=first,
    )
    readings = measure(facts, WorkspaceSettings(time_zone=zone))
    return ContractView.at(facts, readings, Contract(contract_id="c1"), TODAY)


@pytest.mark.parametrize(
    ("zone", "hour", "first"),
    [
        ("Asia/Tokyo", 20, date(2026, 11, 2)),
        ("America/New_York", 2, date(2026, 10, 31)),
        ("UTC", 20, date(2026, 11, 1)),
    ],
)
def test_days_are_the_workspaces(zone: str, hour: int, first: date) -> None:
    found = view(datetime(2026, 11, 1, hour, tzinfo=UTC), zone)
    assert found.age_days == (THROUGH - first).days + 1
    assert found.idle_days == (THROUGH - first).days


def test_use_of_more_than_a_year_ago_is_told_by_the_metric() -> None:
    found = view(datetime(2025, 1, 1, 20, tzinfo=UTC), "Asia/Tokyo", silent=True)
    assert found.idle_days == (THROUGH - date(2025, 1, 2)).days
    assert found.watched_days == YEAR_DAYS
