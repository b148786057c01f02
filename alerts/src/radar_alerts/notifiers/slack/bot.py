"""Slack by bot token: reaches any user or channel, and can look for a message whose answer was lost.

Needs the scopes chat:write; to look for lost messages also channels:history, groups:history, im:history and
im:write. Without those a lost message is resent once, with a mark.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import httpx2

from radar_alerts.domain.delivery import Delivery, mark_of
from radar_alerts.domain.notice import Notice
from radar_alerts.domain.outcome import NotThere, Outcome, Retry, Sent, Unknown
from radar_alerts.domain.threads import Thread
from radar_alerts.notifiers import http_post
from radar_alerts.notifiers.slack.blocks import blocks, fallback_text
from radar_alerts.notifiers.slack.refusals import refused

EVENT_TYPE: Final = "radar_delivery"
LOOK_BACK: Final = timedelta(minutes=10)
PAGES: Final = 5


class SlackBot:
    """Calls Slack's Web API at ``api`` with ``token``."""

    def __init__(self, token: str, client: httpx2.Client, *, api: str, buttons: bool = False) -> None:
        self._api = api.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._client = client
        self._buttons = buttons

    def send(self, delivery: Delivery, thread: Thread | None) -> Outcome:
        """Post the message once, with metadata by which ``find`` finds it; in a thread, bring the first up to date."""
        if thread and delivery.root:
            waits = self._update(delivery, delivery.root, thread)
            if waits:
                return waits
        body: dict[str, Any] = {
            **self._content(delivery, delivery.notice),
            "channel": delivery.destination.target,
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"delivery_id": delivery.id}},
            "unfurl_links": False,
            "unfurl_media": False,
        }
        if thread:
            body["thread_ts"] = _place(thread)[1]
        answer = self._call("chat.postMessage", body)
        if not isinstance(answer, dict):
            return answer
        if answer.get("ok") is True:
            return Sent(reference=f"{answer.get('channel')}/{answer.get('ts')}")
        return refused(str(answer.get("error")))

    def _content(self, delivery: Delivery, notice: Notice) -> dict[str, Any]:
        mark = mark_of(delivery)
        to_a_person = delivery.destination.target.startswith(("U", "W"))
        return {
            "text": fallback_text(notice, mark=mark),
            "blocks": blocks(notice, mark=mark, mention=not to_a_person, buttons=self._buttons),
        }

    def _update(self, delivery: Delivery, root: Notice, thread: Thread) -> Outcome | None:
        """Let the thread's first message say how things are now; return why that has to wait.

        It comes before the reply, as doing it twice changes nothing. A message that can't be changed any more
        stays as it is: the reply tells the same.
        """
        channel, moment = _place(thread)
        content = self._content(replace(delivery, resent=False, possibly_repeated=False), root)
        answer = self._call("chat.update", {**content, "channel": channel, "ts": moment})
        if isinstance(answer, Unknown):
            return Retry(reason=answer.reason)
        return answer if isinstance(answer, Retry) else None

    def find(self, delivery: Delivery, thread: Thread | None) -> Sent | NotThere | None:
        """Look through the channel's history, or the thread's replies, since the delivery was made."""
        channel = _place(thread)[0] if thread else self._channel(delivery.destination.target)
        if channel is None:
            return None
        query: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{(delivery.created_at - LOOK_BACK).timestamp():.6f}",
            "include_all_metadata": True,
            "limit": 200,
        }
        method = "conversations.history"
        if thread:
            method, query["ts"] = "conversations.replies", _place(thread)[1]
        for _ in range(PAGES):
            page = self._call(method, query)
            if not isinstance(page, dict) or page.get("ok") is not True:
                return None
            for message in page.get("messages", []):
                if _is(message, delivery.id):
                    return Sent(reference=f"{channel}/{message.get('ts')}")
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return NotThere()
            query["cursor"] = cursor
        return None

    def _channel(self, target: str) -> str | None:
        """Return the id of the conversation; a message to a person lies in the direct one with them."""
        if not target.startswith(("U", "W")):
            return target if target.startswith(("C", "G", "D")) else None
        answer = self._call("conversations.open", {"users": target})
        if not isinstance(answer, dict) or answer.get("ok") is not True:
            return None
        found = (answer.get("channel") or {}).get("id")
        return found if isinstance(found, str) else None

    def _call(self, method: str, body: dict[str, Any]) -> dict[str, Any] | Outcome:
        answer = http_post.post(
            self._client, f"{self._api}/{method}", json=body, headers=self._headers, to="Slack"
        )
        if not isinstance(answer, httpx2.Response):
            return answer
        if not answer.is_success:
            return Retry(reason=f"Slack answered {answer.status_code}")
        try:
            content = answer.json()
        except ValueError:
            content = None
        if not isinstance(content, dict):
            return Unknown(reason="Slack's answer can't be read")
        return content


def _place(thread: Thread) -> tuple[str, str]:
    """Return the channel and the time stamp of the thread's first message."""
    channel, _, moment = thread.reference.partition("/")
    return channel, moment


def _is(message: Any, delivery_id: str) -> bool:
    metadata = message.get("metadata") if isinstance(message, dict) else None
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    return isinstance(payload, dict) and payload.get("delivery_id") == delivery_id
