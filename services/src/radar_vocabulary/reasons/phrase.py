"""The shapes that sentences about metrics come in. A shape is given whole sentences, so that each can be translated.

A phrase gets the metric's value and ``beside``: other metrics' values, where the sentence compares with them.
"""

from collections.abc import Callable, Mapping
from math import expm1
from typing import Final

from radar_vocabulary.language.messages import Message, Plural
from radar_vocabulary.language.tongue import Tongue

Beside = Mapping[str, float]
Phrase = Callable[[float, Beside, Tongue], str]
# The metrics keep a log ratio between this and its opposite; so low stands for use that has stopped altogether.
STOPPED_AT: Final = -3.0


def counted(none: Message, some: Plural) -> Phrase:
    """Say how many there are; ``none`` where there aren't any."""

    def phrase(value: float, _: Beside, tongue: Tongue) -> str:
        return tongue.count(some, value) if round(value) else tongue.say(none)

    return phrase


def share(text: Message) -> Phrase:
    """Say the value as a {share}."""
    return lambda value, _, tongue: tongue.say(text, share=tongue.percent(value))


def number(text: Message) -> Phrase:
    """Say the value as a {number}."""
    return lambda value, _, tongue: tongue.say(text, number=tongue.decimal(value))


def amount(text: Message) -> Phrase:
    """Say the value as a whole {amount}."""
    return lambda value, _, tongue: tongue.say(text, amount=tongue.whole(value))


def trend(*, stopped: Message, fell: Message, steady: Message, rose: Message) -> Phrase:
    """Say a log ratio as a {change} in hundredths, up or down."""

    def phrase(value: float, _: Beside, tongue: Tongue) -> str:
        if value <= STOPPED_AT:
            return tongue.say(stopped)
        return _change(expm1(min(value, -STOPPED_AT)), tongue, fell, steady, rose)

    return phrase


def change(*, fell: Message, same: Message, rose: Message) -> Phrase:
    """Say a share gained or lost as a {change} in hundredths."""
    return lambda value, _, tongue: _change(value, tongue, fell, same, rose)


def flag(*, no: Message, yes: Message) -> Phrase:
    """Say whether it is so."""
    return lambda value, _, tongue: tongue.say(yes if value else no)


def of_both(part: str, whole: str, text: Plural, otherwise: Message) -> Phrase:
    """Say {part} of {count}, two other metrics; where either isn't known, ``otherwise`` as a {share}."""

    def phrase(value: float, beside: Beside, tongue: Tongue) -> str:
        some, total = beside.get(part), beside.get(whole)
        if some is None or total is None:
            return tongue.say(otherwise, share=tongue.percent(value))
        return tongue.count(text, total, part=tongue.whole(some))

    return phrase


def _change(ratio: float, tongue: Tongue, fell: Message, same: Message, rose: Message) -> str:
    if not round(100 * ratio):
        return tongue.say(same)
    return tongue.say(rose if ratio > 0 else fell, change=tongue.percent(abs(ratio)))
