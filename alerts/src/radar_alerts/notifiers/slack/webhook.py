"""Slack through an incoming webhook: one address, one channel, no threads, no way to look for a message."""

import httpx2

from radar_alerts.domain.delivery import Delivery, mark_of
from radar_alerts.domain.outcome import Outcome, Sent
from radar_alerts.domain.threads import Thread
from radar_alerts.notifiers import http_post
from radar_alerts.notifiers.slack.blocks import blocks, fallback_text
from radar_alerts.notifiers.slack.refusals import refused


class SlackWebhook:
    """Posts to the webhook ``url``, which is a secret: it never shows in a reason."""

    def __init__(self, url: str, client: httpx2.Client, *, buttons: bool = False) -> None:
        self._url = url
        self._client = client
        self._buttons = buttons

    def send(self, delivery: Delivery, thread: Thread | None) -> Outcome:  # noqa: ARG002 - part of the port
        """Post the message once."""
        mark = mark_of(delivery)
        body = {
            "text": fallback_text(delivery.notice, mark=mark),
            "blocks": blocks(delivery.notice, mark=mark, mention=True, buttons=self._buttons),
        }
        answer = http_post.post(self._client, self._url, json=body, to="Slack")
        if not isinstance(answer, httpx2.Response):
            return answer
        return Sent() if answer.is_success else refused(answer.text.strip())

    def find(self, delivery: Delivery, thread: Thread | None) -> None:
        """A webhook can't tell."""
