"""Lays a notice out as Slack's Block Kit."""

from typing import Any, Final

from radar_alerts.domain.notice import Notice
from radar_alerts.domain.shared_texts import (
    OPEN_THE_ACCOUNT,
    RESENT,
    WHAT_TO_DO,
    WHY,
    WHY_THIS_CHANCE,
    translator_in,
)
from radar_vocabulary.language.messages import message

_MARKS: Final = {
    "critical": ":red_circle:",
    "high": ":large_orange_circle:",
    "normal": ":large_yellow_circle:",
}
HEADER_LIMIT: Final = 150
TEXT_LIMIT: Final = 3000
FIELD_LIMIT: Final = 2000
_LINE: Final = message("{headline}. {lead}")


def blocks(notice: Notice, *, resent: bool, mention: bool) -> list[dict[str, Any]]:
    """Return the blocks; ``mention`` names the owner, where the channel isn't theirs alone."""
    translator = translator_in(notice.language)
    parts = [_header(notice), _section(_lead(notice, mention=mention))]
    if notice.facts:
        fields = [
            _markdown(f"*{escape(fact.label)}*\n{escape(fact.value)}", FIELD_LIMIT) for fact in notice.facts
        ]
        parts.append({"type": "section", "fields": fields[:10]})
    for heading, lines in ((WHY, notice.reasons), (WHY_THIS_CHANCE, notice.forecast)):
        if lines:
            parts.append(
                _section(f"*{translator.say(heading)}*\n" + "\n".join(f"• {escape(one)}" for one in lines))
            )
    if notice.advice:
        parts.append(_section(f"*{translator.say(WHAT_TO_DO)}*\n{escape(notice.advice)}"))
    if notice.link:
        parts.append(_button(translator.say(OPEN_THE_ACCOUNT), notice.link))
    if resent:
        parts.append({"type": "context", "elements": [_markdown(f"_{translator.say(RESENT)}_", TEXT_LIMIT)]})
    return parts


def fallback_text(notice: Notice, *, resent: bool) -> str:
    """Return the line that notifications and screen readers show."""
    translator = translator_in(notice.language)
    line = translator.say(_LINE, headline=notice.headline, lead=notice.lead)
    return escape(f"{line} {translator.say(RESENT)}" if resent else line)


def escape(text: str) -> str:
    """Keep Slack from reading customers' texts as markup, mentions or links."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _header(notice: Notice) -> dict[str, Any]:
    mark = ":large_green_circle:" if notice.kind == "resolved" else _MARKS.get(notice.severity or "", "")
    text = f"{mark} {notice.headline}".strip()
    if len(text) > HEADER_LIMIT:
        text = text[: HEADER_LIMIT - 1] + "…"
    return {"type": "header", "text": {"type": "plain_text", "text": text, "emoji": True}}


def _lead(notice: Notice, *, mention: bool) -> str:
    who = f"<@{escape(notice.mention)}> " if mention and notice.mention else ""
    return who + escape(notice.lead)


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": _markdown(text, TEXT_LIMIT)}


def _markdown(text: str, limit: int) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text if len(text) <= limit else text[: limit - 1] + "…"}


def _button(label: str, link: str) -> dict[str, Any]:
    button = {
        "type": "button",
        "text": {"type": "plain_text", "text": label},
        "url": link,
        "style": "primary",
        "action_id": "open_account",
    }
    return {"type": "actions", "elements": [button]}
