"""Slack by bot token: reaches any user or channel, and can look for a message whose answer was lost.

Needs the scopes chat:write; to look for lost messages also channels:history, groups:history, im:history and
im:write. Without those a lost message is resent once, with a mark.
"""

from datetime import timedelta
from typing import Any, Final

import httpx2

from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.outcome import Outcome, Retry, Sent, Unknown
from radar_alerts.notifiers import http_post
from radar_alerts.notifiers.slack.blocks import blocks, fallback_text
from radar_alerts.notifiers.slack.refusals import refused

EVENT_TYPE: Final = "radar_delivery"
LOOK_BACK: Final = timedelta(minutes=10)
PAGES: Final = 5


class SlackBot:
    """Calls Slack's Web API at ``api`` with ``token``."""

    def __init__(self, token: str, client: httpx2.Client, *, api: str) -> None:
        self._api = api.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._client = client

    def send(self, delivery: Delivery) -> Outcome:
        """Post the message once, with metadata by which ``has_message`` finds it."""
        to_a_person = delivery.destination.target.startswith(("U", "W"))
        body = {
            "channel": delivery.destination.target,
            "text": fallback_text(delivery.notice, resent=delivery.resent),
            "blocks": blocks(delivery.notice, resent=delivery.resent, mention=not to_a_person),
            "metadata": {"event_type": EVENT_TYPE, "event_payload": {"delivery_id": delivery.id}},
            "unfurl_links": False,
            "unfurl_media": False,
        }
        answer = self._call("chat.postMessage", body)
        if not isinstance(answer, dict):
            return answer
        if answer.get("ok") is True:
            return Sent(reference=f"{answer.get('channel')}/{answer.get('ts')}")
        return refused(str(answer.get("error")))

    def has_message(self, delivery: Delivery) -> bool | None:
        """Look through the channel's history since the delivery was made."""
        channel = self._channel(delivery.destination.target)
        if channel is None:
            return None
        oldest = f"{(delivery.created_at - LOOK_BACK).timestamp():.6f}"
        query: dict[str, Any] = {
            "channel": channel,
            "oldest": oldest,
            "include_all_metadata": True,
            "limit": 200,
        }
        for _ in range(PAGES):
            page = self._call("conversations.history", query)
            if not isinstance(page, dict) or page.get("ok") is not True:
                return None
            if any(_is(message, delivery.id) for message in page.get("messages", [])):
                return True
            cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not cursor:
                return False
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


def _is(message: Any, delivery_id: str) -> bool:
    metadata = message.get("metadata") if isinstance(message, dict) else None
    payload = metadata.get("event_payload") if isinstance(metadata, dict) else None
    return isinstance(payload, dict) and payload.get("delivery_id") == delivery_id
