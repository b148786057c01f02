"""How handing a message to a channel came out."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The channel took it. ``reference`` is its name for the message, if it gave one."""

    reference: str | None = None


@dataclass(frozen=True, kw_only=True)
class Retry:
    """The channel did not take it, and may later.

    Attributes:
        after: seconds the channel asked us to wait.
        throttled: the channel wants less of everything: all its messages wait, and this doesn't count as a try.
    """

    reason: str
    after: float | None = None
    throttled: bool = False


@dataclass(frozen=True, kw_only=True)
class Failed:
    """The channel will never take it. ``operators`` says that somebody has to mend the set-up."""

    reason: str
    operators: bool = False


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """The message went out and the answer was lost: it may or may not be there."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class NotThere:
    """The channel was asked, and doesn't have the message."""


Outcome = Sent | Retry | Failed | Unknown
