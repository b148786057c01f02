"""What each event type says in its ``data``: one frozen type per event type of the public contract.

``*_updated`` events carry what changed: a field left out is UNSET and keeps its value, None clears it. Fields that
are not named here are kept as sent in the record (``EventRecord.data``) and ignored by these types.
"""

from typing import Annotated, Any, Final, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from radar_vocabulary.contracts.scalars import (
    BusinessModel,
    Count,
    Day,
    Ending,
    Key,
    Moment,
    Money,
    Owner,
    Role,
    Seconds,
    Segment,
    Text,
)

Score = Annotated[float, Meta(ge=0, le=10)]
Csat = Annotated[float, Meta(ge=1, le=5)]
Severity = Literal["low", "normal", "high", "critical"]

# Logins and sessions are kept beside features under these names, so no feature may have them.
RESERVED_FEATURES: Final = frozenset({"$login", "$session"})


class Price(Money, frozen=True, kw_only=True):
    """An amount as told to us: bounded, so that what we multiply and add up stays a number.

    Ingest accepts ISO 4217 codes and writes them in capitals. What an earlier release accepted may be anything.
    """

    amount: Annotated[float, Meta(ge=-1e12, le=1e12)]
    currency: str


class Login(Struct, frozen=True, kw_only=True, gc=False):
    """A user signed in."""

    method: Text | None = None


class FeatureUsed(Struct, frozen=True, kw_only=True, gc=False):
    """A user used a feature ``count`` times, for ``seconds`` in all."""

    feature: Key
    count: Count = 1
    seconds: Seconds = 0.0


class SessionEnded(Struct, frozen=True, kw_only=True, gc=False):
    """A session of ``seconds`` is over."""

    seconds: Seconds


class AccountUpdated(Struct, frozen=True, kw_only=True):
    """What changed about the account itself."""

    name: Text | None | UnsetType = UNSET
    segment: Segment | None | UnsetType = UNSET
    industry: Text | None | UnsetType = UNSET
    region: Text | None | UnsetType = UNSET
    business_model: BusinessModel | None | UnsetType = UNSET
    owner: Owner | None | UnsetType = UNSET
    parent_id: Key | None | UnsetType = UNSET
    language: Text | None | UnsetType = UNSET
    time_zone: Text | None | UnsetType = UNSET
    north_star_target: Annotated[float, Meta(ge=0)] | None | UnsetType = UNSET
    traits: dict[str, Any] | None | UnsetType = UNSET


class UserUpdated(Struct, frozen=True, kw_only=True):
    """What changed about a person; the event's ``user_id`` says who.

    ``kind`` service: an account of a program. What it does counts as use, and it counts as nobody.
    """

    role: Role | None | UnsetType = UNSET
    name: Text | None | UnsetType = UNSET
    email: Text | None | UnsetType = UNSET
    invited_at: Moment | None | UnsetType = UNSET
    left_at: Moment | None | UnsetType = UNSET
    kind: Literal["person", "service"] | None | UnsetType = UNSET


class ContractUpdated(Struct, frozen=True, kw_only=True):
    """A contract as agreed; ``mrr`` is the monthly recurring revenue.

    ``renews_on`` null: it runs until somebody ends it. ``paused_from`` is the first day on which it is paused,
    ``paused_until`` the day on which it goes on (null: not known yet). ``cancelled`` false takes a cancellation back;
    true ends the term as churned on its renewal date. ``trial`` true: not paid for yet.
    """

    contract_id: Key
    renews_on: Day | None | UnsetType = UNSET
    product: Key | None | UnsetType = UNSET
    starts_on: Day | None | UnsetType = UNSET
    mrr: Price | None | UnsetType = UNSET
    seats: Count | None | UnsetType = UNSET
    auto_renew: bool | None | UnsetType = UNSET
    notice_days: Count | None | UnsetType = UNSET
    trial: bool | None | UnsetType = UNSET
    cancelled: bool | None | UnsetType = UNSET
    paused_from: Day | None | UnsetType = UNSET
    paused_until: Day | None | UnsetType = UNSET


