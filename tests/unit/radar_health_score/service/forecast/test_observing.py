import tracemalloc
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.attributes import Patch
from radar_health_score.domain.contracts.contract_terms import statements_of_patches
from radar_health_score.domain.contracts.reader import read_terms, terms_of
from radar_health_score.domain.contracts.statements import Statement
from radar_health_score.domain.contracts.term import Term
from radar_health_score.domain.contracts.term_outcomes import expected
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, to_micros
from radar_health_score.service.forecast import observing
from radar_health_score.service.forecast.observing import ObservationPoint, due_in, moments_of
from radar_vocabulary.contracts.events import ContractClosed, ContractUpdated

FIRST = date(2024, 1, 1)
UNTIL = datetime(2027, 1, 1, tzinfo=UTC)
LEADS = (90, 30)
DAYS = WorkspaceDays()
days = st.integers(0, 900).map(lambda n: FIRST + timedelta(days=n))


def at(day: date) -> int:
    return to_micros(datetime(day.year, day.month, day.day, tzinfo=UTC))


def said(n: int, day: date, renews_on: date, contract: str = "c1") -> Patch:
    data = ContractUpdated(contract_id=contract, renews_on=renews_on)
    return Patch(
        kind="contract", entity_id=f"e{n}", valid_at=at(day), known_at=at(day), position=n, data=data
    )


def closed(n: int, on: date) -> Patch:
    data = ContractClosed(contract_id="c1", outcome="renewed", on=on)
    return Patch(kind="closing", entity_id=f"e{n}", valid_at=at(on), known_at=at(on), position=n, data=data)


def histories() -> st.SearchStrategy[list[Patch]]:
    told = st.tuples(days, st.integers(-30, 400).map(lambda n: timedelta(days=n)), st.booleans())
    return st.lists(told, max_size=12).map(
        lambda each: [
            closed(n, day) if ends else said(n, day, day + later) for n, (day, later, ends) in enumerate(each)
        ]
    )


def known_at(patches: list[Patch], moment: datetime) -> list[tuple[date | None, str]]:
    """Read everything known by then anew."""
    seen = [patch for patch in patches if patch.counts_from <= to_micros(moment)]
    terms = expected(read_terms(statements_of_patches(seen, DAYS), DAYS))
    return [(term.contract.renews_on, term.contract.term_id) for term in terms]


def ends(moments: list[ObservationPoint]) -> list[tuple[datetime, int, date, str]]:
    return sorted((one.at, one.lead_days, one.renews_on, one.term.contract.term_id) for one in moments)


@given(histories())
def test_terms_are_seen_as_a_plain_reading_of_each_moment_has_them(patches: list[Patch]) -> None:
    found = ends(moments_of(patches, LEADS, DAYS, UNTIL))
    dates = {patch.data.renews_on for patch in patches if isinstance(patch.data, ContractUpdated)}
    plain = {
        (moment, lead, renews_on, ids)
        for lead in LEADS
        for day in dates
        if (moment := DAYS.start_of((day - timedelta(days=lead)).toordinal())) <= UNTIL
        for renews_on, ids in known_at(patches, moment)
        if renews_on == day
    }
    assert len(found) == len(plain)
    assert set(found) == plain


@given(histories())
def test_so_are_those_due_in_a_quarter(patches: list[Patch]) -> None:
    quarters = [(date(2024, 7, 1), date(2024, 9, 30)), (date(2025, 1, 1), date(2025, 3, 31))]
    plain = {
        (moment, renews_on, ids)
        for first, last in quarters
        for moment in [DAYS.start_of(first.toordinal())]
        for renews_on, ids in known_at(patches, moment)
        if first <= renews_on <= last
    }
    assert {
        (one.at, one.renews_on, one.term.contract.term_id) for one in due_in(patches, quarters, DAYS)
    } == plain


class Counted(list[Patch]):
    """A history that counts how often it is read."""

    readings = 0

    def __iter__(self) -> Iterator[Patch]:
        self.readings += 1
        return super().__iter__()


def test_a_long_history_is_not_read_again_for_every_date() -> None:
    patches = Counted(said(n, FIRST, FIRST + timedelta(days=200 + n)) for n in range(100))
    assert moments_of(patches, LEADS, DAYS, UNTIL)
    assert patches.readings < 5


def many_contracts() -> list[Patch]:
    """Return two hundred contracts, told of one a day, a year before each."""
    told = [FIRST + timedelta(days=n) for n in range(200)]
    return [said(n, day, day + timedelta(days=365), contract=f"c{n}") for n, day in enumerate(told)]


def test_an_account_with_many_contracts_is_not_remembered_anew_for_every_day() -> None:
    """All that was open on each of those days would be 20,000 terms, 10 MB."""
    patches = many_contracts()
    tracemalloc.start()
    found = moments_of(patches, (364,), DAYS, UNTIL)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found) == len(patches)
    assert most < 2_000_000


def test_of_many_contracts_each_is_read_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []

    def counted(contract_id: str, words: Sequence[Statement]) -> Iterator[Term]:
        read.append(len(words))
        return terms_of(contract_id, words)

    monkeypatch.setattr(observing, "terms_of", counted)
    assert len(moments_of(many_contracts(), LEADS, DAYS, UNTIL)) == 400
    assert len(due_in(many_contracts(), [(FIRST + timedelta(days=365), UNTIL.date())], DAYS)) == 200
    assert sum(read) <= 800
