"""The texts that several parts of a message share, and their translator."""

from typing import Final

from radar_vocabulary.contracts.scalars import Band, Segment
from radar_vocabulary.language.messages import Message, message
from radar_vocabulary.language.tags import Language, supported
from radar_vocabulary.language.translator import Translator, translator_for

WHY: Final = message("Why")
WHY_THIS_CHANCE: Final = message("Why this renewal probability")
WHAT_CHANGED: Final = message("What changed since the last message")
THE_LIST: Final = message("Accounts")
WHAT_TO_DO: Final = message("What to do")
OPEN_THE_ACCOUNT: Final = message("Open the account")
OPEN_THE_CASE: Final = message("Open the case")
OPEN_THE_LIST: Final = message("Open the list")
RESENT: Final = message("(resent: delivery of the first message couldn't be confirmed)")
POSSIBLY_REPEATED: Final = message(
    "(possibly repeated: this was sent another way first, and whether it arrived couldn't be confirmed)"
)
ACKNOWLEDGE: Final = message("Acknowledge")
SNOOZE_A_WEEK: Final = message("Snooze 7 days")
ABOUT_US: Final = message(
    "Renewal Radar watches use and contracts, and warns early. Acknowledge a case on its page."
)
BANDS: Final[dict[Band, Message]] = {
    "healthy": message("healthy"),
    "watch": message("watch"),
    "at_risk": message("at risk"),
    "unknown": message("unknown"),
}
SEGMENTS: Final[dict[Segment, Message]] = {
    "key": message("key account"),
    "mid": message("mid-tier"),
    "long_tail": message("long tail"),
}


def translator_in(language: Language | str) -> Translator:
    """Return the translator of our texts into ``language``; English where we don't have it."""
    return translator_for(supported(language) or "en", "radar_alerts")
