"""Answers in the reader's language: drivers, the reasons why something is missing, and what a metric is."""

from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from radar_chassis.contracts.health import Driver, HealthSnapshot
from radar_chassis.language.retelling import retold
from radar_chassis.language.tags import Language
from radar_chassis.reasons.sentence import driver_in, snapshot_in

_PACKAGE: Final = "radar_health_score"
# Fields whose texts are ours wherever they stand in an answer; every other text is a name, a code or the customer's.
_OURS: Final = frozenset({"missing", "description"})


def in_language(answer: Any, language: Language) -> Any:
    """Return the answer with all that we say in it worded in ``language``."""
    match answer:
        case HealthSnapshot():
            return snapshot_in(answer, language)
        case Driver():
            return driver_in(answer, language)
        case Struct():
            return _fields_told(answer, language)
        case list() | tuple() if answer and isinstance(answer[0], Struct):
            return [in_language(one, language) for one in answer]
    return answer


def _fields_told(answer: Struct, language: Language) -> Struct:
    changed = {}
    for name in answer.__struct_fields__:
        value = getattr(answer, name)
        told = _translated(value, language) if name in _OURS else in_language(value, language)
        if told is not value:
            changed[name] = told
    return replace(answer, **changed) if changed else answer


def _translated(text: Any, language: Language) -> Any:
    match text:
        case str():
            return retold(text, language, _PACKAGE)
        case dict():
            return {name: retold(reason, language, _PACKAGE) for name, reason in text.items()}
    return text
