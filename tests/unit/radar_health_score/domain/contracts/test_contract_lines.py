"""Which agreement a word is about: a contract's product may change, and one id may carry several."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.attributes import Patch, State, fold
from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.contract_lines import LineStatement, lines_of
from radar_health_score.domain.contracts.contract_terms import contracts_of
from radar_health_score.domain.contracts.revenue import arr_on, spans
from radar_health_score.domain.contracts.term_ends import term_ends
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_vocabulary.contracts.events import ContractClosed, ContractUpdated, Price
from radar_vocabulary.contracts.scalars import Money

JAN25, APR25, JUL25, OCT25, JAN26, JUL26 = (
    date(y, m, 1) for y, m in ((2025, 1), (2025, 4), (2025, 7), (2025, 10), (2026, 1), (2026, 7))
)


def at(day: date) -> int:
    return to_micros(datetime(day.year, day.month, day.day, tzinfo=UTC))


def said(day: date, renews_on: date, *, mrr: float = 10.0, **more: Any) -> Patch:
    data = ContractUpdated(
        contract_id="c1", renews_on=renews_on, mrr=Price(amount=mrr, currency="EUR"), **more
    )
    name = f"{day} {renews_on} {more.get('product')}"
    return Patch(kind="contract", entity_id=name, valid_at=at(day), known_at=at(day), position=0, data=data)


def closed(on: date, outcome: Any = "renewed", *, told: date | None = None, **more: Any) -> Patch:
    data = ContractClosed(contract_id="c1", outcome=outcome, on=on, **more)
    moment = at(told or on)
    return Patch(kind="closing", entity_id=f"{on}", valid_at=moment, known_at=moment, position=0, data=data)


def contracts(*patches: Patch) -> tuple[Contract, ...]:
    entities: dict[str, dict[str, State]] = {}
    for (kind, entity_id), state in fold(patches).items():
        entities.setdefault(kind, {})[entity_id] = state
    return contracts_of(entities)


def seen(terms: Iterable[Contract]) -> list[tuple[str | None, date | None, str | None]]:
    return [(one.product, one.renews_on, one.closing.outcome if one.closing else None) for one in terms]


SUITE = said(JAN25, JAN26, product="suite", starts_on=JAN25, mrr=100.0)
EXTRA = said(APR25, OCT25, product="extra", starts_on=APR25, mrr=50.0)


def test_two_products_under_one_id_are_two_open_terms() -> None:
    found = contracts(SUITE, EXTRA)
    assert seen(found) == [("suite", JAN26, None), ("extra", OCT25, None)]
    assert arr_on(found, Rates(), JUL25) == {"EUR": 1_800.0}


def test_a_closing_ends_the_product_that_was_due_then() -> None:
    found = contracts(SUITE, EXTRA, closed(OCT25, "churned"))
    assert seen(found) == [("suite", JAN26, None), ("extra", OCT25, "churned")]
    assert arr_on(found, Rates(), OCT25) == {"EUR": 1_200.0}


def test_each_product_goes_on_by_itself() -> None:
    found = contracts(
        SUITE, EXTRA,
        closed(OCT25), said(OCT25, JUL26, product="extra", starts_on=OCT25, mrr=60.0),
        closed(JAN26, "churned"),
    )  # fmt: skip
    assert seen(found) == [("suite", JAN26, "churned"), ("extra", OCT25, "renewed"), ("extra", JUL26, None)]
    (suite, extra) = sorted(term_ends(found, JAN25, JUL26), key=lambda end: end.closing.outcome)
    assert (suite.after, extra.after) == (None, Money(amount=60.0, currency="EUR"))
    assert [span.ends for span in spans(found)] == [JAN26, OCT25, None]


def test_a_product_that_changed_within_a_term_is_the_same_contract() -> None:
    for start in ({}, {"starts_on": JAN25}):
        (term,) = contracts(SUITE, said(JUL25, JAN26, product="suite pro", mrr=300.0, **start))
        assert (term.product, term.mrr, term.starts_on) == (
            "suite pro",
            Money(amount=300.0, currency="EUR"),
            JAN25,
        )


def test_a_product_that_changed_with_the_renewal_is_the_same_contract() -> None:
    found = contracts(
        SUITE, closed(JAN26, "expanded"), said(JAN26, JUL26, product="suite pro", starts_on=JAN26)
    )
    assert [(one.product, one.line) for one in found] == [("suite", 0), ("suite pro", 0)]


def test_what_names_no_product_is_about_the_line_with_its_start_or_its_date() -> None:
    seats = contracts(SUITE, EXTRA, said(JUL25, JAN26, starts_on=JAN25, seats=7))
    assert [one.seats for one in seats] == [7, None]
    due = contracts(SUITE, EXTRA, said(JUL25, OCT25, seats=7))
    assert [one.seats for one in due] == [None, 7]


def test_a_product_that_is_named_later_is_that_of_the_line_without_one() -> None:
    found = contracts(
        said(JAN25, JAN26, starts_on=JAN25), said(APR25, JAN26, product="suite", starts_on=JAN25), EXTRA
    )
    assert seen(found) == [("suite", JAN26, None), ("extra", OCT25, None)]


def test_products_that_are_due_together_end_together() -> None:
    extra = said(APR25, JAN26, product="extra", starts_on=APR25, mrr=50.0)
    agreed = Price(amount=200.0, currency="EUR")
    found = contracts(SUITE, extra, closed(JAN26, "expanded", new_mrr=agreed))
    following = None, None
    assert seen(found) == [
        ("suite", JAN26, "expanded"), ("suite", *following), ("extra", JAN26, "expanded"), ("extra", *following),
    ]  # fmt: skip
    # What both go on with isn't either's own: each goes on with what it paid.
    assert arr_on(found, Rates(), JAN26) == {"EUR": 1_800.0}


def test_a_closing_told_late_ends_the_term_it_names() -> None:
    following = said(OCT25, JUL26, product="extra", starts_on=OCT25)
    found = contracts(SUITE, EXTRA, following, closed(OCT25, told=date(2025, 12, 1)))
    assert seen(found) == [("suite", JAN26, None), ("extra", OCT25, "renewed"), ("extra", JUL26, None)]


words = st.builds(
    LineStatement,
    product=st.sampled_from([None, "one", "two", "three"]),
    starts_on=st.none() | st.sampled_from([JAN25, APR25, JUL25]),
    renews_on=st.sampled_from([JUL25, OCT25, JAN26]),
    on=st.none(),
) | st.sampled_from([JUL25, OCT25, JAN26]).map(lambda on: LineStatement(on=on))


@given(st.lists(words, max_size=12))
def test_no_word_is_lost_and_an_update_is_about_one_line(told: list[LineStatement]) -> None:
    found = lines_of(told)
    updates = [at for line in found for at in line if told[at].on is None]
    assert sorted(updates) == [at for at, word in enumerate(told) if word.on is None]
    assert {at for line in found for at in line} == set(range(len(told)))
    assert all(line == sorted(set(line)) for line in found)


@given(
    st.lists(words.map(lambda word: word._replace(product=None)), max_size=12), st.sampled_from([None, "a"])
)
def test_one_product_is_one_line(told: list[LineStatement], product: str | None) -> None:
    named = [word if word.on else word._replace(product=product) for word in told]
    assert lines_of(named) == ([list(range(len(told)))] if told else [])


def rolling(product: str, first: date, terms: int, length: int) -> list[tuple[date, LineStatement]]:
    """Return terms that follow one another, each told of on its first day and closed on its last."""
    days = [first + timedelta(days=length * number) for number in range(terms + 1)]
    told: list[tuple[date, LineStatement]] = []
    for starts_on, renews_on in pairwise(days):
        told.append((starts_on, LineStatement(product=product, starts_on=starts_on, renews_on=renews_on)))
        told.append((renews_on, LineStatement(on=renews_on)))
    return told


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 179))
def test_two_products_that_go_on_by_themselves_are_read_as_if_each_had_its_id(
    one_goes: int, two_goes: int, later: int
) -> None:
    one = rolling("one", JAN25, one_goes, 180)
    two = rolling("two", JAN25 + timedelta(days=later), two_goes, 180)
    both = sorted((*one, *two), key=lambda told: (told[0], told[1].on is None))
    lines = [[both[at] for at in line] for line in lines_of([word for _, word in both])]
    assert lines == [one, two]


@given(
    st.lists(st.tuples(st.integers(0, 200), st.integers(2, 12), st.integers(0, 40)), min_size=1, max_size=5)
)
def test_a_closing_that_comes_late_ends_the_term_that_was_due_though_the_next_was_told_of(
    told: list[tuple[int, int, int]],
) -> None:
    starts_on, patches = JAN25, []
    for early, months, late in told:
        renews_on = starts_on + timedelta(days=30 * months)
        patches += [
            said(starts_on - timedelta(days=min(early, 29)), renews_on, starts_on=starts_on),
            closed(renews_on + timedelta(days=min(late, 29))),
        ]
        starts_on = renews_on
    patches.append(said(starts_on - timedelta(days=20), starts_on + timedelta(days=90), starts_on=starts_on))
    patches.sort(key=lambda one: one.valid_at)
    patches = [msgspec.structs.replace(one, position=at) for at, one in enumerate(patches)]
    assert [one.closing is None for one in contracts(*patches)] == [False] * len(told) + [True]


@given(
    st.lists(st.tuples(st.integers(0, 29), st.integers(2, 6), st.integers(0, 40)), min_size=1, max_size=4),
    st.integers(0, 90),
    st.none() | st.integers(0, 120),
)
def test_who_churned_has_no_next_term_open_though_it_was_told_of(
    told: list[tuple[int, int, int]], late: int, back_after: int | None
) -> None:
    """Terms that are closed in time, the next told of ``early``; the last churned ``late``, some come back."""
    starts_on, patches = JAN25, []
    for early, months, closed_late in told:
        renews_on = starts_on + timedelta(days=30 * months)
        patches += [
            said(starts_on - timedelta(days=early), renews_on, starts_on=starts_on),
            closed(renews_on + timedelta(days=min(closed_late, 29))),
        ]
        starts_on = renews_on
    due, lost_on = starts_on + timedelta(days=180), starts_on + timedelta(days=180 + late)
    patches += [
        said(starts_on, due, starts_on=starts_on),
        said(due - timedelta(days=29), due + timedelta(days=180), starts_on=due),
        closed(lost_on, "churned"),
    ]
    back_on = None if back_after is None else lost_on + timedelta(days=back_after)
    if back_on:
        patches.append(said(back_on, back_on + timedelta(days=360), starts_on=back_on))
    patches.sort(key=lambda one: one.valid_at)
    patches = [msgspec.structs.replace(one, position=at) for at, one in enumerate(patches)]
    found = {one.starts_on for one in contracts(*patches) if one.closing is None}
    assert found == ({back_on} if back_on else set())


def test_a_renewal_into_another_product_is_no_second_agreement_though_nobody_closed_the_first() -> None:
    basic = said(JAN25, JAN26, product="basic", starts_on=JAN25, mrr=100.0)
    for told_on in (OCT25, JAN26):
        pro = said(told_on, JUL26, product="pro", starts_on=JAN26, mrr=150.0)
        for late in ((), (closed(JAN26, told=JAN26 + timedelta(days=40)),)):
            found = contracts(basic, pro, *late)
            assert [arr_on(found, Rates(), day) for day in (JUL25, JAN26)] == [
                {"EUR": 1_200.0},
                {"EUR": 1_800.0},
            ]
