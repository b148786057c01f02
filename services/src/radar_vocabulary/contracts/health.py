"""The record on ``radar.health.v1``, also the answer of ``/v1/accounts/{id}/health``: a health snapshot."""

from typing import Final, Literal

import msgspec
from msgspec import Struct

from radar_vocabulary.contracts.scalars import (
    AccountId,
    Band,
    Cause,
    Day,
    Dimension,
    Ending,
    FunnelStep,
    Moment,
    Money,
    Owner,
    Segment,
    Stage,
    Standing,
)
from radar_vocabulary.language.messages import StoredSentence


class DimensionHealth(Struct, frozen=True, kw_only=True):
    """A dimension's part of the score. ``score`` is None when none of its metrics has a value."""

    score: float | None
    weight: float
    coverage: float


class Driver(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A reason: what one metric adds to (or takes from) the scorecard's neutral score, in points.

    ``text`` is in the snapshot's language; ``beside`` has the other metrics' values that the text compares with, so
    that it can be worded in another one (``radar_vocabulary.reasons``). ``cause``: what the scorecard groups the metric
    under; None in snapshots older than the field.
    """

    metric: str
    dimension: Dimension
    value: float
    unit: str
    points: float
    text: str
    beside: dict[str, float] = {}
    cause: Cause | None = None


class CausePoints(Struct, frozen=True, kw_only=True):
    """What the metrics of one cause add to (or take from) the neutral score together, in points."""

    cause: Cause
    points: float


class Freshness(Struct, frozen=True, kw_only=True):
    """How recent the facts are. ``stale`` means: too old to trust the score."""

    last_event_at: Moment | None
    stale: bool


class ScorecardRef(Struct, frozen=True, kw_only=True):
    """Which scorecard spoke. ``neutral`` + the points of all drivers = the score (± 1e-6)."""

    name: str
    version: str
    neutral: float


class ForecastDriver(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A reason of the model: what one kind of feature adds to the logit of renewing; below 0 it speaks for churn.

    ``text`` is that of ``metric`` at ``value``, as in a ``Driver``. ``together``: no one metric says what it comes to,
    and ``text`` names the kind alone. ``unknown``: why nothing is known of it, which ``text`` then says; snapshots of
    0.1.0 have that in ``text`` alone.
    """

    about: str
    logit: float
    text: str
    metric: str | None = None
    value: float = 0.0
    beside: dict[str, float] = {}
    together: bool = False
    unknown: StoredSentence | None = None


class ModelRef(Struct, frozen=True, kw_only=True):
    """Which version of the model spoke of the renewals.

    ``drivers`` are told where somebody looks at one account, and are of its next renewal: ``base`` + their logits =
    ln(p / (1 - p)) of its probability p. Elsewhere ``base`` is None.
    """

    version: str
    base: float | None = None
    drivers: tuple[ForecastDriver, ...] = ()


class Renewal(Struct, frozen=True, kw_only=True):
    """The renewal of an open contract.

    ``probability`` is that of renewing, from 0 to 1; None where ``source`` is none. Of a contract that was cancelled
    and hasn't ended yet it is 0, ``source`` told, and ``renews_on`` the day on which it ends. ``arr_at_risk`` is
    ARR × (1 - probability). ``notice_by`` is the last day for giving notice; None where no notice is known.
    ``starts_on`` is when the term that is to be renewed began; ``term_id`` identifies it within its account, None in
    snapshots older than the field.
    """

    contract_id: str
    renews_on: Day
    days: int
    source: Literal["model", "scorecard", "told", "none"]
    arr: Money | None
    arr_at_risk: Money | None
    probability: float | None
    auto_renew: bool | None = None
    notice_by: Day | None = None
    starts_on: Day | None = None
    term_id: str | None = None


class UndatedContract(Struct, frozen=True, kw_only=True):
    """A contract in force whose renewal date nobody has told, as after a renewal that only its closing told."""

    contract_id: str
    term_id: str
    arr: Money | None


class TermRecord(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A term of a contract, open or ended, as the one reader of contracts sees it.

    ``term_id`` stays the same whatever is corrected. ``ends_on``: its renewal date, or the day on which a cancelled
    contract ends; None where none is known. ``outcome`` and ``ended_on``: how the term ended, and when; both None
    while it is open. ``known_at``: when this outcome, or a cancellation that stands, became known, which a correction
    makes later; None while there is none.
    """

    term_id: str
    contract_id: str
    product: str | None = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    outcome: Ending | None = None
    ended_on: Day | None = None
    known_at: Moment | None = None
    cancelled: bool = False
    trial: bool = False


class Revenue(Struct, frozen=True, kw_only=True):
    """What an account pays in one currency: the ARR of all contracts in force.

    ``arr_at_risk`` sums ARR × (1 - probability) over its contracts that are due within a year or overdue by 90 days
    at most; None where none of them has both an ARR and a probability.
    """

    currency: str
    arr: float
    arr_at_risk: float | None


class Override(Struct, frozen=True, kw_only=True):
    """What a person has set in place of what the scorecard says, until ``expires_at``.

    ``band`` is shown, and ``score`` where it was set too; ``scorecard_band`` and ``scorecard_score`` are what the
    scorecard says. ``points`` is what the override adds to the score (0 where it sets the band alone): neutral + the
    points of all drivers + these = the score shown.
    """

    band: Band
    score: float | None
    author: str
    reason: str
    valid_from: Moment
    expires_at: Moment
    scorecard_band: Band
    scorecard_score: float | None
    points: float


class AccountRef(Struct, frozen=True, kw_only=True):
    """What a reader of a snapshot needs to know about the account without asking.

    ``standing``: *prospect* never had a contract; *customer* has one open, or its last term went on and what
    follows isn't known yet; *former*: its last term churned. Snapshots older than the field say customer.
    ``stage``: where it is on its way from first contact to renewal; None in snapshots older than the field.
    ``reached``: the steps of AARRR that it has reached; None in snapshots older than the field.
    ``parent_id``: the account that this one is a part of, if any.
    """

    name: str | None = None
    segment: Segment = "long_tail"
    industry: str | None = None
    region: str | None = None
    language: str | None = None
    time_zone: str | None = None
    owner: Owner | None = None
    standing: Standing = "customer"
    stage: Stage | None = None
    parent_id: AccountId | None = None
    reached: tuple[FunnelStep, ...] | None = None


class HealthSnapshot(Struct, frozen=True, kw_only=True):
    """An account's health as of a moment, with exact reasons.

    Attributes:
        as_of: the moment the snapshot speaks of.
        score: 0 to 100, higher is healthier; None when the band is unknown for want of data.
        drivers: every metric that has points, largest effect first.
        coverage: share of the scorecard's weight that had data, 0 to 1.
        renewal: the next one: of the open contract with the nearest renewal date.
        renewals: those of all open contracts, by date.
        undated: contracts in force that come up on a day that isn't known; none in snapshots older than the field.
        model: the one that spoke of the renewals; None where their source is the scorecard, or none.
        revenue: one per currency, the largest ARR first.
        language: what the drivers' texts are written in (BCP 47).
        override: what a person has set in place of the scorecard's word; ``score`` and ``band`` are what is shown.
        causes: the points of the drivers summed by cause, worst first; none in snapshots older than the field.
        readings: every metric that has a value, by its name; on the topic alone, not in stored snapshots.
        terms: all open terms and those that ended in the last 400 days.
        churn_threshold: the probability of churn from which a renewal is at risk, learned from this workspace's own
            earlier outcomes; None with too few of them.
        caused_by: when ingest received the oldest live event behind this snapshot; None for a sweep and for
            history that was loaded.
    """

    version: Literal[1] = 1
    account_id: AccountId
    account: AccountRef
    as_of: Moment
    score: float | None
    band: Band
    dimensions: dict[Dimension, DimensionHealth]
    drivers: tuple[Driver, ...]
    coverage: float
    freshness: Freshness
    scorecard: ScorecardRef
    renewal: Renewal | None
    caused_by: Moment | None = None
    language: str = "en"
    renewals: tuple[Renewal, ...] = ()
    revenue: tuple[Revenue, ...] = ()
    override: Override | None = None
    model: ModelRef | None = None
    undated: tuple[UndatedContract, ...] = ()
    causes: tuple[CausePoints, ...] = ()
    readings: dict[str, float] = {}
    terms: tuple[TermRecord, ...] = ()
    churn_threshold: float | None = None


_decoder: Final = msgspec.json.Decoder(HealthSnapshot)
_encoder: Final = msgspec.json.Encoder()


def encode_snapshot(snapshot: HealthSnapshot) -> bytes:
    """Return the JSON bytes that go on the topic."""
    return _encoder.encode(snapshot)


def decode_snapshot(value: bytes) -> HealthSnapshot:
    """Return the snapshot in ``value``; raises msgspec.DecodeError or ValidationError."""
    return _decoder.decode(value)
