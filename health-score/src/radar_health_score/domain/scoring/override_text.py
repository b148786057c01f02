"""What a person has set, in one sentence; and what became of it between two moments."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.contracts.health import Override
from radar_vocabulary.contracts.scalars import Band
from radar_vocabulary.language.messages import Message, message
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import translator_for

_BAND: Final = message("{author} set the band to {band} until {day}: {reason}")
_SCORE: Final = message("{author} set the score to {score} ({band}) until {day}: {reason}")
_NOW_AND_BEFORE: Final = message("{now}; before: {before}")
_BEFORE_AND_NOW: Final = message("{before}; now: {now}")
_NOTHING: Final = message("no manual override")
_BANDS: Final[Mapping[Band, Message]] = {
    "healthy": message("healthy"),
    "watch": message("watch"),
    "at_risk": message("at risk"),
    "unknown": message("unknown"),
}


def override_sentence(override: Override, language: Language = "en") -> str:
    """Return who set what, until when and why."""
    translator = translator_for(language, "radar_health_score")
    values = {
        "author": override.author,
        "band": translator.say(_BANDS[override.band]),
        "day": translator.day(override.expires_at.date()),
        "reason": override.reason,
    }
    if override.score is None:
        return translator.say(_BAND, **values)
    return translator.say(_SCORE, score=translator.decimal(override.score), **values)


def override_change_sentence(before: Override | None, now: Override | None, language: Language = "en") -> str:
    """Return what is set now and what was before; empty where nothing was set at either moment."""
    translator = translator_for(language, "radar_health_score")
    nothing = translator.say(_NOTHING)
    if now is None:
        return (
            translator.say(_BEFORE_AND_NOW, before=override_sentence(before, language), now=nothing)
            if before
            else ""
        )
    if now == before:
        return override_sentence(now, language)
    then = override_sentence(before, language) if before else nothing
    return translator.say(_NOW_AND_BEFORE, now=override_sentence(now, language), before=then)
