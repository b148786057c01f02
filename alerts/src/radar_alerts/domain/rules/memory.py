"""What a rule remembers of one renewal."""

from msgspec import Struct

from radar_vocabulary.contracts.scalars import Moment


class RuleMemory(Struct, frozen=True, kw_only=True):
    """How far a rule has come with one renewal.

    Attributes:
        at: the last moment it looked; an earlier one changes nothing.
        holding_since: since when its condition holds without a break; None while it doesn't.
        clearing_since: the same of the condition that clears it.
        active: whether its signal holds.
        raised: how often it was raised in this term.
    """

    at: Moment | None = None
    holding_since: Moment | None = None
    clearing_since: Moment | None = None
    active: bool = False
    raised: int = 0
