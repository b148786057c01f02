"""Slack through an incoming webhook: one address, one channel, no way to look whether a message is there."""

import httpx2

from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.outcome import Outcome, Sent
from radar_alerts.notifiers import http_post
from radar_alerts.notifiers.slack.blocks import blocks, fallback_text
from radar_alerts.notifiers.slack.refusals import refused


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
        answer = http_post.post(self._client, self._url, json=body, to="Slack")
        if not isinstance(answer, httpx2.Response):
            return answer
        return Sent() if answer.is_success else refused(answer.text.strip())

    def has_message(self, delivery: Delivery) -> bool | None:  # noqa: ARG002 - part of the port
        """A webhook can't tell."""
        return None
