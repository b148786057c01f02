"""What one record and one request may hold. Every number is configurable and answered by name."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

OLDEST: Final = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Sizes are bytes."""

    compressed_body: int = 1_000_000
    body: int = 20_000_000
    records: int = 5_000
    record: int = 32 * 1024
    depth: int = 16
    future: timedelta = timedelta(hours=24)
    oldest: datetime = OLDEST
