"""What to do about the weightiest reason: one sentence a customer-success manager can act on."""

from collections.abc import Sequence
from typing import Final

from radar_vocabulary.contracts.health import Driver
from radar_vocabulary.contracts.scalars import Dimension
from radar_vocabulary.language.messages import Message, message

_BY_WORD: Final = (
    ("decision_maker", message("Call the decision maker: ask what has changed there, and who speaks for us now.")),
    ("manager", message("Ask the manager for a short review of what the team got out of the product lately.")),
    ("champion", message("Find out where the champion went, and who could take their place.")),
    ("concentration", message("Help a second person there to use it: today it all hangs on one.")),
    ("ticket", message("Get the open tickets moving first, then call with an answer in hand.")),
    ("complaint", message("Call about the complaint before anything else.")),
    ("incident", message("Call about the outage: what happened, and why it won't again.")),
    ("nps", message("Ask the people who answered the survey what would change their mind.")),
    ("csat", message("Ask the people who answered the survey what would change their mind.")),
    ("invoice", message("Clear up the overdue invoice with their finance people: is it a dispute?")),
    ("promise", message("Say where the overdue promise stands, with a date.")),
    ("renewal", message("Book the renewal talk now, with their results of the last year on one page.")),
    ("seat", message("Ask who was meant to use the unused seats, and offer to bring them in.")),
    ("activat", message("Offer a session for those who never got started.")),
)  # fmt: skip
_BY_DIMENSION: Final[dict[Dimension, Message]] = {
    "users": message("Ask who uses it now and who stopped, and offer a session for those who have."),
    "behaviour": message("Ask what they do instead now, and show the feature that does it for them."),
    "outcomes": message("Ask what they wanted to reach with the product, and how far they are."),
}


_OTHERWISE: Final = message("Call them: ask how it is going, and what they need before the renewal.")


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
