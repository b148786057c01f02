"""Walks the history of accounts and observes every contract end from some days before it."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Final, NamedTuple

from radar_chassis.store.database import Database
from radar_health_score.domain.account.attributes import Patch
from radar_health_score.domain.account.facts import AccountFacts, Contract
from radar_health_score.domain.contracts.terms import year_of
from radar_health_score.domain.forecast.ends import TermEnd, expected, outcome_of, terms_of
from radar_health_score.domain.forecast.fate import fate_of
from radar_health_score.domain.forecast.leads import LEADS
from radar_health_score.domain.forecast.observation import Observation
from radar_health_score.domain.history.past_facts import History
from radar_health_score.domain.scoring.assessment import assess
from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.segments import effective_segment
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, from_micros, to_micros
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.service.state.facts import FactsReader
from radar_vocabulary.contracts.events import ContractClosed, ContractUpdated

CHUNK: Final = 20
PAGE: Final = 500
MOST_SAMPLED: Final = 2000
Progress = Callable[[int, int], None]
Told = tuple[History, list[Patch]]


class Moment(NamedTuple):
    """An open term seen some days before its end."""

    at: datetime
    lead_days: int
    end: TermEnd


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
        progress: Progress | None = None,
        sampled: Sequence[int] = (),
        most: int = MOST_SAMPLED,
    ) -> Iterator[Observation]:
        """Yield the observations of all accounts, by account; ``progress`` is told (accounts done, of all).

        At ``sampled``, leads that only a few numbers are learned from, no more than ``most`` accounts are looked at,
        spread evenly: tens of thousands would double the time and tell nothing more.
        """
        numbers = self.account_nos()
        step = max(1, -(-len(numbers) // most))
        for at, (history, patches) in enumerate(self._all_told(numbers, progress)):
            yield from self._of(history, patches, leads if at % step else (*leads, *sampled))

    def account_nos(self) -> list[int]:
        """Return every account's number, ascending."""
        found: list[int] = []
        with self.database.reading() as connection:
            while page := self.scan.account_nos(connection, found[-1] if found else 0, PAGE):
                found += page
        return found

    def some(self, account_nos: Iterable[int], leads: Sequence[int] = LEADS) -> Iterator[Observation]:
        """Yield the observations of these accounts, by account, each account's in order of time."""
        for history, patches in self._told(account_nos):
            yield from self._of(history, patches, leads)

    def due(
        self, spans: Sequence[tuple[date, date]], progress: Progress | None = None
    ) -> Iterator[Observation]:
        """Yield each open term on the first day of every span (first day, last day) that it is due in."""
        for history, patches in self._all_told(self.account_nos(), progress):
            yield from self._seen(history, patches, due_in(patches, spans, self.reader.days))

    def _all_told(self, numbers: Sequence[int], progress: Progress | None) -> Iterator[Told]:
        for done in range(0, len(numbers), CHUNK):
            if progress is not None:
                progress(done, len(numbers))
            yield from self._told(numbers[done : done + CHUNK])
        if progress is not None:
            progress(len(numbers), len(numbers))

    def _told(self, account_nos: Iterable[int]) -> list[Told]:
        """Return what was told of these accounts, all read: no transaction stays open while metrics are measured."""
        end = to_micros(self.until)
        with self.database.reading() as connection:
            rows = self.rows.accounts(connection, account_nos)
            histories = [self.reader.history(connection, row) for row in rows]
        return [
            (history, [patch for patch in history.ahead if patch.counts_from <= end]) for history in histories
        ]

    def _of(self, history: History, patches: Sequence[Patch], leads: Sequence[int]) -> Iterator[Observation]:
        yield from self._seen(history, patches, moments_of(patches, leads, self.reader.days, self.until))

    def _seen(
        self, history: History, patches: Sequence[Patch], moments: Sequence[Moment]
    ) -> Iterator[Observation]:
        terms: dict[str, list[TermEnd]] = {}
        for term in terms_of(patches):
            terms.setdefault(term.contract_id, []).append(term)
        for at, seen in groupby(moments, key=itemgetter(0)):
            facts = self.reader.step(history, at)
            yield from self._observed(facts, list(seen), terms)

    def _observed(
        self, facts: AccountFacts, seen: Iterable[Moment], terms: Mapping[str, Sequence[TermEnd]]
    ) -> Iterator[Observation]:
        configuration = self.configuration(facts.as_of)
        rules = configuration.rules
        assessment = assess(facts, configuration.scorecard_for(facts), rules)
        open_terms = _open_terms(facts)
        for moment in seen:
            own = terms.get(moment.end.contract_id, ())
            outcome = outcome_of(moment.end, own)
            yield Observation(
                account_id=facts.account_id,
                contract_id=moment.end.contract_id,
                renews_on=moment.end.renews_on,
                observed_at=moment.at,
                lead_days=moment.lead_days,
                churned=outcome.churned,
                label_known_at=None if outcome.known_at is None else from_micros(outcome.known_at),
                contract=_contract(open_terms, moment.end),
                arr=year_of(moment.end.mrr),
                segment=effective_segment(facts, rules),
                facts=facts,
                readings=assessment.readings,
                score=assessment.score,
                probability=assessment.renewal_probability,
                fate=fate_of(moment.end, own),
            )


