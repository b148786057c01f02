"""Who is asking, and whether they may."""

import asyncio
import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_chassis.access.guard import Access, _presented
from radar_chassis.access.keys import ApiKey, digest, generate, parse
from radar_chassis.clock import ManualClock
from radar_chassis.errors import Forbidden, Unauthorized

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Shelf:
    """Keys by id."""

    def __init__(self, *keys: ApiKey) -> None:
        self.keys = {key.key_id: key for key in keys}

    def find(self, key_id: str) -> ApiKey | None:
        return self.keys.get(key_id)


def key_with(*scopes: str, expires_at: datetime | None = None) -> tuple[str, ApiKey]:
    whole, key_id, secret = generate()
    key = ApiKey(
        key_id=key_id,
        name="test",
        digest=digest(secret),
        scopes=frozenset(scopes),
        created_at=NOON,
        expires_at=expires_at,
    )
    return whole, key


def authorize(access: Access, key: str | None, scope: str) -> object:
    return asyncio.run(access.authorize(key, scope))  # type: ignore[arg-type]


def test_a_key_opens_what_its_scopes_say() -> None:
    whole, key = key_with("read")
    access = Access(Shelf(key), ManualClock(NOON))
    assert authorize(access, whole, "read")
    with pytest.raises(Forbidden, match="`ingest`"):
        authorize(access, whole, "ingest")


def test_admin_opens_everything() -> None:
    whole, key = key_with("admin")
    access = Access(Shelf(key), ManualClock(NOON))
    assert all(authorize(access, whole, scope) for scope in ("ingest", "read", "act", "admin"))


def test_an_expired_key_opens_nothing() -> None:
    whole, key = key_with("read", expires_at=NOON + timedelta(hours=1))
    clock = ManualClock(NOON)
    access = Access(Shelf(key), clock)
    assert authorize(access, whole, "read")
    clock.advance(timedelta(hours=2))
    with pytest.raises(Unauthorized):
        authorize(access, whole, "read")


def test_the_right_id_with_a_wrong_secret_opens_nothing() -> None:
    whole, key = key_with("read")
    other, _ = key_with("read")
    forged = whole[:19] + other[19:]
    assert parse(forged) is not None
    with pytest.raises(Unauthorized):
        authorize(Access(Shelf(key), ManualClock(NOON)), forged, "read")


@pytest.mark.parametrize("key", [None, "", "radar_", "nonsense", "radar_zzzzzzzzzzzz_" + "a" * 43])
def test_what_is_not_a_key_is_unauthorized(key: str | None) -> None:
    with pytest.raises(Unauthorized):
        authorize(Access(Shelf(), ManualClock(NOON)), key, "read")


def test_basic_carries_the_key_as_user_name_only_where_allowed() -> None:
    header = "Basic " + base64.b64encode(b"radar_abc:").decode()
    assert _presented(header, basic=True) == "radar_abc"
    assert _presented(header, basic=False) is None


@given(st.text(max_size=200))
def test_no_header_breaks_the_door(header: str) -> None:
    _presented(header, basic=True)
    _presented("Basic " + header, basic=True)
    _presented("Bearer " + header, basic=True)


def test_a_session_that_remembers_a_key_opens_what_the_key_opens_until_it_expires() -> None:
    _, key = key_with("read", expires_at=NOON + timedelta(hours=1))
    clock = ManualClock(NOON)
    access = Access(Shelf(key), clock)
    found = asyncio.run(access.principal_of(key.key_id))
    assert found
    assert (found.name, found.may("read"), found.may("act")) == ("test", True, False)
    clock.advance(timedelta(hours=1))
    assert asyncio.run(access.principal_of(key.key_id)) is None
    assert asyncio.run(access.principal_of("nobody")) is None
