"""Who is looking at the console: a signed cookie that names an API key, never the key itself.

The cookie is signed with a secret made from the console's own API key, so every console process of an
installation reads the others' cookies. What the person may do is looked up at every request: a revoked key
closes its sessions too.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

import msgspec
from msgspec import Struct

from radar_chassis.access.keys import Principal, Scope
from radar_chassis.clock import Clock

LASTS: Final = timedelta(hours=12)


class KeyVerifier(Protocol):
    """Knows the API keys; radar_chassis.access.guard.Access is one."""

    async def authorize(self, key: str | None, scope: Scope) -> Principal:
        """Return who presents ``key``; raises Unauthorized, Forbidden, DatabaseUnavailable."""
        ...

    async def principal_of(self, key_id: str) -> Principal | None:
        """Return whom a key names that was presented before; None when it opens nothing any more."""
        ...


class Session(Struct, frozen=True, kw_only=True):
    """What the cookie says. ``key_id`` is None before sign-in: then it only guards the sign-in form."""

    key_id: str | None
    began: datetime
    nonce: str


@dataclass(frozen=True, kw_only=True)
class Visitor:
    """A person with a session that holds. ``fresh`` means that the cookie is yet to be set."""

    session: Session
    name: str
    may_act: bool
    fresh: bool = False


class Sessions:
    """Makes and reads sessions."""

    def __init__(self, *, own_key: str, clock: Clock) -> None:
        self._secret = hashlib.sha256(b"radar console sessions\0" + own_key.encode()).digest()
        self._clock = clock
        # Cookies don't tell ports apart: two consoles on one machine must not overwrite each other's.
        self.cookie = f"radar_session_{self._mark(b'name')[:8]}"

    def begin(self, key_id: str | None) -> Session:
        """Return a new session."""
        return Session(key_id=key_id, began=self._clock.now(), nonce=secrets.token_urlsafe(18))

    def seal(self, session: Session) -> str:
        """Return the cookie's value."""
        body = base64.urlsafe_b64encode(msgspec.json.encode(session)).decode().rstrip("=")
        return f"{body}.{self._mark(body.encode())}"

    def unseal(self, cookie: str | None) -> Session | None:
        """Return the session in a cookie; None when it isn't ours, was changed or is over."""
        body, _, mark = (cookie or "").partition(".")
        if not hmac.compare_digest(mark.encode(), self._mark(body.encode(errors="replace")).encode()):
            return None
        try:
            plain = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
            session = msgspec.json.decode(plain, type=Session)
        except (binascii.Error, ValueError, msgspec.DecodeError):
            return None
        return session if self._clock.now() < session.began + LASTS else None

    def form_token(self, session: Session) -> str:
        """Return what every form of this session carries: another site can't know it."""
        return self._mark(b"form\0" + session.nonce.encode())

    def holds(self, session: Session, token: str) -> bool:
        """Whether a form's token belongs to this session."""
        return hmac.compare_digest(token.encode(), self.form_token(session).encode())

    def _mark(self, what: bytes) -> str:
        return hmac.new(self._secret, what, hashlib.sha256).hexdigest()
