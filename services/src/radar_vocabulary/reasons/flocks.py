"""What a flock of the model's features is called where no single metric can speak for it."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import Message, message

TOGETHER: Final[Mapping[str, Message]] = {
    "silence": message("The present silence and the usual gaps, taken together"),
    "use": message("How much and how often it was used in a year, taken together"),
    "trend": message("How use has changed within a year, taken together"),
    "people": message("How many people use it and how lately, taken together"),
    "seats": message("Use and people for each seat, taken together"),
    "contract": message("The contract, its product and its history, taken together"),
    "metrics": message("How it is used and what they say of it, taken together"),
    "signals": message("Tickets, invoices, promises and time spent, taken together"),
}
