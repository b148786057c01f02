"""A snapshot as it is shown where a person has set its band or score in place of the scorecard."""

import msgspec

from radar_chassis.contracts.health import HealthSnapshot, Override
from radar_health_score.domain.override_acts import OverrideAct
from radar_health_score.domain.scorecard import Scorecard


def overridden(snapshot: HealthSnapshot, act: OverrideAct | None, scorecard: Scorecard) -> HealthSnapshot:
    """Return ``snapshot`` as it is shown: what ``act`` sets stands before what the scorecard says.

    A score without a band is in the band that the scorecard gives it. What is said of renewals stays: it is evidence,
    and a person's word on the health of an account is no evidence of how it was in numbers.
    """
    if act is None or act.expires_at is None:
        return snapshot
    said = snapshot.scorecard.neutral if snapshot.score is None else snapshot.score
    shown = snapshot.score if act.score is None else act.score
    band = act.band or scorecard.band_of(said if shown is None else shown)
    return msgspec.structs.replace(
        snapshot,
        score=shown,
        band=band,
        override=Override(
            band=band,
            score=act.score,
            author=act.author,
            reason=act.reason,
            valid_from=act.valid_from,
            expires_at=act.expires_at,
            scorecard_band=snapshot.band,
            scorecard_score=snapshot.score,
            points=0.0 if act.score is None else act.score - said,
        ),
    )
