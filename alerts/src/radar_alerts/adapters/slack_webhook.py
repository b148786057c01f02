"""Slack through an incoming webhook: one address, one channel, no way to look whether a message is there."""

import httpx2

from radar_alerts.adapters import slack_http
from radar_alerts.adapters.slack_blocks import blocks, fallback_text
from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.outcome import Outcome, Sent


class SlackWebhook:
    """Posts to the webhook ``url``, which is a secret: it never shows in a reason."""

    def __init__(self, url: str, client: httpx2.Client) -> None:
        self._url = url
        self._client = client

    def send(self, delivery: Delivery) -> Outcome:
        """Post the message once."""
        body = {
            "text": fallback_text(delivery.notice, resent=delivery.resent),
            "blocks": blocks(delivery.notice, resent=delivery.resent, mention=True),
        }
        answer = slack_http.post(self._client, self._url, body, {})
        if not isinstance(answer, httpx2.Response):
            return answer
        return Sent() if answer.is_success else slack_http.refused(answer.text.strip())

    def has_message(self, delivery: Delivery) -> bool | None:  # noqa: ARG002 - part of the port
        """A webhook can't tell."""
        return None
