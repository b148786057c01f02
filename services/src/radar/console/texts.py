"""What the console itself says, in the reader's language; pages and tables are given English and get what is read."""

from collections.abc import Iterator, Mapping

from markupsafe import Markup

from radar.console.page_language import page_language
from radar_vocabulary.language.messages import Message, Plural
from radar_vocabulary.language.translator import Translator, translator_for


def page_translator() -> Translator:
    """Return the translator of the console's texts into the reader's language."""
    return translator_for(page_language(), "radar")


def text(english: str, **values: object) -> str:
    """Return a text of a page, ``_`` in templates."""
    return page_translator().say(Message(english), **{name: str(value) for name, value in values.items()})


def counted(one: str, many: str, number: float, **values: object) -> str:
    """Return a text with a {count}, ``_n`` in templates."""
    return page_translator().count(
        Plural(one, many), number, **{name: str(value) for name, value in values.items()}
    )


def marked(english: str, **values: object) -> Markup:
    """Return a text with markup of its own, ``_h`` in templates; values are escaped, unless they are markup too."""
    return Markup(text(english)).format_map(values)  # noqa: S704 - ours, from the template or the catalogue


class Names(Mapping[str, str]):
    """What codes are called: a table that answers in the reader's language."""

    def __init__(self, names: Mapping[str, Message]) -> None:
        self._names = names

    def __getitem__(self, code: str) -> str:
        return page_translator().say(self._names[code])

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
