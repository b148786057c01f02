"""Walks the history of accounts and observes every contract end from some days before it."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from radar_chassis.store.database import Database
from radar_health_score.domain.account.attributes import Patch
from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.contracts.contract_terms import statements_of_patches
from radar_health_score.domain.contracts.reader import read_terms, terms_of
from radar_health_score.domain.contracts.statements import Statement, in_order
from radar_health_score.domain.contracts.term import Term
from radar_health_score.domain.contracts.term_outcomes import expected, outcome_of, same_term
from radar_health_score.domain.contracts.terms import arr_of
from radar_health_score.domain.forecast.later_outcomes import later_outcomes_of
from radar_health_score.domain.forecast.leads import LEADS
from radar_health_score.domain.forecast.observed_contract import ObservedContract
from radar_health_score.domain.history.past_facts import History
from radar_health_score.domain.scoring.assessment import assess
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.segments import effective_segment
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, from_micros, to_micros
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.service.state.facts import FactsReader

CHUNK: Final = 20
PAGE: Final = 500
MOST_SAMPLED: Final = 2000
ObservingProgress = Callable[[int, int], None]
AccountHistory = tuple[History, list[Patch]]


class ObservationPoint(NamedTuple):
    """An open term seen some days before its end, as it was known then."""

    at: datetime
    lead_days: int
    term: Term

    @property
    def renews_on(self) -> date:
        """The renewal date that stood then."""
        assert self.term.contract.renews_on is not None, "what is observed has a date"
        return self.term.contract.renews_on


@dataclass(frozen=True, kw_only=True)
class Observing:
    """Observes contract ends.

    Attributes:
        configuration: gives the scorecards and rules that judge what was known at a moment.
        until: nothing that began to count later is used, labels included.
    """

    database: Database
    rows: FactRows
    reader: FactsReader
    scan: ScanRows
    configuration: Callable[[datetime], Configuration]
    until: datetime

    def every(
        self,
        leads: Sequence[int] = LEADS,
        progress: ObservingProgress | None = None,
        sampled: Sequence[int] = (),
        most: int = MOST_SAMPLED,
    ) -> Iterator[ObservedContract]:
        """Yield the observations of all accounts, by account; ``progress`` is told (accounts done, of all).

        At ``sampled``, leads that only a few numbers are learned from, no more than ``most`` accounts are looked at,
        spread evenly: tens of thousands would double the time and tell nothing more.
        """
        numbers = self.account_nos()
        step = max(1, -(-len(numbers) // most))
        for at, (history, patches) in enumerate(self._all_histories(numbers, progress)):
            yield from self._of(history, patches, leads if at % step else (*leads, *sampled))

    def account_nos(self) -> list[int]:
        """Return every account's number, ascending."""
        found: list[int] = []
        with self.database.reading() as connection:
            while page := self.scan.account_nos(connection, found[-1] if found else 0, PAGE):
                found += page
        return found

    def some(self, account_nos: Iterable[int], leads: Sequence[int] = LEADS) -> Iterator[ObservedContract]:
        """Yield the observations of these accounts, by account, each account's in order of time."""
        for history, patches in self._histories(account_nos):
            yield from self._of(history, patches, leads)

    def due(
        self, spans: Sequence[tuple[date, date]], progress: ObservingProgress | None = None
    ) -> Iterator[ObservedContract]:
        """Yield each open term on the first day of every span (first day, last day) that it is due in."""
        for history, patches in self._all_histories(self.account_nos(), progress):
            yield from self._seen(history, patches, due_in(patches, spans, self.reader.days))

    def _all_histories(
        self, numbers: Sequence[int], progress: ObservingProgress | None
    ) -> Iterator[AccountHistory]:
        for done in range(0, len(numbers), CHUNK):
            if progress is not None:
                progress(done, len(numbers))
            yield from self._histories(numbers[done : done + CHUNK])
        if progress is not None:
            progress(len(numbers), len(numbers))

    def _histories(self, account_nos: Iterable[int]) -> list[AccountHistory]:
        """Return what was told of these accounts, all read: no transaction stays open while metrics are measured."""
        end = to_micros(self.until)
        with self.database.reading() as connection:
            rows = self.rows.accounts(connection, account_nos)
            histories = [self.reader.history(connection, row) for row in rows]
        return [
            (history, [patch for patch in history.ahead if patch.counts_from <= end]) for history in histories
        ]

    def _of(
        self, history: History, patches: Sequence[Patch], leads: Sequence[int]
    ) -> Iterator[ObservedContract]:
        yield from self._seen(history, patches, moments_of(patches, leads, self.reader.days, self.until))

    def _seen(
        self, history: History, patches: Sequence[Patch], moments: Sequence[ObservationPoint]
    ) -> Iterator[ObservedContract]:
        terms = read_terms(statements_of_patches(patches, self.reader.days), self.reader.days)
        for at, seen in groupby(moments, key=itemgetter(0)):
            facts = self.reader.step(history, at)
            yield from self._observed(facts, list(seen), terms)

    def _observed(
        self, facts: AccountFacts, seen: Iterable[ObservationPoint], terms: Sequence[Term]
    ) -> Iterator[ObservedContract]:
        configuration = self.configuration(facts.as_of)
        workspace = configuration.workspace
        assessment = assess(facts, configuration.scorecard_for(facts), workspace)
        for moment in seen:
            contract = moment.term.contract
            final = same_term(moment.term, terms)
            outcome = None if final is None else outcome_of(final)
            yield ObservedContract(
                account_id=facts.account_id,
                contract_id=contract.contract_id,
                renews_on=moment.renews_on,
                observed_at=moment.at,
                lead_days=moment.lead_days,
                churned=None if outcome is None else outcome.churned,
                label_known_at=None if outcome is None else from_micros(outcome.known_at),
                contract=contract,
                arr=arr_of(contract),
                segment=effective_segment(facts, workspace),
                facts=facts,
                readings=assessment.readings,
                score=assessment.score,
                probability=assessment.renewal_probability,
                later_outcomes=later_outcomes_of(moment.term, terms),
            )


