"""Numbers, shares, money and dates as readers of a language write them (Unicode CLDR, by Babel).

The same few values come up again and again in sentences, so what was formatted once is remembered.
"""

import re
from datetime import date
from functools import lru_cache
from typing import Final

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_symbol

from radar_vocabulary.language.tags import Language

# English as it is written around the world: 1 January 2027, and US$ where $ alone could be another dollar.
_LOCALES: Final[dict[Language, Locale]] = {
    "en": Locale("en", "001"),
    "ja": Locale("ja", "JP"),
    "zh-Hans": Locale("zh", "CN", script="Hans"),
}
_LETTER: Final = re.compile("[A-Za-z]$")
_WITH_DIGITS: Final = ("#,##0", "#,##0.0", "#,##0.00")


def locale_of(language: Language) -> Locale:
    """Return Babel's locale of a language."""
    return _LOCALES[language]


@lru_cache(maxsize=4096)
def decimal(language: Language, value: float, digits: int) -> str:
    """Return a number with so many digits after the point (0 to 2)."""
    return format_decimal(value, _WITH_DIGITS[digits], _LOCALES[language])


@lru_cache(maxsize=1024)
def percent(language: Language, hundredths: int) -> str:
    """Return so many hundredths as a percentage."""
    return format_percent(hundredths / 100, locale=_LOCALES[language])


@lru_cache(maxsize=4096)
def money(language: Language, amount: int, currency: str) -> str:
    """Return an amount in whole units of a currency (ISO 4217 code)."""
    locale = _LOCALES[language]
    pattern = locale.currency_formats["standard"].pattern.replace(".00", "")
    if _LETTER.search(get_currency_symbol(currency, locale)):
        pattern = pattern.replace("¤", "¤\xa0")
    return format_currency(amount, currency, pattern, locale, currency_digits=False)


@lru_cache(maxsize=1024)
def day(language: Language, value: date) -> str:
    """Return a date that can't be read two ways: 1 January 2027, 2027年1月1日."""
    return format_date(value, "long", _LOCALES[language])


@lru_cache(maxsize=1024)
def medium_day(language: Language, value: date) -> str:
    """Return a date for a table: 21 Nov 2026, 2026/11/21."""
    return format_date(value, "medium", _LOCALES[language])


@lru_cache(maxsize=1024)
def short_day(language: Language, value: date) -> str:
    """Return a day of a year that is clear: 21 Nov, 11月21日."""
    return format_skeleton("MMMd", value, locale=_LOCALES[language])
