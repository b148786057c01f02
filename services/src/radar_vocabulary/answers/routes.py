"""What ``GET /v1/accounts/{account_id}/route`` answers with."""

from typing import Literal

from msgspec import Struct

from radar_vocabulary.contracts.alerts import Channel, Severity, Tier
from radar_vocabulary.contracts.scalars import AccountId, Moment

WaitsFor = Literal["nothing", "quiet_hours", "digest", "budget"]


class RouteReceiver(Struct, frozen=True, kw_only=True):
    """Who would be told, and when.

    Attributes:
        receiver_id: opaque, as in deliveries.
        channels: those that are set up for it, in the order in which they are tried.
        tier: whether the case is told at once, or in the receiver's digest.
        tier_reasons: why, in words.
        told_at: when the message would be sent.
        waits_for: why not now: the end of quiet hours, the next digest, or the next digest because the budget of
            messages at once is used up for today.
    """

    receiver_id: str
    kind: Literal["owner", "queue", "operators", "named"]
    name: str
    channels: tuple[Channel, ...]
    language: str
    time_zone: str
    tier: Tier
    tier_reasons: tuple[str, ...]
    told_at: Moment
    waits_for: WaitsFor


class RouteAnswer(Struct, frozen=True, kw_only=True):
    """Whom a case of the account, opened now, would go to, and why.

    ``explanation`` says of each route in turn why it matched or didn't.
    """

    account_id: AccountId
    at: Moment
    rule: str | None
    severity: Severity
    receivers: tuple[RouteReceiver, ...]
    explanation: tuple[str, ...]
