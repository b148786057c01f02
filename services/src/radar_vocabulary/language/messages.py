"""What can be said: English texts marked for translation. The English text is the message's name in the catalogues.

``{names}`` in a text stand for values; a translation has the same ones, in the order its language wants.
"""

from dataclasses import dataclass
from typing import Self

from msgspec import Struct


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence, or a part of one that stands for itself."""

    text: str


@dataclass(frozen=True, slots=True)
class Plural:
    """A sentence with a ``{count}``, in its two English forms."""

    one: str
    many: str


class Sentence(str):
    """An English sentence that carries its message and values, to be said in another language where it is read."""

    __slots__ = ("message", "values")
    message: Message
    values: dict[str, str]

    def __new__(cls, message: Message, **values: str | int) -> Self:
        """Fill in the ``values`` of the message's {names}."""
        made = super().__new__(cls, message.text.format_map(values) if values else message.text)
        made.message = message
        made.values = {name: str(value) for name, value in values.items()}
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[Message], dict[str, str]]:
        """Return what a copy of it is made from, in another process too."""
        return (self.message,), self.values


class StoredSentence(Struct, frozen=True, omit_defaults=True):
    """A sentence as records hold it: the English text of its message, and its values by name."""

    message: str
    values: dict[str, str] = {}

    @classmethod
    def of(cls, text: str) -> Self:
        """Return what to store of ``text``; one without a message of its own is a message without values."""
        if isinstance(text, Sentence):
            return cls(text.message.text, text.values)
        return cls(text)

    def sentence(self) -> Sentence:
        """Return the sentence."""
        return Sentence(Message(self.message), **self.values)


def message(text: str) -> Message:
    """Mark a text for translation; catalogues are made from the calls of this function."""
    return Message(text)


def plural(one: str, many: str) -> Plural:
    """Mark a text with a number for translation: for 1, and for any other."""
    return Plural(one, many)
