"""Constrained scalars that several records share."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

EventId = Annotated[str, Meta(min_length=1, max_length=128)]
AccountId = Annotated[str, Meta(min_length=1, max_length=200)]
UserId = Annotated[str, Meta(min_length=1, max_length=200)]
Key = Annotated[str, Meta(min_length=1, max_length=200)]
Text = Annotated[str, Meta(max_length=4000)]
Moment = Annotated[datetime, Meta(tz=True)]
Day = date
Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Seconds = Annotated[float, Meta(ge=0, le=1e9)]
Currency = Annotated[str, Meta(pattern=r"^[A-Z]{3}$")]

Segment = Literal["key", "mid", "long_tail"]
BusinessModel = Literal["platform", "tool", "hardware", "service"]
Role = Literal["decision_maker", "manager", "executor"]
Band = Literal["healthy", "watch", "at_risk", "unknown"]
Dimension = Literal["users", "behaviour", "outcomes"]
Cause = Literal[
    "use_fading",
    "people_leaving",
    "sponsor_quiet",
    "not_adopted",
    "support_trouble",
    "money",
    "outcome_missed",
    "promises",
]
Ending = Literal["renewed", "expanded", "contracted", "churned"]
Standing = Literal["prospect", "customer", "former"]
FunnelStep = Literal["acquisition", "activation", "retention", "referral", "revenue"]
Life = Literal["new", "active", "dormant", "lost"]
Since = Literal["gone", "won_back", "stayed"]
Every = Literal["month", "quarter"]
Stage = Literal["acquire", "activate", "trial", "pay", "serve", "renew", "win_back"]


class Money(Struct, frozen=True, kw_only=True):
    """An amount in one currency (ISO 4217 code)."""

    amount: float
    currency: Currency


class Owner(Struct, frozen=True, kw_only=True):
    """The customer-success manager of an account."""

    name: Annotated[str, Meta(max_length=200)] | None = None
    email: Annotated[str, Meta(max_length=320)] | None = None
    slack_id: Annotated[str, Meta(max_length=64)] | None = None
