"""The messages of one case to one receiver, gathered below the first."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Thread:
    """The first message of a thread, as it was really sent to one destination.

    Attributes:
        reference: the channel's name for that message.
        subject: what it was about; an e-mail's subject doesn't change within a thread.
    """

    reference: str
    subject: str


def thread_key(case_id: str, receiver_id: str) -> str:
    """Return the key of the thread about a case to a receiver."""
    return f"{case_id}:{receiver_id}"


def receiver_id(kind: str, name: str) -> str:
    """Return an opaque id for a receiver: the same for the same one, and no address to read in it."""
    return f"rc_{hashlib.sha256(f'{kind}:{name}'.encode()).hexdigest()[:24]}"
