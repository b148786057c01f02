"""Answers in the reader's language: drivers, the reasons why something is missing, and what a metric is."""

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from radar_vocabulary.contracts.health import Driver, ForecastDriver, HealthSnapshot, ModelRef
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import translator_for
from radar_vocabulary.reasons.sentence import driver_in, forecast_driver_in, snapshot_in

_PLAIN: Final = (str, int, float)
_PACKAGE: Final = "radar_health_score"


def _forecast_driver(driver: ForecastDriver, language: Language) -> ForecastDriver:
    if driver.metric is not None or driver.together:
        return forecast_driver_in(driver, language)
    reason = driver.text if driver.unknown is None else driver.unknown.sentence()
    text = translator_for(language, _PACKAGE).tell(reason)
    return msgspec.structs.replace(driver, text=text)


_WORDED: Final[Mapping[type, Callable[[Any, Language], Any]]] = {
    HealthSnapshot: snapshot_in,
    Driver: driver_in,
    ForecastDriver: _forecast_driver,
}
# Fields whose texts are ours wherever they stand in an answer, and the package that has their translations; every
# other text is a name, a code or the customer's.
_OURS: Final = {"missing": _PACKAGE, "text": _PACKAGE, "description": "radar_vocabulary"}


def in_language(answer: Any, language: Language) -> Any:
    """Return the answer with all that we say in it worded in ``language``."""
    match answer:
        case HealthSnapshot(model=ModelRef() as model) if answer.language != language:
            return msgspec.structs.replace(snapshot_in(answer, language), model=in_language(model, language))
        case HealthSnapshot() | Driver() | ForecastDriver():
            return _WORDED[type(answer)](answer, language)
        case Struct():
            changed = _reworded(answer, answer.__struct_fields__, language)
            return msgspec.structs.replace(answer, **changed) if changed else answer
        case list() | tuple() if answer and not isinstance(answer[0], _PLAIN):
            return type(answer)(in_language(one, language) for one in answer)
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        changed = _reworded(answer, [field.name for field in dataclasses.fields(answer)], language)
        return dataclasses.replace(answer, **changed) if changed else answer
    return answer


def _reworded(answer: Any, names: Iterable[str], language: Language) -> dict[str, Any]:
    changed = {}
    for name in names:
        value = getattr(answer, name)
        package = _OURS.get(name)
        told = in_language(value, language) if package is None else _translated(value, language, package)
        if told is not value:
            changed[name] = told
    return changed


def _translated(text: Any, language: Language, package: str) -> Any:
    translator = translator_for(language, package)
    match text:
        case str():
            return translator.tell(text)
        case dict():
            return {name: translator.tell(reason) for name, reason in text.items()}
    return text
