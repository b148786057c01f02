"""Makes event ids for clients that send none: UUIDs of version 7, which sort by time (RFC 9562, 5.7)."""

import secrets
from datetime import datetime
from uuid import UUID


def new_event_id(moment: datetime) -> str:
    """Return a fresh id whose first 48 bits are ``moment`` in milliseconds."""
    milliseconds = int(moment.timestamp() * 1000) & (2**48 - 1)
    noise = secrets.randbits(74)
    value = milliseconds << 80 | 0x7 << 76 | (noise >> 62) << 64 | 0b10 << 62 | noise & (2**62 - 1)
    return str(UUID(int=value))
