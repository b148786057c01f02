"""What became of a driver between two moments, in one sentence: how it is now, and how it was before."""

from typing import Final

from radar_vocabulary.contracts.health import Driver
from radar_vocabulary.language.messages import message
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import Translator, translator_for

_NOW_AND_BEFORE: Final = message("{now}; before: {before}")
_BEFORE_AND_NOW: Final = message("{before}; now: {now}")
_NO_DATA: Final = message("no data")
_NOT_COUNTED: Final = message("not in the scorecard")


def driver_change_sentence(
    before: Driver | None,
    now: Driver | None,
    counted: bool,  # noqa: FBT001
    counts: bool,  # noqa: FBT001
    language: Language = "en",
) -> str:
    """Return the sentence; empty where the metric had no points at either moment.

    ``counted`` and ``counts`` say whether the scorecards of the two moments look at the metric at all. The drivers
    are worded in ``language`` already.
    """
    translator = translator_for(language, "radar_health_score")
    if now is None:
        return (
            translator.say(_BEFORE_AND_NOW, before=before.text, now=_absence(translator, counts))
            if before
            else ""
        )
    if before is None:
        return translator.say(_NOW_AND_BEFORE, now=now.text, before=_absence(translator, counted))
    if now.text == before.text:
        return now.text
    return translator.say(_NOW_AND_BEFORE, now=now.text, before=_inside(before.text, language))


def _absence(translator: Translator, looked_at: bool) -> str:  # noqa: FBT001
    return translator.say(_NO_DATA if looked_at else _NOT_COUNTED)


def _inside(sentence: str, language: Language) -> str:
    """Return the sentence as it stands inside another; MRR stays MRR, and only English begins with a capital."""
    if language != "en" or sentence[1:2].isupper():
        return sentence
    return sentence[:1].lower() + sentence[1:]
