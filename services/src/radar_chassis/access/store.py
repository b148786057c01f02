"""The key store: make, list, revoke and find keys."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    LargeBinary,
    MetaData,
    Row,
    String,
    Table,
    insert,
    select,
    update,
)

from radar_chassis.access.keys import ApiKey, Scope, digest, generate, parse
from radar_chassis.clock import Clock
from radar_chassis.errors import InvalidRequest, NotFound
from radar_chassis.store.database import Database
from radar_chassis.store.migrate import migrate

KEYS = Table(
    "api_keys",
    MetaData(),
    Column("key_id", String(32), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("scopes", String(200), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True)),
    Column("revoked_at", DateTime(timezone=True)),
)


class KeyStore:
    """API keys in their own schema ``access``."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def migrate(self) -> None:
        """Bring the schema up to date."""
        migrate(self._database, "radar_chassis.access.migrations")

    def create(
        self, name: str, scopes: frozenset[Scope], *, expires_at: datetime | None = None
    ) -> tuple[str, ApiKey]:
        """Make a key; the first of the pair is shown once and never stored."""
        if not scopes:
            raise InvalidRequest("A key needs at least one scope: ingest, read, act or admin.")
        whole, key_id, secret = generate()
        return whole, self._insert(key_id, secret, name, scopes, expires_at)

    def ensure(self, whole: str, name: str, scopes: frozenset[Scope]) -> None:
        """Make sure that this very key exists (set by an operator for a first start)."""
        parts = parse(whole)
        if parts is None:
            raise InvalidRequest("This isn't a key: it looks like radar_<12 hex digits>_<43 characters>.")
        if self.find(parts[0]) is None:
            self._insert(*parts, name, scopes, None)

    def find(self, key_id: str) -> ApiKey | None:
        """Return the key with this id, usable or not."""
        with self._database.reading() as connection:
            row = connection.execute(select(KEYS).where(KEYS.c.key_id == key_id)).one_or_none()
        return None if row is None else _key(row)

    def every(self) -> list[ApiKey]:
        """Return all keys, oldest first."""
        with self._database.reading() as connection:
            return [_key(row) for row in connection.execute(select(KEYS).order_by(KEYS.c.created_at))]

    def revoke(self, key_id: str) -> None:
        """End a key for good. Raises NotFound."""
        change = (
            update(KEYS)
            .where(KEYS.c.key_id == key_id, KEYS.c.revoked_at.is_(None))
            .values(revoked_at=self._clock.now())
        )
        if self._database.run(lambda connection: connection.execute(change).rowcount) != 1:
            raise NotFound("No key in use has this id; `radar keys list` shows them.")

    def ping(self) -> None:
        """Raise DatabaseUnavailable when the store is away."""
        self._database.ping()

    def close(self) -> None:
        """Close the connections."""
        self._database.dispose()

    def _insert(
        self, key_id: str, secret: str, name: str, scopes: frozenset[Scope], expires_at: datetime | None
    ) -> ApiKey:
        key = ApiKey(
            key_id=key_id,
            name=name,
            digest=digest(secret),
            scopes=scopes,
            created_at=self._clock.now(),
            expires_at=expires_at,
        )
        values = {
            "key_id": key.key_id,
            "name": key.name,
            "digest": key.digest,
            "scopes": " ".join(sorted(key.scopes)),
            "created_at": key.created_at,
            "expires_at": key.expires_at,
        }
        self._database.run(lambda connection: connection.execute(insert(KEYS).values(values)))
        return key


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        key_id=row.key_id,
        name=row.name,
        digest=row.digest,
        scopes=frozenset(row.scopes.split()),
        created_at=_utc(row.created_at),
        expires_at=row.expires_at and _utc(row.expires_at),
        revoked_at=row.revoked_at and _utc(row.revoked_at),
    )


def _utc(moment: datetime) -> datetime:
    """SQLite forgets the offset; we only ever write UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
