"""The channel of last resort: the message stays in the deliveries, where the console shows it."""

from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.outcome import Outcome, Sent
from radar_alerts.domain.threads import Thread


class Console:
    """Takes everything, as the delivery itself is the message."""

    def send(self, delivery: Delivery, thread: Thread | None) -> Outcome:  # noqa: ARG002 - part of the port
        """It is there already."""
        return Sent(reference=delivery.id)

    def find(self, delivery: Delivery, thread: Thread | None) -> Sent:  # noqa: ARG002 - part of the port
        """It is there."""
        return Sent(reference=delivery.id)
