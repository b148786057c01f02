"""One HTTP request to a channel, and what its answer means for the message.

What matters is whether the channel may have acted: a connection that never came about is safe to try again, an
answer that got lost is not. 5xx from a channel's front door means that it wasn't taken.
"""

from collections.abc import Mapping
from typing import Any, Final

import httpx2

from radar_alerts.domain.outcome import Failed, Outcome, Retry, Sent, Unknown

_TIMEOUT: Final = httpx2.Timeout(10.0, connect=5.0)
DEFAULT_WAIT: Final = 30.0
LONGEST_WAIT: Final = 3600.0


def client() -> httpx2.Client:
    """Return a client for channels, to be closed by whoever asked for it."""
    return httpx2.Client(timeout=_TIMEOUT, follow_redirects=False)


def post(
    client: httpx2.Client,
    url: str,
    *,
    to: str,
    json: Any = None,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    extensions: Mapping[str, Any] | None = None,
) -> httpx2.Response | Outcome:
    """Return the 2xx or 4xx answer, or the outcome when there is none worth reading; ``to`` names the channel."""
    try:
        answer = client.post(
            url,
            json=json,
            content=content,
            headers=dict(headers or {}),
            extensions=dict(extensions or {}),
            follow_redirects=False,
        )
    except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
        return Retry(reason=f"{to} can't be reached ({type(error).__name__})")
    except (httpx2.UnsupportedProtocol, httpx2.InvalidURL, httpx2.LocalProtocolError):
        return Failed(reason=f"the address configured for {to} isn't usable", operators=True)
    except httpx2.TransportError as error:
        return Unknown(reason=f"{to}'s answer was lost ({type(error).__name__})")
    return _status(answer, to)


def _status(answer: httpx2.Response, to: str) -> httpx2.Response | Outcome:
    if answer.status_code == httpx2.codes.TOO_MANY_REQUESTS:
        return Retry(reason=f"{to} asked to slow down", after=retry_after(answer), throttled=True)
    if answer.status_code >= 500:
        return Retry(reason=f"{to} answered {answer.status_code}", after=retry_after(answer, default=None))
    if answer.is_redirect:
        return Failed(reason=f"the address configured for {to} redirects elsewhere", operators=True)
    return answer


def settled(answer: httpx2.Response, to: str) -> Outcome:
    """Return what an answer means where the channel says no more than its status: 2xx taken, 408 and 425 later."""
    if answer.is_success:
        return Sent()
    if answer.status_code in {httpx2.codes.REQUEST_TIMEOUT, httpx2.codes.TOO_EARLY}:
        return Retry(reason=f"{to} answered {answer.status_code}")
    return Failed(reason=f"{to} refused the message ({answer.status_code})", operators=True)


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
