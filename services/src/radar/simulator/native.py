"""An event in the native format, as the simulator writes it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec import Struct


class NativeEvent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One event of the public contract. The id is made from what it stands for, never at random."""

    id: str
    type: str
    account_id: str
    occurred_at: datetime
    data: Mapping[str, Any]
    user_id: str | None = None


_encoder: Final = msgspec.json.Encoder()


def ndjson(events: Iterable[NativeEvent]) -> bytes:
    """Return the events as NDJSON: one JSON object a line."""
    return _encoder.encode_lines(list(events))