def moments_of(
    patches: Iterable[Patch], leads: Iterable[int], days: WorkspaceDays, until: datetime
) -> list[ObservationPoint]:
    """Return when to look at which term, oldest first: those that were open then, at the date that stood then."""
    leads = sorted(set(leads))
    found = [one for told in _by_contract(patches, days) for one in _moments(*told, leads, days, until)]
    return sorted(found, key=_in_order)


def due_in(
    patches: Iterable[Patch], spans: Sequence[tuple[date, date]], days: WorkspaceDays
) -> list[ObservationPoint]:
    """Return when to look at which term: on the first day of each span that it is due in, as known then."""
    found: list[ObservationPoint] = []
    for told in _by_contract(patches, days):
        expected_at = _Expected(*told, days)
        for first, last in spans:
            at = days.start_of(first.toordinal())
            seen = [ObservationPoint(at, 0, term) for term in expected_at(at)]
            found += [
                one._replace(lead_days=(one.renews_on - first).days)
                for one in seen
                if first <= one.renews_on <= last
            ]
    return sorted(found, key=_in_order)


def _in_order(moment: ObservationPoint) -> tuple[datetime, int, str]:
    return moment.at, moment.lead_days, moment.term.contract.contract_id


def _by_contract(patches: Iterable[Patch], days: WorkspaceDays) -> Iterable[tuple[str, list[Statement]]]:
    """Return what was said of each contract: another contract's words change nothing, and there may be thousands."""
    return statements_of_patches(patches, days).by_contract.items()


def _moments(
    contract_id: str,
    statements: Sequence[Statement],
    leads: Sequence[int],
    days: WorkspaceDays,
    until: datetime,
) -> Iterator[ObservationPoint]:
    dates = {
        statement.says["renews_on"] for statement in statements if statement.says.get("renews_on") is not None
    }
    asked = sorted(
        (days.start_of((renews_on - timedelta(days=lead)).toordinal()), lead, renews_on)
        for lead in leads
        for renews_on in dates
    )
    expected_at = _Expected(contract_id, statements, days)
    for at, lead, renews_on in asked:
        if at > until:
            break
        yield from (
            ObservationPoint(at, lead, term)
            for term in expected_at(at)
            if term.contract.renews_on == renews_on
        )


class _Expected:
    """The open terms of a contract as known at a moment; moments between which nothing was said share the answer.

    No other answer is kept: of an account with thousands of contracts they would be millions of terms.
    """

    def __init__(self, contract_id: str, statements: Iterable[Statement], days: WorkspaceDays) -> None:
        self._contract_id = contract_id
        self._days = days
        self._words = sorted(statements, key=lambda statement: statement.since)
        self._since = [statement.since for statement in self._words]
        self._said = 0
        self._found: tuple[Term, ...] = ()

    def __call__(self, at: datetime) -> tuple[Term, ...]:
        said = bisect_right(self._since, to_micros(at))
        if said != self._said:
            statements = in_order(self._words[:said], self._days)
            self._said, self._found = said, expected(terms_of(self._contract_id, statements))
        return self._found
