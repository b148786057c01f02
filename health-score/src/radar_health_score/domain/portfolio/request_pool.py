"""One pool of customers' requests: similar ones merged, worthless ones left out, the rest ranked.

First comes what blocks a customer's use, then what wins deals against a competitor, then what saves or makes the
customer money; among equals, the one with most ARR behind it, then the one that most accounts want.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from radar_health_score.domain.metrics.support import is_finished
from radar_health_score.domain.workspace.exchange import Amounts

KINDS: Final = ("blocks_use", "wins_deal", "money", "other")
DISMISSED: Final = frozenset({"duplicate", "invalid", "worthless"})
ALIKE: Final = 0.6
_WORDS: Final = re.compile(r"[^\W_]+")
_WITHOUT_BLANKS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LITTLE: Final = frozenset(
    {"a", "an", "and", "as", "at", "be", "for", "from", "in", "is", "it", "of", "on", "or", "our", "please", "the",
     "to", "us", "we", "with", "would"}
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerRequest:
    """What one account asks for. ``arr`` is the account's, by currency; ``asked_on`` when it was first said."""

    account_id: str
    request_id: str
    asked_on: date
    kind: str | None
    status: str | None
    description: str | None
    module: str | None
    region: str | None
    follow_up: str | None
    arr: Amounts

    @property
    def open(self) -> bool:
        """Whether it still waits: it is neither finished nor dismissed, and says anything at all."""
        said = bool(self.description or self.module)
        return (
            said and not is_finished(self.status) and (self.status or "").strip().casefold() not in DISMISSED
        )


@dataclass(slots=True)
class Demand:
    """Similar wishes taken together; ``arr`` counts each account once."""

    requests: list[CustomerRequest] = field(default_factory=list)
    arr: dict[str, float] = field(default_factory=dict)
    accounts: set[str] = field(default_factory=set)

    def add(self, request: CustomerRequest) -> None:
        """Take one more in."""
        self.requests.append(request)
        if request.account_id not in self.accounts:
            self.accounts.add(request.account_id)
            for currency, amount in request.arr.items():
                self.arr[currency] = self.arr.get(currency, 0.0) + amount

    @property
    def kind(self) -> str:
        """The most pressing kind among them."""
        return min((_kind(request) for request in self.requests), key=KINDS.index)


def pooled(requests: Iterable[CustomerRequest]) -> list[Demand]:
    """Return the demands behind ``requests``, most pressing first; the same wishes in any order give the same.

    Two wishes are similar when they are about the same module and their descriptions share ALIKE of their words (of
    pairs of signs where a language writes no blanks); each joins the most similar demand there is.
    """
    groups: dict[str, _Group] = {}
    for request in sorted(requests, key=lambda one: (one.asked_on, one.account_id, one.request_id)):
        groups.setdefault((request.module or "").strip().casefold(), _Group()).take(request)
    found = [demand for group in groups.values() for demand in group.demands]
    return sorted(found, key=_pressing_first)


class _Group:
    """Demands about one module, and which of them use a word."""

    def __init__(self) -> None:
        self.demands: list[Demand] = []
        self._words: list[frozenset[str]] = []
        self._using: dict[str, list[int]] = {}

    def take(self, request: CustomerRequest) -> None:
        words = words_of(request.description)
        place = self._most_similar(words)
        if place is None:
            place = len(self.demands)
            self.demands.append(Demand())
            self._words.append(words)
            for word in words or {""}:
                self._using.setdefault(word, []).append(place)
        self.demands[place].add(request)

    def _most_similar(self, words: frozenset[str]) -> int | None:
        if not words:
            return next(iter(self._using.get("", ())), None)
        shared: dict[int, int] = {}
        for word in words:
            for place in self._using.get(word, ()):
                shared[place] = shared.get(place, 0) + 1
        alike = [(n / len(words | self._words[place]), -place) for place, n in shared.items()]
        best = max(alike, default=(0.0, 0))
        return -best[1] if best[0] >= ALIKE else None


def words_of(text: str | None) -> frozenset[str]:
    """Return the words of a description that tell it from others, in lower case."""
    found: set[str] = set()
    for word in _WORDS.findall((text or "").casefold()):
        if _WITHOUT_BLANKS.search(word):
            found.update(word[at : at + 2] for at in range(max(1, len(word) - 1)))
        elif word not in _LITTLE:
            found.add(word)
    return frozenset(found)


def count_by_kind(demands: Sequence[Demand]) -> Mapping[str, int]:
    """Return how many demands of each kind there are."""
    counts = dict.fromkeys(KINDS, 0)
    for demand in demands:
        counts[demand.kind] += 1
    return counts


def _kind(request: CustomerRequest) -> str:
    return request.kind if request.kind in KINDS else "other"


def _pressing_first(demand: Demand) -> tuple[int, float, int, date, str]:
    first = demand.requests[0]
    largest = max(demand.arr.values(), default=0.0)
    return KINDS.index(demand.kind), -largest, -len(demand.accounts), first.asked_on, first.request_id
