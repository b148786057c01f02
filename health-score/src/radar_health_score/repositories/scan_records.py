"""What questions about the whole portfolio need from a store: rows of many accounts, chunk by chunk."""

from datetime import date
from typing import NamedTuple

from radar_vocabulary.contracts.scalars import Band, Segment


class FeatureHolder(NamedTuple):
    """An account that has ever used a feature, and the feature's number there."""

    account_no: int
    feature_no: int


class Summary(NamedTuple):
    """What the latest health says of an account."""

    account_no: int
    account_id: str
    name: str | None
    segment: Segment
    owner: str | None
    band: Band
    score: float | None
    renews_on: date | None


class Activity(NamedTuple):
    """How many accounts were used on or after a day, and the first use of all, in microseconds since 1970."""

    active_accounts: int
    first_at: int | None
