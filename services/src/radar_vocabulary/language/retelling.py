"""Says again, in another language, what was said in English: for answers that are made once and read by many.

A text without values is found as it is, one with values by its shape; so are those of an earlier release.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from radar_vocabulary.language.catalogues import texts_with_values
from radar_vocabulary.language.earlier import EARLIER
from radar_vocabulary.language.messages import Message
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import translator_for

_VALUE: Final = re.compile(r"\\\{(\w+)\\\}")


@lru_cache(maxsize=4096)
def retold(english: str, language: Language, package: str) -> str:
    """Return what ``english`` says, in ``language``; itself where it is none of the texts of ``package``."""
    said = translator_for(language, package)
    told = said.say(Message(EARLIER.get(english, english)))
    if told != english:
        return told
    for shape, text in _shapes(package).items():
        found = shape.fullmatch(english)
        if found:
            return said.say(text, **found.groupdict())
    return english


@cache
def _shapes(package: str) -> Mapping[re.Pattern[str], Message]:
    templates = {old: new for old, new in EARLIER.items() if "{" in old}
    templates.update({text: text for text in texts_with_values(package)})
    return {
        re.compile(_VALUE.sub(r"(?P<\1>.+?)", re.escape(old))): Message(new) for old, new in templates.items()
    }
