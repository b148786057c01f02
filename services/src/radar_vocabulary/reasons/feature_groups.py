"""Names for groups of the model's features that no single metric describes."""

from collections.abc import Mapping
from typing import Final

from radar_vocabulary.language.messages import Message, message

FEATURE_GROUPS: Final[Mapping[str, Message]] = {
    "silence": message("Time since last use and usual gaps, combined"),
    "use": message("Volume and frequency of use over a year, combined"),
    "trend": message("Usage trends over a year, combined"),
    "people": message("Number of users and their last activity, combined"),
    "seats": message("Usage and users per seat, combined"),
    "contract": message("Contract, product and contract history, combined"),
    "metrics": message("Usage and feedback, combined"),
    "signals": message("Tickets, invoices, promises and time spent, combined"),
}
