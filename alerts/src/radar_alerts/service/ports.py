"""What the use cases need from outside, as they see it."""

from typing import Protocol, TypeVar

from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.outcome import NotThere, Outcome, Sent
from radar_alerts.domain.threads import Thread

T = TypeVar("T")


class Notifier(Protocol):
    """A way to reach people. Never raises for what a channel does; retries belong to the caller."""

    def send(self, delivery: Delivery, thread: Thread | None) -> Outcome:
        """Hand the message over once, into ``thread`` if that has begun.

        A delivery that is ``resent`` or ``possibly_repeated`` carries a mark that says so.
        """
        ...

    def find(self, delivery: Delivery, thread: Thread | None) -> Sent | NotThere | None:
        """Tell whether the channel has the message; None where it can't tell."""
        ...
