"""Sentences, or parts of a line, one after the other."""

from collections.abc import Sequence
from typing import Final

from radar_vocabulary.language.messages import Message, message
from radar_vocabulary.language.translator import Translator

BETWEEN: Final = message("{one} {other}")


def join(parts: Sequence[str], translator: Translator, *, between: Message = BETWEEN) -> str:
    """Return ``parts`` one after the other, ``between`` two of them as the language sets it."""
    said = parts[0]
    for one in parts[1:]:
        said = translator.say(between, one=said, other=one)
    return said
