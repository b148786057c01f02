"""Is a request really from Slack, and fresh?"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from slack_sdk.signature import Clock as SlackClock
from slack_sdk.signature import SignatureVerifier

from radar_chassis.clock import Clock

STALE_AFTER: Final = timedelta(minutes=5)
TIMESTAMP: Final = "X-Slack-Request-Timestamp"
SIGNATURE: Final = "X-Slack-Signature"


class _OurClock(SlackClock):
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.now().timestamp()


def is_from_slack(secret: str, clock: Clock, headers: Mapping[str, str], body: bytes) -> bool:
    """Return whether Slack signed the raw body within five minutes; anything else is False, never an error."""
    verifier = SignatureVerifier(secret, _OurClock(clock))
    try:
        return verifier.is_valid(body, headers.get(TIMESTAMP), headers.get(SIGNATURE))
    except (ValueError, TypeError, OverflowError):
        # The verifier raises on headers that aren't numbers or ASCII, and on bodies that aren't UTF-8.
        return False
