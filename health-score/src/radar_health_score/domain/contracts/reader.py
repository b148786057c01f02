"""The one reader of contract terms: from what was told of an account's contracts to their terms, in order.

"A contract now", "a term that ended", what is paid on a day and the forecast's labels are all views of these terms.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.contracts import contract_lines
from radar_health_score.domain.contracts.drafts import Draft
from radar_health_score.domain.contracts.line_reader import LineReader
from radar_health_score.domain.contracts.replacement import with_replacements
from radar_health_score.domain.contracts.statements import Statement, Statements, in_order
from radar_health_score.domain.contracts.term import Term
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_vocabulary.contracts.scalars import Money

if TYPE_CHECKING:
    from radar_health_score.domain.contracts.pauses import Pause

Amounts = list[tuple[date, Money | None]]


def read_terms(statements: Statements, days: WorkspaceDays) -> tuple[Term, ...]:
    """Return the terms of every contract, by contract id and line, each line's oldest first."""
    told = sorted(statements.by_contract.items())
    terms = [term for name, said in told for term in terms_of(name, in_order(said, days))]
    return with_replacements(terms)


def terms_of(contract_id: str, statements: Sequence[Statement]) -> Iterator[Term]:
    """Yield the terms of one contract, given its statements in the order in which they hold."""
    for line, (about, shared) in enumerate(_lines(statements)):
        reader = LineReader()
        reader.read(about, shared)
        yield from _LineTerms(contract_id, line, reader).terms()


def _lines(statements: Sequence[Statement]) -> list[tuple[Sequence[Statement], frozenset[int]]]:
    """Return the statements of each line and which of them end other lines' terms too, by first mention."""
    if len({statement.says["product"] for statement in statements if statement.says.get("product")}) < 2:
        return [(statements, frozenset())]
    lines = contract_lines.lines_of([_line_statement(statement) for statement in statements])
    lines.sort(
        key=lambda line: min(
            (statements[at].since, statements[at].stamp[2]) for at in line if not statements[at].closes
        )
    )
    of = Counter(at for line in lines for at in line)
    return [
        ([statements[at] for at in line], frozenset(place for place, at in enumerate(line) if of[at] > 1))
        for line in lines
    ]


def _line_statement(statement: Statement) -> contract_lines.LineStatement:
    says = statement.says
    if statement.closes:
        return contract_lines.LineStatement(
            on=says.get("on") or statement.day, takes_back=statement.takes_back
        )
    return contract_lines.LineStatement(
        product=says.get("product"), starts_on=says.get("starts_on"), renews_on=says.get("renews_on")
    )


class _LineTerms:
    """The terms of one line, made of what was read of it."""

    def __init__(self, contract_id: str, line: int, reader: LineReader) -> None:
        self._contract_id = contract_id
        self._line = line
        self._pauses: tuple[Pause, ...] = reader.pauses
        self._groups = _groups(reader.drafts)

    def terms(self) -> list[Term]:
        real = _without_void(self._groups)
        numbers = _numbers(self._groups)
        if real and _goes_on(real[-1][-1]):
            implied = _implied(real[-1][-1])
            real.append([implied])
            numbers[id(implied)] = len(self._groups) + 1
        found: list[Term] = []
        for at, group in enumerate(real):
            following = real[at + 1] if at + 1 < len(real) else None
            before = found[-1].contract if found else None
            found.append(self._term(group, following, before, numbers[id(group[0])]))
        return found

    def _term(
        self, group: list[Draft], following: list[Draft] | None, before: Contract | None, number: int
    ) -> Term:
        first, last = group[0], group[-1]
        closing, known_at = _ending(last, following)
        amounts = _amounts(group, before)
        told = last.attributes
        contract = Contract(
            contract_id=self._contract_id,
            renews_on=last.renews_on,
            starts_on=first.begins,
            product=told.get("product"),
            mrr=amounts[-1][1] if amounts else None,
            seats=told.get("seats"),
            auto_renew=told.get("auto_renew"),
            notice_days=told.get("notice_days"),
            closing=closing,
            earlier_mrr=tuple(
                (later, amount)
                for (_, amount), (later, following_amount) in pairwise(amounts)
                if amount != following_amount
            ),
            earlier_seats=tuple(
                (later.begins or date.min, one.attributes.get("seats")) for one, later in pairwise(group)
            ),
            line=self._line,
            number=number,
            trial=last.trial,
            evergreen=last.evergreen,
            start_assumed=first.starts_on is None and first.opened == "told",
            pauses=self._pauses,
            outcome_known_at=known_at,
        )
        statements = tuple(statement for draft in group for statement in draft.statements)
        return Term(
            contract=contract,
            statements=statements,
            dates=tuple(last.dates),
            alone=not statements and first.before is None,
        )


