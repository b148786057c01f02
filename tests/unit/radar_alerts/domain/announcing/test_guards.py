"""Guards: how many at once are plausible, what the calendar explains, and whom a version opened."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from radar_alerts.domain.announcing.announcement import Announcement
from radar_alerts.domain.announcing.guards import GuardVerdict, MassLimit, Opening, guard
from radar_alerts.domain.announcing.plan import by_calendar
from radar_alerts.domain.rules.load import load_rules
from tests.support.health import renewal

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=90)


def opening(
    number: int, *, since: datetime = LONG_AGO, version: str | None = None, due: bool = False
) -> Opening:
    waiting = Announcement(
        id=f"an_{number}", case_id=f"ca_{number}", account_id=f"a{number}", kind="opened", state="waiting",
        created_at=NOW,
    )  # fmt: skip
    return Opening(announcement=waiting, known_since=since, new_version=version, by_calendar=due)


def judged(openings: list[Opening], *, lately: int = 0, contracts: int = 10) -> GuardVerdict:
    return guard(openings, {"mass": lately}, contracts, MassLimit(), NOW)


@pytest.mark.parametrize(("number", "lately", "contracts", "held"), [
    (3, 0, 10, 0), (4, 0, 10, 4), (1, 3, 10, 1), (10, 0, 200, 0), (11, 0, 200, 11),
])  # fmt: skip
def test_more_than_three_or_five_percent_an_hour_are_held(
    number: int, lately: int, contracts: int, held: int
) -> None:
    verdict = judged([opening(n) for n in range(number)], lately=lately, contracts=contracts)
    assert sum(len(some) for some in verdict.held.values()) == held


def test_what_the_calendar_brings_is_not_counted() -> None:
    assert judged([opening(n, due=True) for n in range(50)]).held == {}


def test_a_new_version_holds_the_cases_that_it_opened_and_no_others() -> None:
    mixed = [opening(n, version="model v2") for n in range(9)] + [opening(n) for n in range(9, 12)]
    verdict = judged(mixed)
    assert {key: len(some) for key, some in verdict.held.items()} == {"model v2": 9}


def test_accounts_met_less_than_a_day_ago_are_for_one_digest_and_count_for_nothing() -> None:
    met = [opening(n, since=NOW - timedelta(hours=23)) for n in range(300)]
    verdict = judged(met)
    assert (verdict.held, len(verdict.first_contact)) == ({}, 300)


@pytest.mark.parametrize(
    ("days", "explained"), [(121, False), (120, True), (119, True), (118, False), (60, False)]
)
def test_the_first_day_of_a_rules_window_is_the_calendars(days: int, explained: bool) -> None:
    rule = load_rules(None).by_name["renewal_risk"]
    assert by_calendar(rule, replace(renewal(), days=days)) == explained
