"""What the use cases need from outside, as they see it."""

from typing import Protocol, TypeVar

from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.outcome import Outcome

T = TypeVar("T")


class Notifier(Protocol):
    """A way to reach people. Never raises for what a channel does; retries belong to the caller."""

    def send(self, delivery: Delivery) -> Outcome:
        """Hand the message over once; a delivery that is ``resent`` carries a mark that says so."""
        ...

    def has_message(self, delivery: Delivery) -> bool | None:
        """Tell whether the channel has the message; None where it can't tell."""
        ...
