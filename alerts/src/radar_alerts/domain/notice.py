"""A message to people, worded but not yet laid out: every channel shows the same content."""

from typing import Final, Literal
from unicodedata import east_asian_width

from msgspec import Struct

from radar_alerts.domain.shared_texts import (
    OPEN_THE_ACCOUNT,
    THE_LIST,
    WHAT_CHANGED,
    WHAT_TO_DO,
    WHY,
    WHY_THIS_CHANCE,
    translator_in,
)
from radar_vocabulary.contracts.alerts import Severity
from radar_vocabulary.language.messages import Message, message
from radar_vocabulary.language.translator import Translator

NoticeType = Literal[
    "opened",
    "reopened",
    "worsened",
    "woken",
    "escalated",
    "handed_over",
    "notice_given",
    "ended",
    "digest",
    "resolved",
    "test",
    "operator",
]
NoticeAction = Literal["acknowledge", "snooze_a_week"]
Tone = Literal["risk", "good", "calm"]
_LABEL: Final = message("{label}:")
_LINK: Final = message("{label}: {link}")


class Fact(Struct, frozen=True, kw_only=True):
    """One labelled value, such as the renewal date."""

    label: str
    value: str


class Notice(Struct, frozen=True, kw_only=True):
    """What is said, why, and what to do.

    Attributes:
        headline: the one thing to know; also the e-mail's subject.
        lead: a sentence or two below it.
        changed: what changed since the last notice of the case.
        reasons: the causes in words, the weightiest first.
        forecast: what the model's chance to renew rests on, the strongest first.
        advice: what to do next.
        items: the lines of a digest, in their order.
        link: the console's page of what it is about; None when the console's address isn't configured.
        tone: what it is to its reader, for the colour beside the words.
        link_label: what the link opens; None: the account.
        mention: the Slack user to mention where the channel isn't theirs alone.
        score: 0 to 100, for the picture beside the words.
        case_id: the case that ``actions`` are about.
        actions: what a reader can do about it at a click, where the channel has buttons.
        language: what all of it is written in, and what is laid out around it (BCP 47).
    """

    kind: NoticeType
    headline: str
    lead: str
    facts: tuple[Fact, ...] = ()
    reasons: tuple[str, ...] = ()
    forecast: tuple[str, ...] = ()
    advice: str | None = None
    link: str | None = None
    mention: str | None = None
    severity: Severity | None = None
    score: float | None = None
    case_id: str | None = None
    actions: tuple[NoticeAction, ...] = ()
    language: str = "en"
    changed: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    link_label: str | None = None
    tone: Tone = "risk"

    def sections(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the lists of the notice with their headings, in the order in which they are shown."""
        translator = translator_in(self.language)
        found = (
            (THE_LIST, self.items),
            (WHAT_CHANGED, self.changed),
            (WHY, self.reasons),
            (WHY_THIS_CHANCE, self.forecast),
        )
        return tuple((translator.say(heading), lines) for heading, lines in found if lines)

    def feeling(self) -> Tone:
        """Return its tone; "resolved" is from before there were tones."""
        return "good" if self.kind == "resolved" else self.tone

    def link_text(self) -> str:
        """Return what the link is labelled."""
        return self.link_label or translator_in(self.language).say(OPEN_THE_ACCOUNT)


def plain(notice: Notice, *, mark: Message | None = None) -> str:
    """Return the message as plain text, for the e-mail's text part and the console."""
    translator = translator_in(notice.language)
    parts = [translator.say(mark)] if mark else []
    parts += [notice.headline, notice.lead]
    if notice.facts:
        parts.append(_table(notice.facts, translator))
    parts += ["\n".join([heading, *(f"- {line}" for line in lines)]) for heading, lines in notice.sections()]
    if notice.advice:
        parts.append(f"{translator.say(WHAT_TO_DO)}\n{notice.advice}")
    if notice.link:
        parts.append(translator.say(_LINK, label=notice.link_text(), link=notice.link))
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(facts: tuple[Fact, ...], translator: Translator) -> str:
    rows = [(translator.say(_LABEL, label=fact.label), fact.value) for fact in facts]
    widest = max(_width(label) for label, _ in rows)
    return "\n".join(f"{label}{' ' * (widest - _width(label) + 1)}{value}" for label, value in rows)


def _width(text: str) -> int:
    """Return how many columns a fixed-width font takes; most East Asian characters take two."""
    return sum(2 if east_asian_width(one) in "WF" else 1 for one in text)
