"""Finds out who is asking, from the Authorization header, and whether they may."""

import base64
import binascii
import threading
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from radar_chassis.access.keys import ApiKey, Principal, Scope, parse
from radar_chassis.clock import Clock
from radar_chassis.errors import Forbidden, Unauthorized
from radar_chassis.store.database import DatabaseUnavailable

REMEMBERED: Final = 10_000
FRESH_SECONDS: Final = 15.0


class Keys(Protocol):
    """Where keys are found."""

    def find(self, key_id: str) -> ApiKey | None:
        """Return the key with this id."""
        ...


class Access:
    """Authenticates requests. A revoked key is refused within FRESH_SECONDS, in every process.

    While the key store is away, keys seen within the last hour go on working: an outage of the database must
    not refuse events that the log could take.
    """

    STALE_SECONDS: Final = 3_600.0

    def __init__(self, keys: Keys, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock
        self._known: OrderedDict[str, tuple[float, ApiKey]] = OrderedDict()
        self._lock = threading.Lock()

    def require(self, scope: Scope, *, basic: bool = False) -> Callable[[Request], Awaitable[Principal]]:
        """Return a FastAPI dependency that gives the Principal, or raises Unauthorized or Forbidden.

        Args:
            scope: what the key must be allowed to do.
            basic: also take HTTP Basic with the key as user name (Segment's clients).
        """

        async def dependency(request: Request) -> Principal:
            key = _presented(request.headers.get("authorization"), basic=basic)
            return await self.authorize(key, scope)

        return dependency

    async def authorize(self, key: str | None, scope: Scope) -> Principal:
        """Return who presents ``key``. Raises Unauthorized, Forbidden, DatabaseUnavailable."""
        principal = await self._authenticate(key)
        if not principal.may(scope):
            raise Forbidden(f"This key may not do that; it needs the scope `{scope}`.")
        return principal

    async def principal_of(self, key_id: str) -> Principal | None:
        """Return whom a key names that was presented before; None once it opens nothing.

        For sessions, which remember the id of a key and never the key. Raises DatabaseUnavailable.
        """
        known = self._fresh(key_id) or await run_in_threadpool(self._look_up, key_id)
        return _principal(known) if known is not None and known.usable(self._clock.now()) else None

    async def _authenticate(self, key: str | None) -> Principal:
        if key is None:
            raise Unauthorized(
                "Send an API key: Authorization: Bearer radar_… (`radar keys create` makes one)."
            )
        parts = parse(key)
        known = None
        if parts is not None:
            known = self._fresh(parts[0]) or await run_in_threadpool(self._look_up, parts[0])
        if (
            parts is None
            or known is None
            or not known.matches(parts[1])
            or not known.usable(self._clock.now())
        ):
            raise Unauthorized("This API key isn't known, or no longer; `radar keys create` makes a new one.")
        return _principal(known)

    def _fresh(self, key_id: str) -> ApiKey | None:
        with self._lock:
            seen = self._known.get(key_id)
        return seen[1] if seen and time.monotonic() - seen[0] < FRESH_SECONDS else None

    def _look_up(self, key_id: str) -> ApiKey | None:
        try:
            key = self._keys.find(key_id)
        except DatabaseUnavailable:
            with self._lock:
                seen = self._known.get(key_id)
            if seen and time.monotonic() - seen[0] < self.STALE_SECONDS:
                return seen[1]
            raise
        with self._lock:
            if key is None:
                self._known.pop(key_id, None)
            else:
                self._known[key_id] = (time.monotonic(), key)
                self._known.move_to_end(key_id)
                while len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
        return key


def _principal(key: ApiKey) -> Principal:
    return Principal(key_id=key.key_id, name=key.name, scopes=key.scopes)


def _presented(header: str | None, *, basic: bool) -> str | None:
    scheme, _, rest = (header or "").partition(" ")
    if scheme.lower() == "bearer":
        return rest.strip() or None
    if basic and scheme.lower() == "basic":
        try:
            return base64.b64decode(rest, validate=True).decode("ascii").partition(":")[0]
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return None
    return None
