"""A message to people, worded but not yet laid out: every channel shows the same content."""

from typing import Literal

from msgspec import Struct

from radar_alerts.domain.severity import Severity

NoticeType = Literal["opened", "woken", "escalated", "resolved", "test", "operator"]


class Fact(Struct, frozen=True, kw_only=True):
    """One labelled value, such as the renewal date."""

    label: str
    value: str


class Notice(Struct, frozen=True, kw_only=True):
    """What is said, why, and what to do.

    Attributes:
        headline: the one thing to know; also the e-mail's subject.
        lead: a sentence or two below it.
        reasons: the drivers in words, the weightiest first.
        advice: what to do next.
        link: the console's page of the account; None when the console's address isn't configured.
        mention: the Slack user to mention where the channel isn't theirs alone.
        score: 0 to 100, for the picture beside the words.
    """

    kind: NoticeType
    headline: str
    lead: str
    facts: tuple[Fact, ...] = ()
    reasons: tuple[str, ...] = ()
    advice: str | None = None
    link: str | None = None
    mention: str | None = None
    severity: Severity | None = None
    score: float | None = None


RESENT = "(resent: delivery of the first message couldn't be confirmed)"


def plain(notice: Notice, *, resent: bool = False) -> str:
    """Return the message as plain text, for the e-mail's text part and the console."""
    parts = [RESENT] if resent else []
    parts += [notice.headline, notice.lead]
    if notice.facts:
        width = max(len(fact.label) for fact in notice.facts) + 2
        parts.append("\n".join(f"{fact.label + ':':<{width}}{fact.value}" for fact in notice.facts))
    if notice.reasons:
        parts.append("\n".join(["Why", *(f"- {reason}" for reason in notice.reasons)]))
    if notice.advice:
        parts.append(f"What to do\n{notice.advice}")
    if notice.link:
        parts.append(f"Open the account: {notice.link}")
    return "\n\n".join(part for part in parts if part) + "\n"