def _groups(drafts: Iterable[Draft]) -> list[list[Draft]]:
    """Return what is one term each: a term and the steps that were agreed together with it."""
    groups: list[list[Draft]] = []
    for draft in drafts:
        if draft.opened == "step" and groups and not groups[-1][-1].churned:
            groups[-1].append(draft)
        else:
            groups.append([draft])
    return groups


def _without_void(groups: Iterable[list[Draft]]) -> list[list[Draft]]:
    """Return the terms that came to be, or may yet.

    A term never came to be that was cancelled on or before its start. Nor did one that was to follow a term whose churn
    was told later: it was told of before that end, or has no start of its own, or began before that end.
    """
    real: list[list[Draft]] = []
    churned: list[Draft] = []
    for group in groups:
        first, last = group[0], group[-1]
        if first.is_void or last.is_void:
            continue
        if last.closing is None and any(_ends_what_follows(one, first) for one in churned):
            continue
        real.append(group)
        if last.churned:
            churned.append(last)
    return real


def _ends_what_follows(churned: Draft, first: Draft) -> bool:
    closing = churned.closing
    if closing is None or first.at >= churned.closed_at:
        return False
    told = min((statement.day for statement in first.statements), default=date.min)
    return told < closing.on or first.opened != "told" or (first.begins or date.min) < closing.on


def _goes_on(draft: Draft) -> bool:
    return draft.closing is not None and not draft.churned


def _implied(before: Draft) -> Draft:
    """Return the term after one that was renewed, of which nothing was told.

    Its renewal date is assumed only where the contract renews by itself.
    """
    draft = Draft(before, None, "closing", before.at)
    begins = draft.begins
    if draft.attributes.get("auto_renew") and begins is not None:
        draft.renews_on = begins + draft.length
    return draft


def _ending(last: Draft, following: list[Draft] | None) -> tuple[Closing | None, int | None]:
    """Return how a term ended and from when that counted: who tells the next term has renewed the one before."""
    if last.closing is not None:
        return last.closing, last.known_at
    if following is None:
        return None, None
    since = min((statement.since for statement in following[0].statements), default=None)
    return Closing(on=following[0].begins or date.min, outcome="renewed"), since


def _amounts(group: Sequence[Draft], before: Contract | None) -> Amounts:
    """Return (from day, MRR) in turn: a term that begins without an amount goes on with what was agreed before it."""
    first, amounts = group[0], Amounts()
    told_at_first = bool(first.statements) and "mrr" in first.statements[0].says
    if before is not None and not told_at_first:
        agreed = None if before.closing is None else before.closing.new_mrr
        if agreed is not None or not before.trial:
            amounts.append((first.begins or date.min, agreed or before.mrr))
    for at, draft in enumerate(group):
        earliest = (draft.begins or date.min) if at else date.min
        latest = (group[at + 1].begins or date.max) if at + 1 < len(group) else date.max
        amounts += [(min(max(day, earliest), latest), amount) for day, amount in draft.amounts]
    return amounts


def _numbers(groups: Sequence[list[Draft]]) -> dict[int, int]:
    """Return the number of each term, in the order in which they were first told of."""
    told = sorted(groups, key=lambda group: _first_known(group[0]))
    return {id(group[0]): number for number, group in enumerate(told, 1)}


def _first_known(draft: Draft) -> tuple[int, int]:
    """Return from when the term was told of; one that begins by a closing alone is told of by that."""
    first = min(((statement.since, statement.stamp[2]) for statement in draft.statements), default=(0, 0))
    before = draft.before
    if draft.opened == "closing" and before is not None and before.known_at is not None:
        return max(first, (before.known_at, before.closing_stamp[2]))
    return first
