"""Names that are ours: an event that took one would count as something else."""

from typing import Final

from radar_ingest.domain.rejection import Refused
from radar_vocabulary.contracts.events import RESERVED_FEATURES, EventData, FeatureUsed

RESERVED: Final = (
    f"data.feature: {' and '.join(sorted(RESERVED_FEATURES))} are names of our own; send a login or a session_ended "
    "event, or name the feature otherwise."
)


def refuse_reserved(data: EventData) -> None:
    """Raise Refused where a feature has the name of something that isn't one."""
    if type(data) is FeatureUsed and data.feature in RESERVED_FEATURES:
        raise Refused("reserved_feature", RESERVED)
