"""Lays a notice out as Slack's Block Kit."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from radar_alerts.domain.notice import Notice, NoticeAction
from radar_alerts.domain.shared_texts import (
    ACKNOWLEDGE,
    SNOOZE_A_WEEK,
    WHAT_TO_DO,
    translator_in,
)
from radar_vocabulary.language.messages import Message, message
from radar_vocabulary.language.translator import Translator

_TONES: Final = {"good": ":large_green_circle:", "calm": ":white_circle:"}
_MARKS: Final = {
    "critical": ":red_circle:",
    "high": ":large_orange_circle:",
    "normal": ":large_yellow_circle:",
}
HEADER_LIMIT: Final = 150
HEADER_END: Final = 60
TEXT_LIMIT: Final = 3000
FIELD_LIMIT: Final = 2000
_ACTIONS: Final[dict[NoticeAction, Message]] = {"acknowledge": ACKNOWLEDGE, "snooze_a_week": SNOOZE_A_WEEK}
_LINE: Final = message("{headline}. {lead}")


def blocks(
    notice: Notice, *, mark: Message | None, mention: bool, buttons: bool = False
) -> list[dict[str, Any]]:
    """Return the blocks; ``mention`` names the owner, where the channel isn't theirs alone.

    ``buttons`` shows those that need an answer from us; the one that opens the account is always there.
    """
    translator = translator_in(notice.language)
    parts = [_header(notice), _section(_lead(notice, mention=mention))]
    if notice.facts:
        fields = [
            _markdown(f"*{escape(fact.label)}*\n{escape(fact.value)}", FIELD_LIMIT) for fact in notice.facts
        ]
        parts.append({"type": "section", "fields": fields[:10]})
    for heading, lines in notice.sections():
        parts += _list(heading, lines)
    if notice.advice:
        parts.append(_section(f"*{translator.say(WHAT_TO_DO)}*\n{escape(notice.advice)}"))
    elements = list(_buttons(notice, translator, answered=buttons))
    if elements:
        parts.append({"type": "actions", "elements": elements})
    if mark:
        parts.append({"type": "context", "elements": [_markdown(f"_{translator.say(mark)}_", TEXT_LIMIT)]})
    return parts


def fallback_text(notice: Notice, *, mark: Message | None) -> str:
    """Return the line that notifications and screen readers show."""
    translator = translator_in(notice.language)
    line = translator.say(_LINE, headline=notice.headline, lead=notice.lead)
    return escape(f"{line} {translator.say(mark)}" if mark else line)


def escape(text: str) -> str:
    """Keep Slack from reading customers' texts as markup, mentions or links."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _header(notice: Notice) -> dict[str, Any]:
    colour = _TONES.get(notice.feeling(), _MARKS.get(notice.severity or "", ""))
    text = f"{colour} {notice.headline}".strip()
    if len(text) > HEADER_LIMIT:
        # A long name stands at the front, and what is said of it at the end: the middle can go.
        text = f"{text[: HEADER_LIMIT - HEADER_END - 1]}…{text[-HEADER_END:]}"
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": True}}


def _lead(notice: Notice, *, mention: bool) -> str:
    who = f"<@{escape(notice.mention)}> " if mention and notice.mention else ""
    return who + escape(notice.lead)


def _list(heading: str, lines: Sequence[str]) -> list[dict[str, Any]]:
    """Return a list under its heading; a long one goes on in further sections, so that no line is lost."""
    texts = [f"*{heading}*"]
    for one in lines:
        line = f"• {escape(one)}"
        if len(texts[-1]) + 1 + len(line) > TEXT_LIMIT:
            texts.append(line)
        else:
            texts[-1] += f"\n{line}"
    return [_section(text) for text in texts]


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _markdown(text, TEXT_LIMIT)}


def _markdown(text: str, limit: int) -> dict[str, Any]:
    # verbatim: names and addresses that customers wrote don't become links or mentions.
    shown = text if len(text) <= limit else text[: limit - 1] + "…"
    return {"type": "mrkdwn", "text": shown, "verbatim": True}


def _buttons(notice: Notice, translator: Translator, *, answered: bool) -> Iterator[dict[str, Any]]:
    if answered and notice.case_id:
        for action in notice.actions:
            yield {**_button(translator.say(_ACTIONS[action])), "action_id": action, "value": notice.case_id}
    if notice.link:
        # Without an action_id: Slack shows a warning when nobody answers a click that has one.
        yield {**_button(notice.link_text()), "url": notice.link, "style": "primary"}


def _button(label: str) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": label}}