def moments_of(
    patches: Iterable[Patch], leads: Iterable[int], days: WorkspaceDays, until: datetime
) -> list[Moment]:
    """Return when to look at which term, oldest first: those that were open then, at the date that stood then."""
    leads = sorted(set(leads))
    found = [one for told in _by_contract(patches) for one in _moments(told, leads, days, until)]
    return sorted(found, key=_in_order)


def due_in(patches: Iterable[Patch], spans: Sequence[tuple[date, date]], days: WorkspaceDays) -> list[Moment]:
    """Return when to look at which term: on the first day of each span that it is due in, as known then."""
    found: list[Moment] = []
    for told in _by_contract(patches):
        expected_at = _Expected(told)
        for first, last in spans:
            at = days.start_of(first.toordinal())
            due = [term for term in expected_at(at) if first <= term.renews_on <= last]
            found += [Moment(at, (term.renews_on - first).days, term) for term in due]
    return sorted(found, key=_in_order)


def _in_order(moment: Moment) -> tuple[datetime, int, str]:
    return moment.at, moment.lead_days, moment.end.contract_id


def _by_contract(patches: Iterable[Patch]) -> Iterable[list[Patch]]:
    """Return what was said of each contract: another contract's words change nothing, and there may be thousands."""
    found: dict[str, list[Patch]] = {}
    for patch in patches:
        if isinstance(patch.data, ContractUpdated | ContractClosed):
            found.setdefault(patch.data.contract_id, []).append(patch)
    return found.values()


def _moments(
    patches: Sequence[Patch], leads: Sequence[int], days: WorkspaceDays, until: datetime
) -> Iterator[Moment]:
    dates = {patch.data.renews_on for patch in patches if isinstance(patch.data, ContractUpdated)}
    asked = sorted(
        (days.start_of((renews_on - timedelta(days=lead)).toordinal()), lead, renews_on)
        for lead in leads
        for renews_on in dates
    )
    expected_at = _Expected(patches)
    for at, lead, renews_on in asked:
        if at > until:
            break
        yield from (Moment(at, lead, term) for term in expected_at(at) if term.renews_on == renews_on)


class _Expected:
    """The open terms as known at a moment; moments in turn between which nothing new was said share the answer.

    No other answer is kept: of an account with thousands of contracts they would be millions of terms.
    """

    def __init__(self, patches: Iterable[Patch]) -> None:
        self._patches = sorted(patches, key=lambda patch: patch.counts_from)
        self._since = [patch.counts_from for patch in self._patches]
        self._said = 0
        self._found: tuple[TermEnd, ...] = ()

    def __call__(self, at: datetime) -> tuple[TermEnd, ...]:
        said = bisect_right(self._since, to_micros(at))
        if said != self._said:
            self._said, self._found = said, expected(terms_of(self._patches[:said]))
        return self._found


def _open_terms(facts: AccountFacts) -> dict[tuple[object, date], Contract]:
    """Return the terms that nobody closed, by agreement and renewal date; the first where several share both."""
    return {
        (term.agreement, term.renews_on): term
        for term in reversed(facts.contracts)
        if term.closing is None and term.renews_on is not None
    }


def _contract(open_terms: Mapping[tuple[object, date], Contract], end: TermEnd) -> Contract:
    """Return the term as the facts have it.

    Where they have none open, as after a churn when a date comes without a start, it is what the end itself says.
    """
    return open_terms.get(((end.contract_id, end.line), end.renews_on)) or Contract(
        contract_id=end.contract_id,
        renews_on=end.renews_on,
        starts_on=end.starts_on,
        product=end.product,
        mrr=end.mrr,
        line=end.line,
    )
