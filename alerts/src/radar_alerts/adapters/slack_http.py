"""One HTTP request to Slack, and what its answer means for the message.

What matters is whether Slack may have acted: a connection that never came about is safe to try again, an answer
that got lost is not. 5xx from Slack's front door means that it wasn't taken.
"""

from collections.abc import Mapping
from typing import Any, Final

import httpx2

from radar_alerts.domain.outcome import Failed, Outcome, Retry, Unknown

_TIMEOUT: Final = httpx2.Timeout(10.0, connect=5.0)
DEFAULT_WAIT: Final = 30.0
LONGEST_WAIT: Final = 3600.0

# What Slack answers for as long as nobody mends the set-up (docs.slack.dev, chat.postMessage and incoming webhooks).
PERMANENT: Final = frozenset({
    "account_inactive", "action_prohibited", "as_user_not_supported", "cannot_reply_to_message",
    "channel_is_archived", "channel_not_found", "channel_type_not_supported", "ekm_access_denied",
    "enterprise_is_restricted", "invalid_arguments", "invalid_auth", "invalid_blocks",
    "invalid_blocks_format", "invalid_metadata_format", "invalid_metadata_schema", "invalid_payload",
    "invalid_token", "is_archived", "messages_tab_disabled", "missing_scope", "msg_too_long", "no_active_hooks",
    "no_permission", "no_service", "no_service_id", "no_team", "no_text", "not_allowed_token_type",
    "not_authed", "not_in_channel", "org_login_required", "posting_to_general_channel_denied",
    "restricted_action", "restricted_action_read_only_channel", "team_access_not_granted",
    "team_added_to_org", "team_disabled", "token_expired", "token_revoked", "too_many_attachments",
    "two_factor_setup_required", "user_not_found", "user_not_visible",
})  # fmt: skip


def client() -> httpx2.Client:
    """Return a client for Slack, to be closed by whoever asked for it."""
    return httpx2.Client(timeout=_TIMEOUT, follow_redirects=False)


def post(client: httpx2.Client, url: str, body: Any, headers: Mapping[str, str]) -> httpx2.Response | Outcome:
    """Return Slack's 2xx or 4xx answer, or the outcome when there is none worth reading."""
    try:
        return _status(client.post(url, json=body, headers=dict(headers)))
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
        return Retry(reason=f"Slack can't be reached ({type(error).__name__})")
    except (httpx2.UnsupportedProtocol, httpx2.InvalidURL, httpx2.LocalProtocolError):
        return Failed(reason="the address configured for Slack isn't usable", operators=True)
    except httpx2.TransportError as error:
        return Unknown(reason=f"Slack's answer was lost ({type(error).__name__})")


def _status(answer: httpx2.Response) -> httpx2.Response | Outcome:
    if answer.status_code == httpx2.codes.TOO_MANY_REQUESTS:
        return Retry(reason="Slack asked to slow down", after=retry_after(answer), throttled=True)
    if answer.status_code >= 500:
        return Retry(reason=f"Slack answered {answer.status_code}", after=retry_after(answer, default=None))
    if answer.is_redirect:
        return Failed(reason="the address configured for Slack redirects elsewhere", operators=True)
    return answer


def refused(code: str) -> Outcome:
    """Return the outcome of an error code of Slack's."""
    if code in {"ratelimited", "rate_limited"}:
        return Retry(reason="Slack asked to slow down", after=DEFAULT_WAIT, throttled=True)
    if code in PERMANENT:
        return Failed(reason=f"Slack refused: {code}", operators=True)
    return Retry(reason=f"Slack refused: {printable(code)}")


def retry_after(answer: httpx2.Response, *, default: float | None = DEFAULT_WAIT) -> float | None:
    """Return the seconds of the header Retry-After, within reason."""
    try:
        seconds = float(answer.headers["Retry-After"])
    except (KeyError, ValueError):
        return default
    return min(max(seconds, 0.0), LONGEST_WAIT) if seconds == seconds else default  # noqa: PLR0124 - NaN


def printable(code: str) -> str:
    """Return what a stranger called an error, fit to show."""
    return "".join(one for one in code[:80] if one.isprintable())
