"""What can be said: English texts marked for translation. The English text is the message's name in the catalogues.

``{names}`` in a text stand for values; a translation has the same ones, in the order its language wants.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, or a part of one that stands for itself."""

    text: str


@dataclass(frozen=True, slots=True)
class Plural:
    """A sentence with a ``{count}``, in its two English forms."""

    one: str
    many: str


def message(text: str) -> Message:
    """Mark a text for translation; catalogues are made from the calls of this function."""
    return Message(text)


def plural(one: str, many: str) -> Plural:
    """Mark a text with a number for translation: for 1, and for any other."""
    return Plural(one, many)
