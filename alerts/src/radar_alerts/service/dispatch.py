"""Carries deliveries to their channel: one transaction takes one up, the next notes what became of it.

A process that dies in between leaves the delivery *sending*; when its lease runs out it is *unknown*, and what
isn't known is looked up where the channel can tell, else sent once more with a mark.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import structlog
from sqlalchemy import Connection

from radar_alerts.domain.delivery import AppliedOutcome, Delivery, RetryPolicy, apply_outcome
from radar_alerts.domain.outcome import NotThere, Outcome, Sent, Unknown
from radar_alerts.domain.threads import Thread
from radar_alerts.repositories import delivery_rows, pacing_rows, thread_rows
from radar_alerts.series import DELIVERIES, EVENT_TO_ALERT
from radar_alerts.service.operator_notes import OperatorNotes
from radar_alerts.service.ports import Notifier
from radar_chassis.clock import Clock
from radar_chassis.store.database import Database
from radar_vocabulary.contracts.alerts import Channel

log = structlog.get_logger()
LONGEST_WAIT: Final = 5.0
MAX_DELIVERIES: Final = 200


@dataclass(frozen=True, kw_only=True)
class Dispatch:
    """The use case for one channel; several senders may run it at once, as each destination is held by one.

    Attributes:
        pause: between two messages to one destination.
        wake: starts the other channels when one hands over to them.
    """

    channel: Channel
    notifier: Notifier
    database: Database
    notes: OperatorNotes
    clock: Clock
    retry_policy: RetryPolicy
    wake: Callable[[], None]
    pause: timedelta = timedelta()

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
        return delivery_rows.claim(connection, self.channel, now, now + self.retry_policy.lease)

    def _wait_seconds(self, connection: Connection) -> float:
        due = delivery_rows.next_due(connection, self.channel)
        ahead = LONGEST_WAIT if due is None else (due - self.clock.now()).total_seconds()
        return max(0.05, min(LONGEST_WAIT, ahead))

    def _deliver(self, delivery: Delivery) -> None:
        claimed_at = self.clock.now()
        outcome: Outcome | None
        thread = self.database.run(lambda connection: thread_rows.load(connection, delivery))
        if delivery.state == "unknown":
            delivery, outcome = self._reconcile(delivery, thread, claimed_at)
        else:
            outcome = self._send(delivery, thread, claimed_at)
        if outcome is None:
            return
        settled = apply_outcome(delivery, outcome, self.clock.now(), self.retry_policy)
        if self.database.run(lambda connection: self._note(connection, settled)):
            self._tell(delivery, outcome, settled)

    def _reconcile(
        self, delivery: Delivery, thread: Thread | None, claimed_at: datetime
    ) -> tuple[Delivery, Outcome | None]:
        """Look whether the message arrived; where nobody can tell, send it once more, marked."""
        found = self.notifier.find(delivery, thread)
        if isinstance(found, Sent):
            return delivery, found
        if not isinstance(found, NotThere):
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
        return delivery, self._send(delivery, thread, claimed_at)

    def _send(self, delivery: Delivery, thread: Thread | None, claimed_at: datetime) -> Outcome | None:
        if self.clock.now() - claimed_at >= self.retry_policy.lease:
            return None  # this process stood still for so long that the message is somebody else's now
        try:
            return self.notifier.send(delivery, thread)
        except Exception as error:
            log.exception("notifier_broke", channel=self.channel, delivery_id=delivery.id)
            return Unknown(reason=f"the notifier broke ({type(error).__name__})")

    def _note(self, connection: Connection, settled: AppliedOutcome) -> bool:
        if not delivery_rows.update_claimed(connection, settled.delivery):
            return False
        now = self.clock.now()
        delivery = settled.delivery
        pacing_rows.release(connection, delivery, settled.destination_waits_until or now + self.pause)
        if delivery.state == "sent" and delivery.thread and delivery.reference:
            thread_rows.begin(connection, delivery, delivery.reference, now)
        if settled.fallback is not None:
            delivery_rows.enqueue(connection, [settled.fallback])
        if settled.notify_operators is not None:
            delivery_rows.enqueue(
                connection, [self.notes.to_operators(self.channel, settled.notify_operators, now)]
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
