"""Carries deliveries to their channel: one transaction takes one up, the next notes what became of it.

A process that dies in between leaves the delivery *sending*; when its lease runs out it is *unknown*, and what
isn't known is looked up where the channel can tell, else sent once more with a mark.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

import structlog
from sqlalchemy import Connection

from radar_alerts.domain.delivery import AppliedOutcome, Delivery, RetryPolicy, apply_outcome
from radar_alerts.domain.outcome import Outcome, Sent, Unknown
from radar_alerts.repositories import delivery_rows
from radar_alerts.series import DELIVERIES, EVENT_TO_ALERT
from radar_alerts.service.announce import Announcer
from radar_alerts.service.ports import Notifier
from radar_chassis.clock import Clock
from radar_chassis.store.database import Database
from radar_vocabulary.contracts.alerts import Channel

log = structlog.get_logger()
LONGEST_WAIT: Final = 5.0
MAX_DELIVERIES: Final = 200


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """The use case for one channel. ``wake`` starts the other channels when one hands over to them."""

    channel: Channel
    notifier: Notifier
    database: Database
    announcer: Announcer
    clock: Clock
    retry_policy: RetryPolicy
    wake: Callable[[], None]

    def __call__(self) -> float:
        """Deliver what is due; return the seconds until more may be. Raises DatabaseUnavailable."""
        for _ in range(MAX_DELIVERIES):
            delivery = self.database.run(self._next)
            if delivery is None:
                return self.database.run(self._wait_seconds)
            self._deliver(delivery)
        return 0.0

    def _next(self, connection: Connection) -> Delivery | None:
        now = self.clock.now()
        delivery_rows.expire(connection, self.channel, now)
        waits = delivery_rows.waits_until(connection, self.channel)
        if waits is not None and waits > now:
            return None
        return delivery_rows.claim(connection, self.channel, now, now + self.retry_policy.lease)

    def _wait_seconds(self, connection: Connection) -> float:
        moments = [
            one
            for one in (
                delivery_rows.next_due(connection, self.channel),
                delivery_rows.waits_until(connection, self.channel),
            )
            if one
        ]
        now = self.clock.now()
        ahead = [(one - now).total_seconds() for one in moments if one > now]
        return max(0.05, min([LONGEST_WAIT, *ahead]))

    def _deliver(self, delivery: Delivery) -> None:
        claimed_at = self.clock.now()
        outcome: Outcome | None
        if delivery.state == "unknown":
            delivery, outcome = self._reconcile(delivery)
        else:
            outcome = self._send(delivery, claimed_at)
        if outcome is None:
            return
        settled = apply_outcome(delivery, outcome, self.clock.now(), self.retry_policy)
        if self.database.run(lambda connection: self._note(connection, settled)):
            self._tell(delivery, outcome, settled)

    def _reconcile(self, delivery: Delivery) -> tuple[Delivery, Outcome | None]:
        """Look whether the message arrived; where nobody can tell, send it once more, marked."""
        arrived = self.notifier.has_message(delivery)
        if arrived:
            return delivery, Sent(reference=delivery.reference)
        if arrived is None:
            if delivery.resent:
                return delivery, Unknown(reason=delivery.reason or "the answer was lost")
            # The mark is written down before the message goes, so that a crash can't make a third one.
            delivery = replace(delivery, resent=True)
            if not self.database.run(
                lambda connection: delivery_rows.update_claimed(
                    connection, replace(delivery, state="sending")
                )
            ):
                return delivery, None
        return delivery, self._send(delivery, self.clock.now())

    def _send(self, delivery: Delivery, claimed_at: datetime) -> Outcome | None:
        if self.clock.now() - claimed_at >= self.retry_policy.lease:
            return None  # this process stood still for so long that the message is somebody else's now
        try:
            return self.notifier.send(delivery)
        except Exception as error:
            log.exception("notifier_broke", channel=self.channel, delivery_id=delivery.id)
            return Unknown(reason=f"the notifier broke ({type(error).__name__})")

    def _note(self, connection: Connection, settled: AppliedOutcome) -> bool:
        if not delivery_rows.update_claimed(connection, settled.delivery):
            return False
        now = self.clock.now()
        if settled.channel_waits_until is not None:
            delivery_rows.wait(connection, self.channel, settled.channel_waits_until)
        if settled.fallback is not None:
            delivery_rows.enqueue(connection, [settled.fallback])
        if settled.notify_operators is not None:
            delivery_rows.enqueue(
                connection, [self.announcer.to_operators(self.channel, settled.notify_operators, now)]
            )
        return True

    def _tell(self, delivery: Delivery, outcome: Outcome, settled: AppliedOutcome) -> None:
        result = type(outcome).__name__.lower()
        DELIVERIES.labels(self.channel, result).inc()
        if isinstance(outcome, Sent):
            if delivery.caused_by is not None and not delivery.resent:
                EVENT_TO_ALERT.observe(max(0.0, (self.clock.now() - delivery.caused_by).total_seconds()))
            log.info("notice_sent", channel=self.channel, delivery_id=delivery.id, alert_id=delivery.alert_id)
            return
        say = log.error if settled.notify_operators else log.warning
        say(
            "notice_not_sent",
            channel=self.channel,
            delivery_id=delivery.id,
            result=result,
            reason=outcome.reason,
        )
        if settled.fallback is not None or settled.notify_operators is not None:
            self.wake()
