"""What the page shows of a change, from what the API answers."""

from datetime import date, timedelta
from math import fsum

import msgspec
import pytest

from radar.console.views.account import as_of
from radar.console.views.changes import changed, span
from radar_vocabulary.answers.changes import Changes, DriverChange
from tests.support.health import snapshot
from tests.support.samples import sample

TODAY = date(2026, 11, 21)


def move(name: str, behaviour: float, time: float = 0.0, configuration: float = 0.0) -> DriverChange:
    return sample(
        DriverChange,
        metric=name,
        points_from=1.0,
        points_to=1.0 + behaviour + time + configuration,
        behaviour=behaviour,
        time=time,
        configuration=configuration,
        text=name,
    )


def answer(*moves: DriverChange, before: float | None = 50.0) -> Changes:
    parts = {
        name: fsum(getattr(one, name) for one in moves) for name in ("behaviour", "time", "configuration")
    }
    after = (before or 60.0) + fsum(parts.values())
    return Changes(earlier=snapshot(before), later=snapshot(after), drivers=moves, **parts)


@pytest.mark.parametrize("every", [False, True])
def test_the_rows_and_the_rest_add_up_to_the_change_however_many_are_shown(*, every: bool) -> None:
    moves = [move(f"m{at}", (-1) ** at * at / 3, at / 7) for at in range(1, 20)]
    shown = changed(answer(*moves), every=every)
    assert fsum(row.change for row in shown.rows) + shown.rest_change == pytest.approx(shown.total)
    assert fsum(part.points for part in shown.parts) == pytest.approx(shown.total)
    assert (len(shown.rows), shown.rest_count) == ((19, 0) if every else (9, 10))
    sizes = [abs(row.change) for row in shown.rows]
    assert sizes == sorted(sizes, reverse=True)


def test_a_driver_that_stood_still_is_counted_and_one_that_moved_both_ways_is_shown() -> None:
    shown = changed(answer(move("still", 0), move("both ways", 3, -3)))
    assert [row.text for row in shown.rows] == ["both ways"]
    assert shown.rows[0].parts == "time −3.0, behaviour +3.0"
    assert shown.still == 1


def test_parts_come_in_the_order_of_the_steps_and_nothing_has_no_colour() -> None:
    shown = changed(answer(move("a", 2.0, -5.0)))
    assert [(part.name, part.tone) for part in shown.parts] == [
        ("Time", "is-minus"), ("Behaviour", "is-plus"), ("Configuration", ""),
    ]  # fmt: skip


def test_the_answer_is_read_as_it_is_on_the_wire() -> None:
    sent = msgspec.json.encode(answer(move("a", 2.0)))
    assert b'"from":{' in sent
    assert msgspec.json.decode(sent, type=Changes).earlier.score == 50.0


def test_by_default_four_weeks_until_the_day_of_the_page() -> None:
    today = span("", "", as_of("", TODAY))
    assert (today.first, today.last, today.until) == (TODAY - timedelta(days=28), TODAY, None)
    past = span("", "", as_of("2026-10-31", TODAY))
    assert (past.first, past.until) == (date(2026, 10, 3), date(2026, 10, 31))


@pytest.mark.parametrize("asked", ["yesterday", "0001-01-01", "2026-13-01", ""])
def test_days_that_cant_be_read_mean_the_usual_ones(asked: str) -> None:
    days = span(asked, asked, as_of("", TODAY))
    assert (days.first, days.last) == (TODAY - timedelta(days=28), TODAY)


def test_a_future_day_means_now_and_days_the_wrong_way_round_are_asked_as_they_are() -> None:
    assert span("2026-11-01", "2027-01-01", as_of("", TODAY)).until is None
    days = span("2026-11-10", "2026-11-01", as_of("", TODAY))
    assert (days.first, days.until) == (date(2026, 11, 10), date(2026, 11, 1))
