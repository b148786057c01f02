from datetime import UTC, date, datetime
from typing import Any

import msgspec

from radar_health_score.domain.account.attributes import Patch
from radar_health_score.domain.forecast.ends import TermEnd, expected, outcome_of, terms_of
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_vocabulary.contracts.events import ContractClosed, ContractUpdated
from radar_vocabulary.contracts.scalars import Money

JAN24, JUL24, AUG24, JAN25, APR25, JUL25, JAN26, JUL26 = (
    date(y, m, 1)
    for y, m in ((2024, 1), (2024, 7), (2024, 8), (2025, 1), (2025, 4), (2025, 7), (2026, 1), (2026, 7))
)


def at(day: date) -> int:
    return to_micros(datetime(day.year, day.month, day.day, tzinfo=UTC))


def said(day: date, renews_on: date, *, contract: str = "c1", **more: Any) -> Patch:
    data = ContractUpdated(contract_id=contract, renews_on=renews_on, **more)
    name = f"{contract} {day} {renews_on}"
    return Patch(
        kind="contract", entity_id=name, valid_at=at(day), known_at=at(day), position=len(name), data=data
    )


def closed(
    on: date, outcome: Any = "renewed", *, told: date | None = None, valid: date | None = None, **more: Any
) -> Patch:
    data = ContractClosed(contract_id="c1", outcome=outcome, on=on, **more)
    moment = at(told or on)
    return Patch(
        kind="closing", entity_id=f"{on}", valid_at=at(valid or on), known_at=moment, position=1, data=data
    )


def known(term: TermEnd) -> tuple[date, bool | None]:
    return term.renews_on, term.churned


def test_a_contract_that_was_renewed_under_its_id_has_an_end_per_term() -> None:
    terms = terms_of(
        [
            said(JAN24, JUL24, starts_on=JAN24),
            closed(JUL24),
            said(JUL24, JAN25, starts_on=JUL24),
            closed(JAN25, "churned"),
        ]
    )
    assert [known(term) for term in terms] == [(JUL24, False), (JAN25, True)]
    assert expected(terms) == ()


def test_who_tells_the_next_term_has_renewed_the_first_unless_a_closing_says_otherwise() -> None:
    told = [said(JAN24, JUL24, starts_on=JAN24), said(date(2024, 6, 1), JAN25, starts_on=JUL24)]
    assert [known(term) for term in terms_of(told)] == [(JUL24, False), (JAN25, None)]
    assert terms_of(told)[0].known_at == at(date(2024, 6, 1))
    churned = terms_of([*told, closed(JUL24, "churned")])
    assert [known(term) for term in churned] == [(JUL24, True), (JAN25, None)]
    assert [known(term) for term in terms_of([*told, closed(JUL24)])] == [(JUL24, False), (JAN25, None)]


def test_a_churn_takes_no_renewal_away_from_the_terms_before_it() -> None:
    told = [
        said(JAN24, JUL24, starts_on=JAN24),
        said(JUL24, JAN25, starts_on=JUL24),
        said(JAN25, JUL25, starts_on=JAN25),
    ]
    churned = [(JUL24, False), (JAN25, False), (JUL25, True)]
    assert [known(term) for term in terms_of([*told, closed(JUL25, "churned")])] == churned
    late_too = [said(JAN24, JUL24), said(date(2024, 6, 1), JAN25, starts_on=JUL24), closed(AUG24, "churned")]
    assert [known(term) for term in terms_of(late_too)] == [(JUL24, True)]
    won_back = said(JAN26, JUL26, starts_on=JAN26)
    late = closed(date(2025, 8, 1), "churned")
    assert [known(term) for term in terms_of([*told, late, won_back])] == [*churned, (JUL26, None)]


def test_a_term_that_was_moved_ends_at_its_new_date() -> None:
    (term,) = terms_of([said(JAN24, JUL24, starts_on=JAN24), said(date(2024, 5, 1), JAN25)])
    assert known(term) == (JAN25, None)


def test_an_end_keeps_its_identity_whatever_is_learned_later() -> None:
    first, moved = said(JAN24, JUL24, starts_on=JAN24), date(2024, 9, 1)
    (then,) = terms_of([first])
    later = terms_of([first, said(date(2024, 5, 1), moved), closed(moved, "churned")])
    seen = outcome_of(then, later)
    assert (seen.renews_on, seen.churned, seen.known_at) == (JUL24, True, at(moved))


def test_a_closing_years_later_is_no_outcome_of_a_date_that_was_rolled_on() -> None:
    ends = [date(year, 12, 31) for year in (2023, 2024, 2025)]
    rolled = [date(2022, 12, 31), date(2023, 12, 20), date(2024, 12, 20)]
    told = [said(day, end) for day, end in zip(rolled, ends, strict=True)]
    final = terms_of([*told, closed(ends[2], "churned")])
    seen = [outcome_of(terms_of(told[: n + 1])[0], final) for n in range(3)]
    assert [known(one) for one in seen] == [(ends[0], False), (ends[1], False), (ends[2], True)]
    assert [one.known_at for one in seen] == [at(rolled[1]), at(rolled[2]), at(ends[2])]


def test_a_date_that_was_moved_on_and_back_is_not_renewed() -> None:
    told = [said(JAN24, JUL24), said(date(2024, 2, 1), date(2034, 7, 1)), said(date(2024, 3, 1), JUL24)]
    (then,) = terms_of(told[:1])
    assert known(outcome_of(then, terms_of(told))) == (JUL24, None)


