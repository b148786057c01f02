"""Whom mail may go to: owners' addresses come with events, and who may write events may not thereby read."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class AllowedAddresses:
    """The mail domains of the workspace's own people, and the addresses that the operators configured."""

    domains: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()

    def __contains__(self, address: str) -> bool:
        return address in self.addresses or address.rpartition("@")[2].lower() in self.domains


def domains_in(text: str) -> frozenset[str]:
    """Return the domains in a text with commas, in small letters, without a leading @."""
    return frozenset(one.strip().removeprefix("@").lower() for one in text.split(",") if one.strip())
