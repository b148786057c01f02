"""Turns the decoder's complaint into a sentence for the client, without repeating what the client sent."""

from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

import msgspec

from radar_vocabulary.contracts.events import EVENT_TYPES


def _choices(hint: Any) -> tuple[str, ...]:
    """Return the allowed words when ``hint`` is (or holds) a Literal."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    return tuple(word for part in get_args(hint) for word in _choices(part))


_WORDS: Final = {
    (name, field): words
    for name, kind in EVENT_TYPES.items()
    for field, hint in get_type_hints(kind).items()
    if (words := _choices(hint))
}


def explain(error: msgspec.DecodeError, *, within: str = "", event_type: str = "") -> str:
    """Return e.g. "data.seconds: expected a number >= 0.".

    ``within`` is where the decoded value stands in the event ("" for the event itself, "data" for its data).
    """
    message, _, path = str(error).partition(" - at `$")
    field = path.rstrip("`").lstrip(".")
    if message.startswith("Invalid enum value"):
        words = _WORDS.get((event_type, field), ())
        message = f"must be one of {', '.join(words)}" if words else "isn't one of the words allowed here"
    where = ".".join(part for part in (within, field) if part)
    message = message[0].lower() + message[1:]
    return f"{where}: {message}." if where else f"{message[0].upper()}{message[1:]}."
