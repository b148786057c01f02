"""When contracts were expected to end, as far as was known at a moment, and how they ended.

Which of a contract's agreements a word is about, ``contract_lines`` tells, as it does for whoever reads contracts. In
one line terms follow one another as in ``contract_terms``: a start on or after the date that stands begins the next
term, and the one before counts as renewed unless a closing says otherwise. A closing ends the term whose renewal date
it names, else the one whose date is nearest: so one that was renewed early or late still gets its outcome. Who churned
has no next term open, though one was told of before, unless it begins when the contract was lost or later. What is
said again of an end on the same day corrects what was said first, and ends nothing else. A closing long after a date
that was expected once says nothing of that date: who moved the date on has renewed.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import takewhile
from typing import NamedTuple, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from radar_health_score.domain.account.attributes import Patch
from radar_health_score.domain.contracts.contract_lines import Word, lines_of
from radar_health_score.domain.contracts.terms import OVERDUE_GRACE
from radar_vocabulary.contracts.events import ContractClosed, ContractUpdated
from radar_vocabulary.contracts.scalars import Money

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEnd:
    """A term's end.

    Attributes:
        renews_on: the renewal date that stands.
        said: ids of the events that spoke of the term; they identify it, whatever is learned later.
        dates: the renewal dates it had, in turn, each with the moment from when on it counted.
        churned: how it ended; None while that isn't known. ``ended_on``: the day.
        known_at: from when on the outcome counted, in microseconds since 1970; None while it isn't known.
        agreed: MRR from then on, where the closing told one.
    """

    contract_id: str
    line: int
    product: str | None
    starts_on: date | None
    renews_on: date
    mrr: Money | None = None
    said: frozenset[str] = field(default_factory=frozenset)
    dates: tuple[tuple[int, date], ...] = ()
    churned: bool | None = None
    ended_on: date | None = None
    known_at: int | None = None
    agreed: Money | None = None


class _Said(NamedTuple):
    """A word on a contract; ``since``: from when on what it says of an outcome counted."""

    patch: Patch
    data: ContractUpdated | ContractClosed
    since: int


@dataclass(slots=True, kw_only=True)
class _Telling:
    """A term while it is told of. Its sets grow in place: a term may have thousands of versions."""

    contract_id: str
    line: int
    product: str | None
    starts_on: date | None
    renews_on: date
    mrr: Money | None
    said: set[str] = field(default_factory=set)
    dates: list[tuple[int, date]] = field(default_factory=list)
    churned: bool | None = None
    ended_on: date | None = None
    known_at: int | None = None
    agreed: Money | None = None
    closed: bool = False
    lost_on: date | None = None

    @property
    def void(self) -> bool:
        """Whether it had begun, as was told before, when the term before it turned out to be the last."""
        begun = self.lost_on and self.starts_on and self.starts_on < self.lost_on
        return bool(begun) and not self.closed

    def say(self, patch: Patch, renews_on: date) -> None:
        self.renews_on = renews_on
        self.said.add(patch.entity_id)
        since = patch.counts_from
        if self.dates and self.dates[-1][1] == renews_on:
            since = min(since, self.dates.pop()[0])
        self.dates.append((since, renews_on))

    def end(self) -> TermEnd:
        told = {one.name: getattr(self, one.name) for one in fields(TermEnd)}
        return TermEnd(**{**told, "said": frozenset(self.said), "dates": tuple(self.dates)})


def terms_of(patches: Iterable[Patch]) -> tuple[TermEnd, ...]:
    """Return every term that ``patches`` speak of, with its outcome as far as they tell it."""
    # A closing comes before what is said at the same moment: that is about the next term.
    told = [
        _Said(patch, patch.data, patch.counts_from)
        for patch in patches
        if isinstance(patch.data, ContractUpdated | ContractClosed)
    ]
    told.sort(
        key=lambda one: (
            one.patch.valid_at,
            one.patch.kind == "contract",
            one.patch.known_at,
            one.patch.position,
        )
    )
    told = _corrected(told)
    terms: list[_Telling] = []
    of_line: dict[tuple[str, int], list[_Telling]] = {}
    for (patch, data, since), lines in zip(told, _lines(told), strict=True):
        for line in lines:
            known = of_line.setdefault((data.contract_id, line), [])
            if isinstance(data, ContractClosed):
                _close(known, data, since, alone=len(lines) == 1)
            elif new := _say(known, patch, data, line):
                known.append(new)
                terms.append(new)
    return tuple(term.end() for term in terms if not term.void)


def _corrected(told: Sequence[_Said]) -> list[_Said]:
    """Return ``told``, in order, with one closing per contract and day: the last, where the first stood."""
    found: dict[object, _Said] = {}
    for at, one in enumerate(told):
        key = (one.data.contract_id, one.data.on) if isinstance(one.data, ContractClosed) else at
        found[key] = _correction(found[key], one) if key in found else one
    return list(found.values())


def _correction(first: _Said, last: _Said) -> _Said:
    before, after = first.data, last.data
    if not (isinstance(before, ContractClosed) and isinstance(after, ContractClosed)):
        return last
    data = after if after.new_mrr is not UNSET else msgspec.structs.replace(after, new_mrr=before.new_mrr)
    # Another outcome is known from when it was corrected; who looked back from before must not have known it.
    same = (before.outcome == "churned") == (after.outcome == "churned")
    return _Said(first.patch, data, min(first.since, last.since) if same else last.since)


def _lines(told: Sequence[_Said]) -> list[list[int]]:
    """Return the lines that each of ``told``, in order, is about."""
    by_contract: dict[str, list[int]] = {}
    for at, one in enumerate(told):
        by_contract.setdefault(one.data.contract_id, []).append(at)
    found: list[list[int]] = [[] for _ in told]
    for places in by_contract.values():
        for line, of_line in enumerate(lines_of([_word(told[at].data) for at in places])):
            for place in of_line:
                found[places[place]].append(line)
    return found


def _word(data: ContractUpdated | ContractClosed) -> Word:
    if isinstance(data, ContractUpdated):
        return Word(product=_told(data.product), starts_on=_told(data.starts_on), renews_on=data.renews_on)
    return Word(on=data.on)


def expected(terms: Iterable[TermEnd]) -> tuple[TermEnd, ...]:
    """Return the terms without an outcome."""
    return tuple(term for term in terms if term.known_at is None)


def outcome_of(term: TermEnd, terms: Sequence[TermEnd]) -> TermEnd:
    """Return ``term``, which was known earlier, as it stands in ``terms``, where more is known.

    Only a closing up to OVERDUE_GRACE after the date that stood then is its outcome. Without one it counts as renewed
    once its date was moved beyond that, which is known when it moved.
    """
    first = min(term.said)
    found = next((one for one in terms if first in one.said), None)
    if found is None:
        return term
    latest = term.renews_on + OVERDUE_GRACE
    if found.ended_on is not None and found.ended_on <= latest:
        return replace(term, churned=found.churned, ended_on=found.ended_on, known_at=found.known_at)
    beyond = [since for since, _ in takewhile(lambda told: told[1] > latest, reversed(found.dates))]
    return replace(term, churned=False, known_at=min(beyond)) if beyond else term


def _say(terms: Sequence[_Telling], patch: Patch, data: ContractUpdated, line: int) -> _Telling | None:
    """Note what is said in a line with these ``terms``; return the term where it is a new one."""
    product, starts_on = _told(data.product), _told(data.starts_on)
    known = _about(terms, starts_on)
    if known is None and starts_on is not None:
        _go_on(terms, patch, starts_on)
    term = known or _Telling(
        contract_id=data.contract_id,
        line=line,
        product=product,
        starts_on=starts_on,
        renews_on=data.renews_on,
        mrr=_paid_before(terms),
    )
    term.product, term.starts_on = product or term.product, starts_on or term.starts_on
    if not isinstance(data.mrr, UnsetType):
        term.mrr = data.mrr
    term.say(patch, data.renews_on)
    return term if known is None else None


def _about(terms: Sequence[_Telling], starts_on: date | None) -> _Telling | None:
    """Return the term that is spoken of, of those that nobody closed; None where it is a new one."""
    unclosed = [term for term in terms if not term.closed]
    for term in unclosed:
        if starts_on is not None and term.starts_on == starts_on:
            return term
    last = unclosed[-1] if unclosed else None
    return last if last is None or starts_on is None or starts_on < last.renews_on else None


def _go_on(terms: Sequence[_Telling], patch: Patch, starts_on: date) -> None:
    """Note that who tells the next term has renewed the one before, as long as nobody closes that."""
    for term in terms:
        if term.known_at is None:
            term.churned, term.ended_on, term.known_at = False, starts_on, patch.counts_from


def _close(terms: Sequence[_Telling], data: ContractClosed, since: int, *, alone: bool) -> None:
    open_ones = [
        term for term in terms if not term.closed and (term.starts_on is None or term.starts_on < data.on)
    ]
    if open_ones:
        term = min(open_ones, key=lambda term: abs((term.renews_on - data.on).days))
        term.churned, term.ended_on, term.closed = data.outcome == "churned", data.on, True
        # What several lines go on with together isn't any one line's own.
        term.known_at, term.agreed = since, _told(data.new_mrr) if alone else None
        for other in terms:
            if _follows(other, term):
                other.lost_on = data.on if term.churned else None


def _follows(other: _Telling, term: _Telling) -> bool:
    if other is term or other.starts_on is None:
        return False
    return other.starts_on >= (term.starts_on or term.renews_on)


def _paid_before(terms: Sequence[_Telling]) -> Money | None:
    """Return what the last term ended with: a term that names no amount goes on with it."""
    return next((one.agreed or one.mrr for one in reversed(terms) if not one.void), None)


def _told(value: T | UnsetType | None) -> T | None:
    return None if isinstance(value, UnsetType) else value
