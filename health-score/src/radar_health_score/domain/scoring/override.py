"""What is shown where a person has set an account's band or score in place of the scorecard."""

from typing import NamedTuple

import msgspec

from radar_health_score.domain.account.override_acts import OverrideAct
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_vocabulary.contracts.health import HealthSnapshot, Override
from radar_vocabulary.contracts.scalars import Band


class Shown(NamedTuple):
    """What is shown, and the points by which it differs from what the scorecard says (its neutral, for no score)."""

    score: float | None
    band: Band
    points: float


def shown_by_hand(act: OverrideAct, said: float | None, scorecard: Scorecard) -> Shown:
    """Return what ``act`` has shown where ``scorecard`` says ``said``.

    A score without a band is in the band that the scorecard gives it.
    """
    stands = scorecard.neutral if said is None else said
    if act.score is None:
        return Shown(said, act.band or scorecard.band_of(stands), 0.0)
    return Shown(act.score, act.band or scorecard.band_of(act.score), act.score - stands)


def overridden(snapshot: HealthSnapshot, act: OverrideAct | None, scorecard: Scorecard) -> HealthSnapshot:
    """Return ``snapshot`` as it is shown: what ``act`` sets stands before what the scorecard says.

    What is said of renewals stays: it is evidence, and a person's word on the health of an account is no evidence of
    how it was in numbers.
    """
    if act is None or act.expires_at is None:
        return snapshot
    shown = shown_by_hand(act, snapshot.score, scorecard)
    return msgspec.structs.replace(
        snapshot,
        score=shown.score,
        band=shown.band,
        override=Override(
            band=shown.band,
            score=act.score,
            author=act.author,
            reason=act.reason,
            valid_from=act.valid_from,
            expires_at=act.expires_at,
            scorecard_band=snapshot.band,
            scorecard_score=snapshot.score,
            points=shown.points,
        ),
    )
