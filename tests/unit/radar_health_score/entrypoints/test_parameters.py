"""Times in an address: a date, a moment, or a sentence that says what is wrong."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from radar_chassis.errors import InvalidRequest
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.entrypoints.parameters import parse_as_of


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (None, None),
        ("now", None),
        ("2026-11-21", date(2026, 11, 21)),
        ("2026-11-21T10:00:00Z", datetime(2026, 11, 21, 10, tzinfo=UTC)),
        ("2026-11-21T10:00:00 02:00", datetime(2026, 11, 21, 10, tzinfo=timezone(timedelta(hours=2)))),
    ],
)
def test_a_date_or_a_moment_is_read(text: str | None, meant: object) -> None:
    assert parse_as_of(text) == meant


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "1e9", "\0"])
def test_anything_else_is_an_invalid_request(text: str) -> None:
    with pytest.raises(InvalidRequest):
        parse_as_of(text)


@pytest.mark.parametrize("text", ["0001-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_at_the_edge_of_the_calendar_is_refused_as_no_zone_can_cut_its_day(text: str) -> None:
    with pytest.raises(InvalidRequest):
        parse_as_of(text)


@pytest.mark.parametrize("text", ["1970-01-01T00:00:00+14:00", "9000-12-31T23:59:59-12:00"])
def test_what_is_taken_lies_on_a_day_of_any_zone(text: str) -> None:
    moment = parse_as_of(text)
    assert isinstance(moment, datetime)
    for zone in ("UTC", "Pacific/Kiritimati", "Etc/GMT+12"):
        assert abs(WorkspaceDays(zone).day_of(moment) - moment.toordinal()) <= 2
