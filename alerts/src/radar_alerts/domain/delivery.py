"""A message on its way to one destination, and what becomes of it: pure, so that no fault is left to chance."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from radar_alerts.domain.notice import Notice
from radar_alerts.domain.outcome import Failed, Outcome, Retry, Sent, Unknown
from radar_alerts.domain.routing import Destination
from radar_vocabulary.contracts.alerts import DeliveryState


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """One message to one destination.

    Attributes:
        id: made from ``key``: the same occasion never makes a second delivery.
        fallbacks: where to go, in order, if this destination won't take it.
        claims: counts how often a sender took it up; a sender's verdict holds only for its own claim.
        tries: how often it was handed to the channel, not counting those that asked for less of everything.
        due_at: when to act on it next; None when nothing is left to do.
        resent: it was sent a second time, with a mark, as the first answer was lost.
        caused_by: when ingest received the event behind it.
    """

    id: str
    key: str
    destination: Destination
    fallbacks: tuple[Destination, ...]
    notice: Notice
    created_at: datetime
    alert_id: str | None = None
    caused_by: datetime | None = None
    state: DeliveryState = "pending"
    claims: int = 0
    tries: int = 0
    resent: bool = False
    due_at: datetime | None = None
    finished_at: datetime | None = None
    reason: str | None = None
    reference: str | None = None


@dataclass(frozen=True, kw_only=True)
class RetryPolicy:
    """How long and how often to try."""

    tries: int = 10
    first_pause: timedelta = timedelta(seconds=5)
    longest_pause: timedelta = timedelta(minutes=30)
    reconcile_after: timedelta = timedelta(seconds=30)
    lease: timedelta = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class AppliedOutcome:
    """What follows from an outcome.

    Attributes:
        fallback: the next destination's delivery, when this one is given up.
        channel_waits_until: nothing more goes to this channel before then.
        notify_operators: why somebody has to mend the set-up.
    """

    delivery: Delivery
    fallback: Delivery | None = None
    channel_waits_until: datetime | None = None
    notify_operators: str | None = None


def new_delivery(
    key: str,
    chain: tuple[Destination, ...],
    notice: Notice,
    now: datetime,
    *,
    alert_id: str | None = None,
    caused_by: datetime | None = None,
) -> Delivery:
    """Return a delivery to the first of ``chain``, due now."""
    return Delivery(
        id=f"dl_{hashlib.sha256(key.encode()).hexdigest()[:24]}",
        key=key,
        destination=chain[0],
        fallbacks=chain[1:],
        notice=notice,
        created_at=now,
        alert_id=alert_id,
        caused_by=caused_by,
        due_at=now,
    )


def apply_outcome(
    delivery: Delivery, outcome: Outcome, now: datetime, retry_policy: RetryPolicy
) -> AppliedOutcome:
    """Return what becomes of a delivery that was handed over with this outcome."""
    match outcome:
        case Sent():
            sent = _finished(delivery, "sent", now, delivery.reason if delivery.resent else None)
            return AppliedOutcome(delivery=replace(sent, reference=outcome.reference))
        case Retry(throttled=True):
            until = now + timedelta(seconds=outcome.after or retry_policy.first_pause.total_seconds())
            waiting = replace(delivery, state="pending", due_at=until, reason=outcome.reason)
            return AppliedOutcome(delivery=waiting, channel_waits_until=until)
        case Retry():
            return _tried(replace(delivery, tries=delivery.tries + 1), outcome, now, retry_policy)
        case Failed():
            settled = _given_up(delivery, outcome.reason, now)
            return replace(settled, notify_operators=outcome.reason if outcome.operators else None)
        case Unknown():
            return AppliedOutcome(delivery=_answer_lost(delivery, outcome.reason, now, retry_policy))


def _tried(delivery: Delivery, outcome: Retry, now: datetime, retry_policy: RetryPolicy) -> AppliedOutcome:
    if delivery.tries >= retry_policy.tries:
        return _given_up(delivery, f"given up after {delivery.tries} tries: {outcome.reason}", now)
    pause = min(retry_policy.first_pause * 2 ** (delivery.tries - 1), retry_policy.longest_pause)
    due = now + max(pause, timedelta(seconds=outcome.after or 0))
    return AppliedOutcome(delivery=replace(delivery, state="pending", due_at=due, reason=outcome.reason))


def _given_up(delivery: Delivery, reason: str, now: datetime) -> AppliedOutcome:
    failed = _finished(delivery, "failed", now, reason)
    if not delivery.fallbacks:
        return AppliedOutcome(delivery=failed)
    instead = new_delivery(
        f"{delivery.key}>",
        delivery.fallbacks,
        delivery.notice,
        now,
        alert_id=delivery.alert_id,
        caused_by=delivery.caused_by,
    )
    return AppliedOutcome(delivery=failed, fallback=instead)


def _answer_lost(delivery: Delivery, reason: str, now: datetime, retry_policy: RetryPolicy) -> Delivery:
    if delivery.resent:
        return _finished(delivery, "unknown", now, f"the resent message's answer was lost too: {reason}")
    return replace(delivery, state="unknown", due_at=now + retry_policy.reconcile_after, reason=reason)


def _finished(delivery: Delivery, state: DeliveryState, now: datetime, reason: str | None) -> Delivery:
    return replace(delivery, state=state, due_at=None, finished_at=now, reason=reason)
