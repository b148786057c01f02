"""What the model's chance to renew rests on: its strongest reasons, each with the direction that it points in."""

from typing import Final

from radar_vocabulary.contracts.health import HealthSnapshot
from radar_vocabulary.language.messages import message
from radar_vocabulary.language.translator import Translator

SHOWN: Final = 3
_RAISES: Final = message("{reason} (for renewal)")
_LOWERS: Final = message("{reason} (against renewal)")


def forecast_reasons(snapshot: HealthSnapshot, translator: Translator) -> list[str]:
    """Return the SHOWN strongest reasons in words; none where no model spoke of this snapshot's renewal.

    Left out is what no metric words: what the model makes of not knowing something, and what it makes of many things
    together. Left out too is a reason whose words the scorecard counts the other way, as an earlier release may have
    sent it: "Use stopped (for renewing)" explains nothing to anybody.
    """
    if snapshot.model is None:
        return []
    points = {one.metric: one.points for one in snapshot.drivers}
    plain = [
        one for one in snapshot.model.drivers if one.metric and points.get(one.metric, 0) * one.logit >= 0
    ]
    told = sorted(plain, key=lambda one: -abs(one.logit))
    return [translator.say(_RAISES if one.logit > 0 else _LOWERS, reason=one.text) for one in told[:SHOWN]]
