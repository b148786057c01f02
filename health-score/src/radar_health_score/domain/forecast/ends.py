"""When contracts were expected to end, as far as was known at a moment, and how they ended.

A contract id may carry several terms: they are told apart by product and start. What was said of a term without a
start of its own belongs to the term that was open when it was said. A closing ends the open term whose renewal date
it names, else the one whose date is nearest: so a term that was renewed early or late still gets its outcome, and two
terms of one id that overlap each get their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from msgspec import UnsetType

from radar_chassis.contracts.events import ContractClosed, ContractUpdated
from radar_chassis.contracts.scalars import Money
from radar_health_score.domain.attributes import Patch

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermEnd:
    """A term's end.

    Attributes:
        renews_on: the renewal date that stands.
        said: ids of the events that spoke of the term; they identify it, whatever is learned later.
        churned: how it ended; None while that isn't known.
        known_at: from when on the outcome counted, in microseconds since 1970; None while it isn't known.
        agreed: MRR from then on, where the closing told one.
    """

    contract_id: str
    product: str | None
    starts_on: date | None
    renews_on: date
    mrr: Money | None = None
    said: frozenset[str] = field(default_factory=frozenset)
    churned: bool | None = None
    known_at: int | None = None
    agreed: Money | None = None


def terms_of(patches: Iterable[Patch]) -> tuple[TermEnd, ...]:
    """Return every term that ``patches`` speak of, with its outcome as far as they tell it."""
    # A closing comes before what is said at the same moment: that is about the next term.
    told = [patch for patch in patches if patch.kind in {"contract", "closing"}]
    told.sort(key=lambda patch: (patch.valid_at, patch.kind == "contract", patch.known_at, patch.position))
    terms: list[TermEnd] = []
    for patch in told:
        if isinstance(patch.data, ContractClosed):
            _close(terms, patch, patch.data)
        elif isinstance(patch.data, ContractUpdated):
            _say(terms, patch, patch.data)
    return tuple(terms)


def expected(terms: Iterable[TermEnd]) -> tuple[TermEnd, ...]:
    """Return the terms without an outcome."""
    return tuple(term for term in terms if term.known_at is None)


def outcome_of(term: TermEnd, terms: Sequence[TermEnd]) -> TermEnd:
    """Return ``term``, which was known earlier, as it stands in ``terms``, where more is known."""
    first = min(term.said)
    found = next((one for one in terms if first in one.said), None)
    return term if found is None else replace(term, churned=found.churned, known_at=found.known_at)


def _say(terms: list[TermEnd], patch: Patch, data: ContractUpdated) -> None:
    product, starts_on = _told(data.product), _told(data.starts_on)
    at = _about(terms, data.contract_id, product, starts_on)
    if at is None:
        terms.append(
            TermEnd(
                contract_id=data.contract_id,
                product=product,
                starts_on=starts_on,
                renews_on=data.renews_on,
                mrr=_paid_before(terms, data.contract_id) if isinstance(data.mrr, UnsetType) else data.mrr,
                said=frozenset({patch.entity_id}),
            )
        )
        return
    term = terms[at]
    terms[at] = replace(
        term,
        renews_on=data.renews_on,
        mrr=term.mrr if isinstance(data.mrr, UnsetType) else data.mrr,
        said=term.said | {patch.entity_id},
    )


def _about(
    terms: Sequence[TermEnd], contract_id: str, product: str | None, starts_on: date | None
) -> int | None:
    """Return the open term that is spoken of; None where it is a new one."""
    for at in reversed(range(len(terms))):
        term = terms[at]
        if term.contract_id != contract_id or term.known_at is not None:
            continue
        same_product = product is None or term.product is None or product == term.product
        if same_product and starts_on in {None, term.starts_on}:
            return at
    return None


def _close(terms: list[TermEnd], patch: Patch, data: ContractClosed) -> None:
    open_ones = [
        at
        for at, term in enumerate(terms)
        if term.contract_id == data.contract_id
        and term.known_at is None
        and (term.starts_on is None or term.starts_on < data.on)
    ]
    if open_ones:
        at = min(open_ones, key=lambda at: (abs((terms[at].renews_on - data.on).days), at))
        terms[at] = replace(
            terms[at],
            churned=data.outcome == "churned",
            known_at=patch.counts_from,
            agreed=_told(data.new_mrr),
        )


def _paid_before(terms: Sequence[TermEnd], contract_id: str) -> Money | None:
    """Return what the contract's last term ended with: a term that names no amount goes on with it."""
    return next((one.agreed or one.mrr for one in reversed(terms) if one.contract_id == contract_id), None)


def _told(value: T | UnsetType | None) -> T | None:
    return None if isinstance(value, UnsetType) else value