class ContractClosed(Struct, frozen=True, kw_only=True):
    """How a contract's term ended; told again it corrects, and ``outcome`` null takes it back (then without ``on``)."""

    contract_id: Key
    outcome: Ending | None
    on: Day | UnsetType = UNSET
    reason: Text | None | UnsetType = UNSET
    competitor: Text | None | UnsetType = UNSET
    new_mrr: Price | None | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.outcome is not None and self.on is UNSET:
            raise ValueError("a closing names the day: on")


class TicketUpdated(Struct, frozen=True, kw_only=True):
    """A support ticket; ``complaint`` marks one that is a complaint."""

    ticket_id: Key
    status: Literal["open", "pending", "solved"]
    severity: Severity | None | UnsetType = UNSET
    complaint: bool | None | UnsetType = UNSET
    module: Text | None | UnsetType = UNSET
    opened_at: Moment | None | UnsetType = UNSET
    solved_at: Moment | None | UnsetType = UNSET
    csat: Csat | None | UnsetType = UNSET


class SurveyAnswered(Struct, frozen=True, kw_only=True):
    """An answer: nps from 0 to 10, csat from 1 to 5."""

    kind: Literal["nps", "csat"]
    score: Score
    comment: Text | None = None

    def __post_init__(self) -> None:
        if self.kind == "csat" and not 1 <= self.score <= 5:
            raise ValueError("a csat score lies between 1 and 5")


class InvoiceUpdated(Struct, frozen=True, kw_only=True):
    """An invoice; overdue when unpaid past ``due_on``."""

    invoice_id: Key
    due_on: Day
    amount: Price | None | UnsetType = UNSET
    paid_on: Day | None | UnsetType = UNSET


class MilestoneReached(Struct, frozen=True, kw_only=True):
    """The account reached a step such as onboarded, trained or live."""

    name: Key


class RequestUpdated(Struct, frozen=True, kw_only=True):
    """A customer request in the demand pool."""

    request_id: Key
    description: Text | None | UnsetType = UNSET
    module: Text | None | UnsetType = UNSET
    kind: Literal["blocks_use", "wins_deal", "money", "other"] | None | UnsetType = UNSET
    status: Text | None | UnsetType = UNSET
    region: Text | None | UnsetType = UNSET
    follow_up: Text | None | UnsetType = UNSET


class PromiseUpdated(Struct, frozen=True, kw_only=True):
    """Something promised in the sale; overdue when not kept by ``due_on``."""

    promise_id: Key
    description: Text | None | UnsetType = UNSET
    due_on: Day | None | UnsetType = UNSET
    kept_on: Day | None | UnsetType = UNSET


class IncidentUpdated(Struct, frozen=True, kw_only=True):
    """An outage of ours that hit this account."""

    incident_id: Key
    severity: Severity | None | UnsetType = UNSET
    started_at: Moment | None | UnsetType = UNSET
    ended_at: Moment | None | UnsetType = UNSET


EventData = (
    Login
    | FeatureUsed
    | SessionEnded
    | AccountUpdated
    | UserUpdated
    | ContractUpdated
    | ContractClosed
    | TicketUpdated
    | SurveyAnswered
    | InvoiceUpdated
    | MilestoneReached
    | RequestUpdated
    | PromiseUpdated
    | IncidentUpdated
)

EVENT_TYPES: dict[str, type[EventData]] = {
    "login": Login,
    "feature_used": FeatureUsed,
    "session_ended": SessionEnded,
    "account_updated": AccountUpdated,
    "user_updated": UserUpdated,
    "contract_updated": ContractUpdated,
    "contract_closed": ContractClosed,
    "ticket_updated": TicketUpdated,
    "survey_answered": SurveyAnswered,
    "invoice_updated": InvoiceUpdated,
    "milestone_reached": MilestoneReached,
    "request_updated": RequestUpdated,
    "promise_updated": PromiseUpdated,
    "incident_updated": IncidentUpdated,
}
