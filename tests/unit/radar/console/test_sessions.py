"""Sessions: signed, bounded in time, and no stronger than the key behind them."""

from datetime import UTC, datetime, timedelta

import pytest

from radar.console.sessions import LASTS, Sessions
from radar_chassis.clock import ManualClock

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def test_a_session_comes_back_from_its_cookie_in_any_process_with_the_same_key() -> None:
    clock = ManualClock(NOON)
    session = Sessions(own_key="own", clock=clock).begin("abc")
    cookie = Sessions(own_key="own", clock=clock).seal(session)
    assert Sessions(own_key="own", clock=clock).unseal(cookie) == session
    assert Sessions(own_key="other", clock=clock).unseal(cookie) is None


def test_a_session_ends() -> None:
    clock = ManualClock(NOON)
    sessions = Sessions(own_key="own", clock=clock)
    cookie = sessions.seal(sessions.begin("abc"))
    clock.advance(LASTS - timedelta(seconds=1))
    assert sessions.unseal(cookie)
    clock.advance(timedelta(seconds=1))
    assert sessions.unseal(cookie) is None


@pytest.mark.parametrize("hurt", ["", ".", "x.y", "é.é", None])
def test_what_isnt_ours_is_no_session(hurt: str | None) -> None:
    assert Sessions(own_key="own", clock=ManualClock(NOON)).unseal(hurt) is None


def test_a_changed_cookie_is_no_session() -> None:
    sessions = Sessions(own_key="own", clock=ManualClock(NOON))
    body, _, mark = sessions.seal(sessions.begin("abc")).partition(".")
    other = sessions.seal(sessions.begin("root")).partition(".")[0]
    assert sessions.unseal(f"{other}.{mark}") is None
    assert sessions.unseal(f"{body}.{mark[:-1]}") is None


def test_a_form_belongs_to_one_session() -> None:
    sessions = Sessions(own_key="own", clock=ManualClock(NOON))
    mine, theirs = sessions.begin("abc"), sessions.begin("abc")
    assert sessions.holds(mine, sessions.form_token(mine))
    assert not sessions.holds(theirs, sessions.form_token(mine))
    assert not sessions.holds(mine, "ü")
