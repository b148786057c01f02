"""Sessions remember the id of a key: it opens what the key opens, for as long as the key does."""

import asyncio
from datetime import UTC, datetime, timedelta

from radar_chassis.access.guard import Access
from radar_chassis.access.keys import ApiKey, digest, generate
from radar_chassis.clock import ManualClock

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Shelf:
    """Keys by id."""

    def __init__(self, *keys: ApiKey) -> None:
        self.keys = {key.key_id: key for key in keys}

    def find(self, key_id: str) -> ApiKey | None:
        return self.keys.get(key_id)


def test_a_key_is_recalled_with_its_scopes_until_it_expires() -> None:
    _, key_id, secret = generate()
    key = ApiKey(
        key_id=key_id, name="anna", digest=digest(secret), scopes=frozenset({"read"}), created_at=NOON,
        expires_at=NOON + timedelta(hours=1),
    )  # fmt: skip
    clock = ManualClock(NOON)
    access = Access(Shelf(key), clock)
    found = asyncio.run(access.recall(key_id))
    assert found
    assert (found.name, found.may("read"), found.may("act")) == ("anna", True, False)
    clock.advance(timedelta(hours=1))
    assert asyncio.run(access.recall(key_id)) is None
    assert asyncio.run(access.recall("nobody")) is None
