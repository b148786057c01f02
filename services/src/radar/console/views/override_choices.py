"""What people may set in place of the scorecard's word, and for how long."""

from typing import Final

from radar.console.texts import Names
from radar_vocabulary.language.messages import message

OVERRIDE_BANDS: Final = Names(
    {"healthy": message("Healthy"), "watch": message("Watch"), "at_risk": message("At risk")}
)
OVERRIDE_DAYS: Final = Names(
    {"7": message("a week"), "30": message("30 days"), "90": message("90 days"), "180": message("180 days")}
)
