"""Posts a notice as JSON, signed so that the receiver knows that it is from us and fresh."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, Final

import httpx2
import msgspec

from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.outcome import Failed, Outcome
from radar_alerts.domain.threads import Thread
from radar_alerts.notifiers import guarded_post
from radar_alerts.notifiers.guarded_post import AllowedHosts
from radar_chassis.clock import Clock

TIMESTAMP: Final = "X-Radar-Timestamp"
SIGNATURE: Final = "X-Radar-Signature"
DELIVERY: Final = "X-Radar-Delivery"


class Webhook:
    """Posts to ``urls`` by name. A repeat has the same delivery id, so that the receiver can drop it."""

    def __init__(
        self,
        urls: Mapping[str, str],
        client: httpx2.Client,
        *,
        secret: str,
        allowed: AllowedHosts,
        clock: Clock,
    ) -> None:
        self._urls = urls
        self._client = client
        self._secret = secret
        self._allowed = allowed
        self._clock = clock

    def send(self, delivery: Delivery, thread: Thread | None) -> Outcome:  # noqa: ARG002 - part of the port
        """Post the notice once."""
        url = self._urls.get(delivery.destination.target)
        if url is None:
            return Failed(reason="there is no address of this name in alerts.webhook.urls", operators=True)
        content = msgspec.json.encode(content_of(delivery))
        moment = str(int(self._clock.now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            DELIVERY: delivery.id,
            TIMESTAMP: moment,
            SIGNATURE: signature(self._secret, moment, content),
        }
        return guarded_post.post(self._client, url, content, headers, allowed=self._allowed, to="the webhook")

    def find(self, delivery: Delivery, thread: Thread | None) -> None:
        """A webhook can't tell."""


def signature(secret: str, moment: str, content: bytes) -> str:
    """Return ``v1=`` and the hex HMAC-SHA256 over the time stamp (seconds since 1970), a dot and the body."""
    signed = moment.encode() + b"." + content
    return f"v1={hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()}"


def content_of(delivery: Delivery) -> dict[str, Any]:
    """Return the notice and what it is about; receivers are named by their opaque ids."""
    notice = msgspec.to_builtins(delivery.notice)
    return {
        "version": 1,
        "delivery_id": delivery.id,
        "case_id": delivery.case_id,
        "receiver_id": delivery.receiver_id,
        "severity": delivery.severity,
        "thread": delivery.thread,
        "created_at": delivery.created_at,
        "resent": delivery.resent,
        "possibly_repeated": delivery.possibly_repeated,
        **{
            name: value
            for name, value in notice.items()
            if name not in {"mention", "actions", "case_id", "severity"}
        },
    }
