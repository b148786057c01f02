"""Says messages in a language: picks the translation and its plural form, and fills in values as readers write them."""

from datetime import date
from functools import cache
from typing import Final

from babel.core import Locale

from radar_vocabulary.contracts.scalars import Money
from radar_vocabulary.language import numbers
from radar_vocabulary.language.catalogues import translations
from radar_vocabulary.language.earlier import EARLIER
from radar_vocabulary.language.messages import Message, Plural, Sentence, message
from radar_vocabulary.language.tags import Language

_PACKAGE: Final = "radar_vocabulary"
_UNDER: Final = message("under {percent}")


class Translator:
    """One language, with the texts of one package."""

    def __init__(self, language: Language, package: str) -> None:
        self.language = language
        self._texts = translations(package, language)

    @property
    def locale(self) -> Locale:
        """Babel's locale of the language."""
        return numbers.locale_of(self.language)

    def say(self, what: Message, **values: str) -> str:
        """Return ``what`` with its values filled in."""
        said = self._texts.gettext(what.text)
        return said.format_map(values) if values else said

    def tell(self, text: str) -> str:
        """Return a text of ours: a ``Sentence`` from its message and values, any other as a message without values.

        What is no message of the package, such as a customer's words, stays as it is.
        """
        if isinstance(text, Sentence):
            return self.say(text.message, **text.values)
        return self.say(Message(EARLIER.get(text, text)))

    def count(self, what: Plural, number: float, **values: str) -> str:
        """Return ``what`` for so many; ``number``, rounded to a whole one, is its {count}."""
        whole = round(number)
        said = self._texts.ngettext(what.one, what.many, whole)
        return said.format_map({"count": numbers.decimal(self.language, whole, 0), **values})

    def whole(self, value: float) -> str:
        """Return the number rounded to a whole one."""
        return numbers.decimal(self.language, round(value), 0)

    def decimal(self, value: float) -> str:
        """Return the number with a digit after the point where it is small enough for that to matter."""
        digits = 0 if abs(value) >= 10 or value == int(value) else 1
        return numbers.decimal(self.language, round(value, digits), digits)

    def signed(self, value: float) -> str:
        """Return the number with its sign and one digit after the point."""
        shown = numbers.decimal(self.language, abs(round(value, 1)), 1)
        return f"{'−' if round(value, 1) < 0 else '+'}{shown}"

    def percent(self, share: float) -> str:
        """Return a share (1 is all) in whole hundredths; less than one is said to be."""
        hundredths = round(100 * share)
        shown = numbers.percent(self.language, hundredths or (1 if share else 0))
        if hundredths or not share:
            return shown
        return translator_for(self.language, _PACKAGE).say(_UNDER, percent=shown)

    def money(self, value: Money) -> str:
        """Return an amount in whole units of its currency."""
        return numbers.money(self.language, round(value.amount), value.currency)

    def day(self, value: date) -> str:
        """Return a date that can't be read two ways."""
        return numbers.day(self.language, value)


@cache
def translator_for(language: Language, package: str) -> Translator:
    """Return the translator of the texts of ``package`` in ``language``."""
    return Translator(language, package)
