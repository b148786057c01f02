"""Answers in the reader's language: drivers, the reasons why something is missing, and what a metric is."""

from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from radar_chassis.contracts.health import Driver, HealthSnapshot
from radar_chassis.language.messages import Message
from radar_chassis.language.tags import Language
from radar_chassis.language.tongue import Tongue, tongue
from radar_chassis.reasons.sentence import driver_in, snapshot_in

# Fields whose texts are ours wherever they stand in an answer; every other text is a name, a code or the customer's.
_OURS: Final = frozenset({"missing", "description"})


def in_language(answer: Any, language: Language) -> Any:
    """Return the answer with all that we say in it worded in ``language``."""
    return _told(answer, tongue(language, "radar_health_score"))


def _told(value: Any, said: Tongue) -> Any:
    match value:
        case HealthSnapshot():
            return snapshot_in(value, said.language)
        case Driver():
            return driver_in(value, said.language)
        case Struct():
            return _fields_told(value, said)
        case list() | tuple() if value and isinstance(value[0], Struct):
            return [_told(one, said) for one in value]
    return value


def _fields_told(answer: Struct, said: Tongue) -> Struct:
    changed = {}
    for name in answer.__struct_fields__:
        value = getattr(answer, name)
        told = _translated(value, said) if name in _OURS else _told(value, said)
        if told is not value:
            changed[name] = told
    return replace(answer, **changed) if changed else answer


def _translated(text: Any, said: Tongue) -> Any:
    match text:
        case str():
            return said.say(Message(text))
        case dict():
            return {name: said.say(Message(reason)) for name, reason in text.items()}
    return text
