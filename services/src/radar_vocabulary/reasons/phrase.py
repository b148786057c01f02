"""The shapes that sentences about metrics come in. A shape is given whole sentences, so that each can be translated.

A phrase gets the metric's value and ``beside``: other metrics' values, where the sentence compares with them.
"""

from collections.abc import Callable, Mapping
from math import expm1
from typing import Final

from radar_vocabulary.language.messages import Message, Plural
from radar_vocabulary.language.translator import Translator

Beside = Mapping[str, float]
Phrase = Callable[[float, Beside, Translator], str]
# The metrics keep a log ratio between this and its opposite; so low stands for use that has stopped altogether.
STOPPED_AT: Final = -3.0


def counted(none: Message, some: Plural) -> Phrase:
    """Say how many there are; ``none`` where there aren't any."""

    def phrase(value: float, _: Beside, translator: Translator) -> str:
        return translator.count(some, value) if round(value) else translator.say(none)

    return phrase


def share(text: Message) -> Phrase:
    """Say the value as a {share}."""
    return lambda value, _, translator: translator.say(text, share=translator.percent(value))


def number(text: Message) -> Phrase:
    """Say the value as a {number}."""
    return lambda value, _, translator: translator.say(text, number=translator.decimal(value))


def amount(text: Message) -> Phrase:
    """Say the value as a whole {amount}."""
    return lambda value, _, translator: translator.say(text, amount=translator.whole(value))


def trend(*, stopped: Message, fell: Message, steady: Message, rose: Message) -> Phrase:
    """Say a log ratio as a {change} in hundredths, up or down."""

    def phrase(value: float, _: Beside, translator: Translator) -> str:
        if value <= STOPPED_AT:
            return translator.say(stopped)
        return _change(expm1(min(value, -STOPPED_AT)), translator, fell, steady, rose)

    return phrase


def change(*, fell: Message, same: Message, rose: Message) -> Phrase:
    """Say a share gained or lost as a {change} in hundredths."""
    return lambda value, _, translator: _change(value, translator, fell, same, rose)


def flag(*, no: Message, yes: Message) -> Phrase:
    """Say whether it is so."""
    return lambda value, _, translator: translator.say(yes if value else no)


def of_both(part: str, whole: str, text: Plural, otherwise: Message) -> Phrase:
    """Say {part} of {count}, two other metrics; where either isn't known, ``otherwise`` as a {share}."""

    def phrase(value: float, beside: Beside, translator: Translator) -> str:
        some, total = beside.get(part), beside.get(whole)
        if some is None or total is None:
            return translator.say(otherwise, share=translator.percent(value))
        return translator.count(text, total, part=translator.whole(some))

    return phrase


def _change(ratio: float, translator: Translator, fell: Message, same: Message, rose: Message) -> str:
    if not round(100 * ratio):
        return translator.say(same)
    return translator.say(rose if ratio > 0 else fell, change=translator.percent(abs(ratio)))