def test_a_closing_long_after_a_date_that_still_stood_leaves_it_open() -> None:
    (then,) = terms_of([said(JAN24, JUL24)])
    forgotten = terms_of([said(JAN24, JUL24), closed(JAN26, "churned")])
    in_time = terms_of([said(JAN24, JUL24), closed(date(2024, 9, 29), "churned")])
    assert known(outcome_of(then, forgotten)) == (JUL24, None)
    assert known(outcome_of(then, in_time)) == (JUL24, True)


def test_a_start_that_is_told_later_is_that_of_the_open_term() -> None:
    filled = [said(JAN24, JAN25), said(date(2024, 2, 1), JAN25, starts_on=JAN24)]
    (term,) = terms_of([*filled, closed(JAN25, "churned")])
    assert (term.starts_on, known(term)) == (JAN24, (JAN25, True))
    following = terms_of([*filled, said(date(2024, 12, 1), JAN26, starts_on=JAN25)])
    assert [one.starts_on for one in following] == [JAN24, JAN25]


def test_a_start_after_the_end_of_the_open_term_is_that_of_the_next() -> None:
    terms = terms_of([said(JAN24, JUL24), said(date(2024, 6, 1), JAN25, starts_on=JUL24)])
    assert [(one.starts_on, one.renews_on) for one in terms] == [(None, JUL24), (JUL24, JAN25)]


def test_a_closing_that_came_to_be_known_late_counts_from_then() -> None:
    (term,) = terms_of([said(JAN24, JUL24), closed(JUL24, "churned", told=JAN25)])
    assert term.known_at == at(JAN25)


def test_two_terms_of_one_id_that_overlap_each_get_their_own_outcome() -> None:
    terms = terms_of(
        [
            said(JAN24, JUL24, starts_on=JAN24, product="one"),
            said(date(2024, 4, 1), JAN25, starts_on=date(2024, 4, 1), product="two"),
            closed(JUL24, "churned"),
            closed(JAN25, "renewed"),
        ]
    )
    assert [known(term) for term in terms] == [(JUL24, True), (JAN25, False)]


def test_a_term_without_a_start_follows_the_closing_before_it() -> None:
    terms = terms_of([said(JAN24, JUL24), closed(JUL24), said(JUL24, JAN25)])
    assert [known(term) for term in terms] == [(JUL24, False), (JAN25, None)]


def test_a_start_that_is_told_again_with_each_term_still_makes_terms() -> None:
    terms = terms_of(
        [said(JAN24, JUL24, starts_on=JAN24), closed(JUL24), said(JUL24, JAN25, starts_on=JAN24)]
    )
    assert [known(term) for term in terms] == [(JUL24, False), (JAN25, None)]


def test_a_term_ends_with_the_closing_nearest_to_its_date() -> None:
    early = terms_of([said(JAN24, JUL25, starts_on=JAN24), closed(APR25, "churned")])
    assert [known(term) for term in early] == [(JUL25, True)]


def test_a_closing_told_again_corrects_the_outcome_from_then_on() -> None:
    told = [said(JAN24, JUL24, starts_on=JAN24), closed(JUL24, "churned")]
    corrected = [
        *told,
        closed(JUL24, "renewed", told=APR25, valid=APR25),
        said(JUL24, JAN25, starts_on=JUL24),
    ]
    terms = terms_of(corrected)
    assert [known(term) for term in terms] == [(JUL24, False), (JAN25, None)]
    assert terms[0].known_at == at(APR25)
    assert terms_of(reversed(corrected)) == terms


def test_a_closing_told_twice_ends_one_term_and_was_known_at_first() -> None:
    """Nothing but the order tells where the next term begins: none has a start."""
    again = closed(JUL24, "churned", told=JAN26, valid=JAN26)
    terms = terms_of([said(JAN24, JUL24), closed(JUL24, "churned"), said(JUL25, JAN26), again])
    assert [(*known(term), term.known_at) for term in terms] == [
        (JUL24, True, at(JUL24)),
        (JAN26, None, None),
    ]


def test_a_closing_of_a_contract_nobody_spoke_of_ends_nothing() -> None:
    assert terms_of([closed(JUL24, "churned")]) == ()


def test_a_term_without_an_amount_goes_on_with_what_was_agreed() -> None:
    ten, twelve = Money(amount=10, currency="EUR"), Money(amount=12, currency="EUR")
    terms = terms_of(
        [said(JAN24, JUL24, mrr=ten), closed(JUL24, "expanded", new_mrr=twelve), said(JUL24, JAN25)]
    )
    assert [term.mrr for term in terms] == [ten, twelve]
    kept = terms_of([said(JAN24, JUL24, mrr=ten), closed(JUL24), said(JUL24, JAN25)])
    assert [term.mrr for term in kept] == [ten, ten]
    cleared = terms_of([said(JAN24, JUL24, mrr=ten), said(date(2024, 3, 1), JUL24, mrr=None)])
    assert [term.mrr for term in cleared] == [None]


def test_the_order_in_which_history_is_read_changes_nothing() -> None:
    told = [
        said(JAN24, JUL24, starts_on=JAN24),
        closed(JUL24),
        said(JUL24, JAN25, starts_on=JUL24),
        closed(JAN25),
        said(JAN25, JAN26, starts_on=JAN25, contract="c2"),
    ]
    assert msgspec.to_builtins(terms_of(told)) == msgspec.to_builtins(terms_of(reversed(told)))
