"""A driver in plain words, with its numbers: one phrase per metric."""

from collections.abc import Mapping
from typing import Final

from msgspec.structs import replace

from radar_vocabulary.contracts.health import Driver, ForecastDriver, HealthSnapshot, ModelRef
from radar_vocabulary.language.messages import Message
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import Translator, translator_for
from radar_vocabulary.reasons.agreements import AGREEMENTS, AGREEMENTS_DESCRIPTIONS
from radar_vocabulary.reasons.behaviour import BEHAVIOUR, BEHAVIOUR_DESCRIPTIONS
from radar_vocabulary.reasons.feature_groups import FEATURE_GROUPS
from radar_vocabulary.reasons.outcomes import OUTCOMES, OUTCOMES_DESCRIPTIONS
from radar_vocabulary.reasons.people import PEOPLE, PEOPLE_DESCRIPTIONS
from radar_vocabulary.reasons.phrase import Beside, Phrase
from radar_vocabulary.reasons.users import USERS, USERS_DESCRIPTIONS
from radar_vocabulary.reasons.year import YEAR, YEAR_DESCRIPTIONS

PHRASES: Final[Mapping[str, Phrase]] = {
    **USERS,
    **PEOPLE,
    **BEHAVIOUR,
    **YEAR,
    **OUTCOMES,
    **AGREEMENTS,
}
# What each metric is, in a few words.
DESCRIPTIONS: Final[Mapping[str, Message]] = {
    **USERS_DESCRIPTIONS,
    **PEOPLE_DESCRIPTIONS,
    **BEHAVIOUR_DESCRIPTIONS,
    **YEAR_DESCRIPTIONS,
    **OUTCOMES_DESCRIPTIONS,
    **AGREEMENTS_DESCRIPTIONS,
}
COMPARED_WITH: Final[Mapping[str, tuple[str, ...]]] = {
    "seat_utilisation": ("mau", "seats"),
    "activation_rate": ("activated_users", "users_seen"),
}
_PACKAGE: Final = "radar_vocabulary"


def sentence(metric: str, value: float, beside: Beside, language: Language) -> str:
    """Return what ``metric`` says at ``value``; ``beside`` has the metrics that it is COMPARED_WITH, where known.

    Raises:
        KeyError: there is no such metric.
    """
    return PHRASES[metric](value, beside, _tongue(language))


def together(about: str, language: Language) -> str:
    """Return what the features that are ``about`` this are called, all of them.

    Raises:
        KeyError: the model has no such features.
    """
    return _tongue(language).say(FEATURE_GROUPS[about])


def driver_in(driver: Driver, language: Language) -> Driver:
    """Return the driver worded in ``language``; one of a metric that is no more keeps the words it had."""
    phrase = PHRASES.get(driver.metric)
    if phrase is None:
        return driver
    return replace(driver, text=phrase(driver.value, driver.beside, _tongue(language)))


def forecast_driver_in(driver: ForecastDriver, language: Language) -> ForecastDriver:
    """Return a driver of the model worded in ``language``; one that says why nothing is known keeps its words."""
    if driver.together and driver.about in FEATURE_GROUPS:
        return replace(driver, text=together(driver.about, language))
    phrase = PHRASES.get(driver.metric or "")
    if phrase is None:
        return driver
    return replace(driver, text=phrase(driver.value, driver.beside, _tongue(language)))


def snapshot_in(snapshot: HealthSnapshot, language: Language) -> HealthSnapshot:
    """Return the snapshot with its drivers, and the model's, worded in ``language``."""
    if snapshot.language == language:
        return snapshot
    drivers = tuple(driver_in(driver, language) for driver in snapshot.drivers)
    model = None if snapshot.model is None else _model_in(snapshot.model, language)
    return replace(snapshot, drivers=drivers, model=model, language=language)


def _model_in(model: ModelRef, language: Language) -> ModelRef:
    return replace(model, drivers=tuple(forecast_driver_in(one, language) for one in model.drivers))


def _tongue(language: Language) -> Translator:
    return translator_for(language, _PACKAGE)
