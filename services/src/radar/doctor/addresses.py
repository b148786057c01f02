"""Looks at the addresses at which services answer."""

from collections.abc import Iterator, Mapping

import httpx2

from radar.doctor.finding import Finding, finding
from radar_chassis.errors import ConfigurationError, Unavailable

TIMEOUT = 5.0


def check_addresses(addresses: Mapping[str, str | None]) -> Iterator[Finding]:
    """Yield a finding on each address that is set: whether a ready service is there."""
    for name, address in addresses.items():
        if address:
            yield finding(name, lambda url=address: _ready(url))  # type: ignore[misc]


def _ready(url: str) -> str:
    if not url.startswith(("http://", "https://")):
        raise ConfigurationError("it must begin with http:// or https://")
    try:
        answer = httpx2.get(f"{url.rstrip('/')}/readyz", timeout=TIMEOUT)
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise Unavailable(f"nothing answers there ({type(error).__name__})") from error
    if answer.status_code != httpx2.codes.OK:
        raise Unavailable(f"it answers {answer.status_code}: {_why(answer)}")
    return "ready"


def _why(answer: httpx2.Response) -> str:
    try:
        checks = answer.json()["checks"]
        return "; ".join(f"{name}: {said}" for name, said in checks.items() if said != "ok")
    except (ValueError, KeyError, TypeError, AttributeError):
        return "it doesn't look like Renewal Radar"
