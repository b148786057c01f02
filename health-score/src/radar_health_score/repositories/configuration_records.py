"""When which scorecard was in force."""

from msgspec import Struct

from radar_vocabulary.answers.scorecards import Period


class ScorecardUse(Struct, frozen=True, kw_only=True):
    """A scorecard and when it was in force; a version never changes."""

    version: str
    name: str
    periods: tuple[Period, ...]
