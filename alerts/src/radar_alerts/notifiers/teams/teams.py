"""Posts a notice to Microsoft Teams as an Adaptive Card."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpx2
import msgspec

from radar_alerts.domain.delivery import Delivery, mark_of
from radar_alerts.domain.notice import Notice
from radar_alerts.domain.outcome import Failed, Outcome
from radar_alerts.domain.shared_texts import OPEN_THE_ACCOUNT, WHAT_TO_DO, WHY, WHY_THIS_CHANCE, translator_in
from radar_alerts.domain.threads import Thread
from radar_alerts.notifiers import guarded_post
from radar_alerts.notifiers.guarded_post import AllowedHosts
from radar_vocabulary.language.messages import Message

# A workflow takes 28 KB; a card of ours has at most some thirty texts.
TEXT_LIMIT: Final = 600
_COLOURS: Final = {"critical": "attention", "high": "warning", "normal": "accent"}


class Teams:
    """Posts to the workflows at ``urls``, by name."""

    def __init__(self, urls: Mapping[str, str], client: httpx2.Client, *, allowed: AllowedHosts) -> None:
        self._urls = urls
        self._client = client
        self._allowed = allowed

    def send(self, delivery: Delivery, thread: Thread | None) -> Outcome:  # noqa: ARG002 - part of the port
        """Post the card once."""
        url = self._urls.get(delivery.destination.target)
        if url is None:
            return Failed(reason="there is no workflow of this name in alerts.teams.urls", operators=True)
        attachment = {
            "contentType": "application/vnd.microsoft.card.adaptive",
            "content": card(delivery.notice, mark=mark_of(delivery)),
        }
        content = msgspec.json.encode({"type": "message", "attachments": [attachment]})
        headers = {"Content-Type": "application/json"}
        return guarded_post.post(
            self._client, url, content, headers, allowed=self._allowed, to="Microsoft Teams"
        )

    def find(self, delivery: Delivery, thread: Thread | None) -> None:
        """A workflow can't tell."""


def card(notice: Notice, *, mark: Message | None) -> dict[str, Any]:
    """Return the Adaptive Card; customers' texts are plain runs, in which Teams reads no markup."""
    translator = translator_in(notice.language)
    link = {"type": "Action.OpenUrl", "title": translator.say(OPEN_THE_ACCOUNT), "url": notice.link}
    return {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "fallbackText": _cut(notice.headline),
        "msteams": {"width": "Full"},
        "body": list(_body(notice, translator.say(mark) if mark else None)),
        "actions": [link] if notice.link else [],
    }


def _body(notice: Notice, mark: str | None) -> Iterator[dict[str, Any]]:
    translator = translator_in(notice.language)
    colour = "good" if notice.kind == "resolved" else _COLOURS.get(notice.severity or "", "default")
    yield _text(_run(notice.headline, size="large", weight="bolder", color=colour))
    yield _text(_run(notice.lead))
    for fact in notice.facts:
        yield _text(_run(f"{fact.label}  ", weight="bolder"), _run(fact.value), spacing="none")
    for heading, lines in ((WHY, notice.reasons), (WHY_THIS_CHANCE, notice.forecast)):
        if lines:
            yield _text(_run(translator.say(heading), weight="bolder"), spacing="medium")
            yield from (_text(_run(f"• {line}"), spacing="none") for line in lines)
    if notice.advice:
        yield _text(_run(translator.say(WHAT_TO_DO), weight="bolder"), spacing="medium")
        yield _text(_run(notice.advice), spacing="none")
    if mark:
        yield _text(_run(mark, italic=True), spacing="medium")


def _text(*runs: dict[str, Any], spacing: str = "default") -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": list(runs), "spacing": spacing}


def _run(text: str, **style: object) -> dict[str, Any]:
    return {"type": "TextRun", "text": _cut(text), **style}


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_LIMIT else text[: TEXT_LIMIT - 1] + "…"
