"""People in messages: whose key acted, who they say that they are, and several names in a row."""

from collections.abc import Sequence
from typing import Final

from radar_alerts.domain.cases.case import Actor
from radar_vocabulary.language.messages import message
from radar_vocabulary.language.translator import Translator

_CLAIMED: Final = message("{claim} (with the key {name})")
_COMMA: Final = message(", ")


def actor_name(actor: Actor, translator: Translator) -> str:
    """Return who acted; who they claim to be stands beside the key that they used, unless it is the same."""
    if actor.claim is None or actor.claim == actor.name:
        return actor.name
    return translator.say(_CLAIMED, claim=actor.claim, name=actor.name)


def names(of: Sequence[str], translator: Translator) -> str:
    """Return names in a row, each once."""
    return translator.say(_COMMA).join(dict.fromkeys(of))
