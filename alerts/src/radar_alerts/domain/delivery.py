"""A message on its way to one destination, and what becomes of it: pure, so that no fault is left to chance."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from radar_alerts.domain.notice import Notice
from radar_alerts.domain.outcome import Failed, Outcome, Retry, Sent, Unknown
from radar_alerts.domain.routing import Destination
from radar_alerts.domain.shared_texts import POSSIBLY_REPEATED, RESENT
from radar_vocabulary.contracts.alerts import DeliveryState, Severity
from radar_vocabulary.language.messages import Message


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
        case_id: the case it is about; None for one about the product itself.
        receiver_id: who is told, by an opaque id.
        severity: the most severe go first.
        thread: the key of the thread that it belongs to; the first message that is sent begins it.
        root: what the thread's first message shall say from now on; None leaves it.
        possibly_repeated: it goes another way because nobody knows whether it arrived the first way.
    """

    id: str
    key: str
    destination: Destination
    fallbacks: tuple[Destination, ...]
    notice: Notice
    created_at: datetime
    alert_id: str | None = None
    caused_by: datetime | None = None
    case_id: str | None = None
    receiver_id: str | None = None
    severity: Severity | None = None
    thread: str | None = None
    root: Notice | None = None
    possibly_repeated: bool = False
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
        destination_waits_until: nothing more goes to this destination before then.
        notify_operators: why somebody has to mend the set-up.
    """

    delivery: Delivery
    fallback: Delivery | None = None
    destination_waits_until: datetime | None = None
    notify_operators: str | None = None


def new_delivery(  # noqa: PLR0913 - all keyword-only but the four that every delivery has
    key: str,
    chain: tuple[Destination, ...],
    notice: Notice,
    now: datetime,
    *,
    alert_id: str | None = None,
    caused_by: datetime | None = None,
    case_id: str | None = None,
    receiver_id: str | None = None,
    severity: Severity | None = None,
    thread: str | None = None,
    root: Notice | None = None,
) -> Delivery:
    """Return a delivery to the first of ``chain``, due now."""
    return Delivery(
        id=_delivery_id(key),
        key=key,
        destination=chain[0],
        fallbacks=chain[1:],
        notice=notice,
        created_at=now,
        alert_id=alert_id,
        caused_by=caused_by,
        case_id=case_id,
        receiver_id=receiver_id,
        severity=severity,
        thread=thread,
        root=root,
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
            return AppliedOutcome(delivery=waiting, destination_waits_until=until)
        case Retry():
            return _tried(replace(delivery, tries=delivery.tries + 1), outcome, now, retry_policy)
        case Failed():
            settled = _given_up(delivery, outcome.reason, now)
            return replace(settled, notify_operators=outcome.reason if outcome.operators else None)
        case Unknown():
            return _answer_lost(delivery, outcome.reason, now, retry_policy)


def mark_of(delivery: Delivery) -> Message | None:
    """Return what has to be said of how it was sent: once more, or possibly twice."""
    if delivery.resent:
        return RESENT
    return POSSIBLY_REPEATED if delivery.possibly_repeated else None


def _tried(delivery: Delivery, outcome: Retry, now: datetime, retry_policy: RetryPolicy) -> AppliedOutcome:
    if delivery.tries >= retry_policy.tries:
        return _given_up(delivery, f"given up after {delivery.tries} tries: {outcome.reason}", now)
    pause = min(retry_policy.first_pause * 2 ** (delivery.tries - 1), retry_policy.longest_pause)
    due = now + max(pause, timedelta(seconds=outcome.after or 0))
    return AppliedOutcome(delivery=replace(delivery, state="pending", due_at=due, reason=outcome.reason))


def _given_up(delivery: Delivery, reason: str, now: datetime) -> AppliedOutcome:
    failed = _finished(delivery, "failed", now, reason)
    return AppliedOutcome(delivery=failed, fallback=_another_way(delivery, now))


def _another_way(delivery: Delivery, now: datetime, *, possibly_repeated: bool = False) -> Delivery | None:
    if not delivery.fallbacks:
        return None
    key = f"{delivery.key}>"
    return replace(
        delivery,
        id=_delivery_id(key),
        key=key,
        destination=delivery.fallbacks[0],
        fallbacks=delivery.fallbacks[1:],
        created_at=now,
        possibly_repeated=delivery.possibly_repeated or possibly_repeated,
        state="pending",
        claims=0,
        tries=0,
        resent=False,
        due_at=now,
        finished_at=None,
        reason=None,
        reference=None,
    )


def _answer_lost(delivery: Delivery, reason: str, now: datetime, retry_policy: RetryPolicy) -> AppliedOutcome:
    if not delivery.resent:
        due = now + retry_policy.reconcile_after
        return AppliedOutcome(delivery=replace(delivery, state="unknown", due_at=due, reason=reason))
    lost = _finished(delivery, "unknown", now, f"the resent message's answer was lost too: {reason}")
    return AppliedOutcome(delivery=lost, fallback=_another_way(delivery, now, possibly_repeated=True))


def _delivery_id(key: str) -> str:
    return f"dl_{hashlib.sha256(key.encode()).hexdigest()[:24]}"


def _finished(delivery: Delivery, state: DeliveryState, now: datetime, reason: str | None) -> Delivery:
    return replace(delivery, state=state, due_at=None, finished_at=now, reason=reason)
