"""Talks to the running product for commands, and says in one sentence why it can't."""

from typing import Any, TypeVar

import httpx2
import msgspec

from radar.importer.transport import said
from radar_chassis.errors import ConfigurationError, RadarError, Unavailable

T = TypeVar("T")


class ApiError(RadarError):
    """The product answered with a problem."""

    code = "refused"


def client(url: str, key: str | None) -> httpx2.Client:
    """Return a client for the product at ``url``. Raises ConfigurationError without a key."""
    if not key:
        raise ConfigurationError(
            "Set RADAR_KEY (or --key) to an API key; `radar run` prints one, `radar keys create` creates one."
        )
    if not key.isascii():
        raise ConfigurationError("RADAR_KEY isn't an API key: they look like radar_….")
    if not url.startswith(("http://", "https://")):
        raise ConfigurationError("RADAR_URL must begin with http:// or https://.")
    return httpx2.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=30.0)


def greet(http: httpx2.Client) -> None:
    """Make sure that somebody is there, before patience with a short absence begins. Raises Unavailable, Refused."""
    request_json(http, "GET", "/healthz", dict)


def request_json(http: httpx2.Client, method: str, path: str, answer: type[T], **arguments: Any) -> T:
    """Return the answer to a request, read as ``answer``. Raises Unavailable, Refused."""
    try:
        response = http.request(method, path, **arguments)
    except httpx2.TransportError as error:
        raise Unavailable(
            f"Nothing answers at {http.base_url} ({type(error).__name__}); "
            "check that the product runs and RADAR_URL is right."
        ) from error
    if not response.is_success:
        raise ApiError(f"{http.base_url} answers {response.status_code}: {said(response)}")
    try:
        return msgspec.json.decode(response.content, type=answer)
    except msgspec.DecodeError as error:
        raise ApiError(
            f"{http.base_url} answers, but not as Renewal Radar does; is RADAR_URL right?"
        ) from error
