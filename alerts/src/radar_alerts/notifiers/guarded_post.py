"""A request to an address that somebody configured, which can't be turned against our own network.

The host must be listed. Its name is resolved once, every address it has must be a public one (unless the host is listed
as private), and the connection goes to the address that was checked: a name that changes its mind in between has no
effect. Redirects aren't followed.
"""

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

import httpx2

from radar_alerts.domain.outcome import Failed, Outcome, Retry
from radar_alerts.notifiers import http_post


@dataclass(frozen=True, kw_only=True)
class AllowedHosts:
    """Hosts that may be called, with those below them, and hosts that may have an address that isn't public."""

    hosts: frozenset[str]
    private: frozenset[str] = frozenset()

    def allows(self, host: str) -> bool:
        """Return whether the host, or one that it lies below, is listed."""
        return host in self.private or any(host == one or host.endswith(f".{one}") for one in self.hosts)


def hosts_in(text: str) -> frozenset[str]:
    """Return the hosts in a text with commas, in small letters."""
    return frozenset(one.strip().lower() for one in text.split(",") if one.strip())


def post(
    client: httpx2.Client,
    url: str,
    content: bytes,
    headers: Mapping[str, str],
    *,
    allowed: AllowedHosts,
    to: str,
) -> Outcome:
    """Post once, and return what the answer means; ``to`` names the channel in reasons. Raises nothing."""
    parts = _usable(url)
    host = (parts.hostname or "").lower() if parts else ""
    if parts is None or not allowed.allows(host):
        return Failed(
            reason=f"the address configured for {to} isn't on a host that is listed", operators=True
        )
    address = _address(host, _port(parts), private=host in allowed.private, to=to)
    if not isinstance(address, str):
        return address
    at = f"[{address}]" if ":" in address else address
    answer = http_post.post(
        client,
        parts._replace(netloc=f"{at}:{_port(parts)}").geturl(),
        content=content,
        headers={**headers, "Host": parts.netloc.rpartition("@")[2]},
        extensions={"sni_hostname": host},
        to=to,
    )
    return http_post.settled(answer, to) if isinstance(answer, httpx2.Response) else answer


def _usable(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        return parts if parts.scheme in {"https", "http"} and parts.hostname and _port(parts) else None
    except ValueError:
        return None


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _address(host: str, port: int, *, private: bool, to: str) -> str | Outcome:
    try:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        return Retry(reason=f"{to}'s host can't be found ({type(error).__name__})")
    if not private and not all(_public(one) for one in found):
        return Failed(reason=f"the host configured for {to} has an address that isn't public", operators=True)
    return found[0]


def _public(text: str) -> bool:
    address = ip_address(text.partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    checked = mapped or address
    return checked.is_global and not checked.is_multicast
