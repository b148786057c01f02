"""An API key: ``radar_<id>_<secret>``. The id finds the row, the secret (256 random bits) is stored as SHA-256."""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

Scope = Literal["ingest", "read", "act", "admin"]
_SHAPE: Final = re.compile(r"radar_([a-z0-9]{12})_([A-Za-z0-9_-]{43})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """What is stored of a key; the secret itself is shown once, when it is made."""

    key_id: str
    name: str
    digest: bytes
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None

    def usable(self, now: datetime) -> bool:
        """Whether it opens anything at ``now``."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def matches(self, secret: str) -> bool:
        """Compare in constant time."""
        return hmac.compare_digest(self.digest, digest(secret))


@dataclass(frozen=True, kw_only=True)
class Principal:
    """Who is asking."""

    key_id: str
    name: str
    scopes: frozenset[str]

    def may(self, scope: Scope) -> bool:
        """Whether this scope is granted; admin grants all."""
        return scope in self.scopes or "admin" in self.scopes


def generate() -> tuple[str, str, str]:
    """Return a new key as (whole, key id, secret)."""
    key_id = secrets.token_hex(6)
    secret = secrets.token_urlsafe(32)
    return f"radar_{key_id}_{secret}", key_id, secret


def parse(key: str) -> tuple[str, str] | None:
    """Return (key id, secret), or None when this can't be a key of ours."""
    found = _SHAPE.fullmatch(key)
    return (found[1], found[2]) if found else None


def digest(secret: str) -> bytes:
    """Return what is stored. The secret has 256 random bits, so a slow hash would add nothing."""
    return hashlib.sha256(secret.encode()).digest()
