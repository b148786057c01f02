"""One message of Segment's format, read strictly."""

from datetime import datetime
from typing import Any, Final

import msgspec
from msgspec import Struct

from radar_ingest.domain.explain import explain
from radar_ingest.domain.limits import Limits
from radar_ingest.domain.rejection import Refused
from radar_ingest.domain.strict_json import strict_object

Name = str | int | float | None
_SHORT: Final = 200


class Context(Struct, frozen=True, rename="camel"):
    """What the client knows about where the message comes from."""

    group_id: Name = None


class Message(Struct, frozen=True, kw_only=True, rename="camel"):
    """A message as sent; names are given as text or numbers."""

    type: str | None = None
    message_id: str | None = None
    user_id: Name = None
    anonymous_id: Name = None
    group_id: Name = None
    timestamp: datetime | None = None
    event: str | None = None
    name: str | None = None
    category: str | None = None
    properties: dict[str, Any] | None = None
    traits: dict[str, Any] | None = None
    context: Context | None = None

    @property
    def user(self) -> str | None:
        """Who: the user id, else the anonymous id."""
        return named(self.user_id) or named(self.anonymous_id)

    @property
    def account(self) -> str | None:
        """The account that the message itself names."""
        if self.type == "group":
            return named(self.group_id)
        return named(self.context.group_id) if self.context else None


_decode: Final = msgspec.json.Decoder(Message).decode


def named(value: Name) -> str | None:
    """Return an id as text; None where there is none."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return None if value is None or value == "" else str(value)


def read_message(raw: bytes, kind: str | None, limits: Limits) -> Message:
    """Return the message in ``raw``; ``kind`` is its type where the path says so.

    Raises:
        Refused: it can't be used, and why.
    """
    strict_object(raw, max_bytes=limits.record, max_depth=limits.depth)
    try:
        message = _decode(raw)
    except msgspec.DecodeError as error:
        raise Refused("invalid_event", explain(error)) from None
    if kind is not None:
        message = msgspec.structs.replace(message, type=kind)
    for value in (message.user, message.account):
        if value is not None and len(value) > _SHORT:
            raise Refused("invalid_event", f"Ids may have {_SHORT} characters at most.")
    if message.message_id is not None and not 0 < len(message.message_id) <= 128:
        raise Refused("invalid_event", "messageId may have 1 to 128 characters.")
    return message
