"""What to do about the weightiest reason: one sentence a customer-success manager can act on."""

from collections.abc import Sequence
from typing import Final

from radar_vocabulary.contracts.health import Driver
from radar_vocabulary.contracts.scalars import Dimension
from radar_vocabulary.language.messages import Message, message

_BY_WORD: Final = (
    ("decision_maker", message("Call the decision maker: ask what changed and who our champion is now.")),
    ("manager", message("Ask the manager for a short review of the team's recent results with the product.")),
    ("champion", message("Find out what happened to the champion and who could take over.")),
    ("concentration", message("Help a second person use the product: today it depends on one.")),
    ("ticket", message("Move the open tickets forward first, then call with an answer.")),
    ("complaint", message("Call about the complaint first.")),
    ("incident", message("Call about the outage: explain what happened and why it won't happen again.")),
    ("nps", message("Ask the people who answered the survey what would change their mind.")),
    ("csat", message("Ask the people who answered the survey what would change their mind.")),
    ("invoice", message("Ask their finance team about the overdue invoice: is it in dispute?")),
    ("promise", message("Tell them the status of the overdue promise, with a date.")),
    ("renewal", message("Book the renewal meeting now. Bring a one-page summary of last year's results.")),
    ("seat", message("Ask who was to use the unused seats, and offer to onboard them.")),
    ("activat", message("Offer training to those who never started.")),
)  # fmt: skip
_BY_DIMENSION: Final[dict[Dimension, Message]] = {
    "users": message("Ask who uses it and who stopped. Offer training to those who stopped."),
    "behaviour": message("Ask what they use instead, and show the feature that does the same."),
    "outcomes": message("Ask what they want to achieve with the product, and how far they have come."),
}


_OTHERWISE: Final = message("Call them: ask how it is going and what they need before the renewal.")


def advice(drivers: Sequence[Driver]) -> Message:
    """Return what to do about the driver that takes the most points."""
    against = [driver for driver in drivers if driver.points < 0]
    if not against:
        return _OTHERWISE
    worst = min(against, key=lambda driver: driver.points)
    for word, sentence in _BY_WORD:
        if word in worst.metric:
            return sentence
    return _BY_DIMENSION[worst.dimension]
