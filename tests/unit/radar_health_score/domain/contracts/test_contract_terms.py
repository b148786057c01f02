from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import msgspec

from radar_health_score.domain.account.attributes import Patch, State, fold
from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.contracts.contract_terms import contracts_of
from radar_health_score.domain.contracts.revenue import revenue_on, spans
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, to_micros
from radar_vocabulary.contracts.events import ContractClosed, ContractUpdated
from radar_vocabulary.contracts.scalars import Money


def at(day: date) -> int:
    return to_micros(datetime(day.year, day.month, day.day, tzinfo=UTC))


def said(day: date, renews_on: date, **more: Any) -> Patch:
    data = ContractUpdated(contract_id="c1", renews_on=renews_on, **more)
    return Patch(
        kind="contract", entity_id=f"{day}", valid_at=at(day), known_at=at(day), position=0, data=data
    )


def closed(on: date, outcome: Any, *, told: date | None = None) -> Patch:
    data = ContractClosed(contract_id="c1", outcome=outcome, on=on)
    moment = at(told or on)
    return Patch(kind="closing", entity_id=f"{on}", valid_at=moment, known_at=moment, position=0, data=data)


def entities_of(patches: Iterable[Patch]) -> dict[str, dict[str, State]]:
    entities: dict[str, dict[str, State]] = {}
    for (kind, entity_id), state in fold(patches).items():
        entities.setdefault(kind, {})[entity_id] = state
    return entities


def terms(*patches: Patch, zone: str = "UTC") -> tuple[Contract, ...]:
    return contracts_of(entities_of(patches), WorkspaceDays(zone))


JAN25, JUL25, JAN26, JUL26, JAN27 = (
    date(y, m, 1) for y, m in ((2025, 1), (2025, 7), (2026, 1), (2026, 7), (2027, 1))
)


def test_a_contract_nobody_closed_is_one_open_term() -> None:
    (term,) = terms(said(JAN25, JAN26, seats=5), said(JUL25, JAN26, seats=8))
    assert (term.closing, term.seats, term.renews_on) == (None, 8, JAN26)


def test_terms_keep_what_was_agreed_then() -> None:
    def money(amount: float) -> Money:
        return Money(amount=amount, currency="EUR")

    first, second, third = terms(
        said(JAN25, JAN26, starts_on=JAN25, mrr=money(10)),
        closed(JAN26, "renewed"),
        said(JAN26, JUL26, starts_on=JAN26, mrr=money(20)),
        closed(JUL26, "expanded"),
        said(JUL26, JAN27, starts_on=JUL26, mrr=money(30)),
    )
    assert [(one.mrr and one.mrr.amount, one.starts_on) for one in (first, second, third)] == [
        (10, JAN25), (20, JAN26), (30, JUL26),
    ]  # fmt: skip
    assert [one.closing and one.closing.outcome for one in (first, second, third)] == [
        "renewed",
        "expanded",
        None,
    ]


def test_a_closing_told_late_ends_the_term_it_is_about() -> None:
    first, second = terms(
        said(JAN25, JAN26, starts_on=JAN25, seats=5),
        said(JAN26, JAN27, starts_on=JAN26, seats=9),
        closed(JAN26, "renewed", told=date(2026, 2, 1)),
    )
    assert (first.seats, second.seats, second.closing) == (5, 9, None)


def test_a_next_term_told_early_leaves_the_present_one_in_force_until_it_begins() -> None:
    present, following = terms(
        said(JAN25, JAN26, starts_on=JAN25, mrr=eur(10)), said(JUL25, JAN27, starts_on=JAN26, mrr=eur(12))
    )
    assert (present.starts_on, present.renews_on, present.closing) == (
        JAN25,
        JAN26,
        Closing(on=JAN26, outcome="renewed"),
    )
    assert (following.starts_on, following.renews_on, following.closing) == (JAN26, JAN27, None)
    both = spans((present, following))
    paid = [revenue_on(both, day, Rates()).mrr for day in (JUL25, date(2025, 12, 31), JAN26)]
    assert paid == [{"EUR": 10}, {"EUR": 10}, {"EUR": 12}]


def test_what_is_said_of_the_present_term_after_the_next_was_told_is_still_about_it() -> None:
    present, following = terms(
        said(JAN25, JAN26, starts_on=JAN25, seats=5),
        said(JUL25, JAN27, starts_on=JAN26),
        said(date(2025, 9, 1), JAN26, starts_on=JAN25, seats=8),
    )
    assert (present.seats, following.renews_on) == (8, JAN27)


def test_a_churn_is_believed_though_the_next_term_was_told_before() -> None:
    (ended,) = terms(
        said(JAN25, JAN26, starts_on=JAN25),
        said(JUL25, JAN27, starts_on=JAN26),
        closed(JAN26, "churned"),
    )
    assert ended.closing == Closing(on=JAN26, outcome="churned")


def test_a_start_that_was_corrected_makes_no_second_term() -> None:
    (term,) = terms(said(JAN25, JAN26, starts_on=JAN25), said(JUL25, JAN26, starts_on=date(2025, 1, 15)))
    assert term.starts_on == date(2025, 1, 15)


def test_a_renewal_may_only_move_the_date() -> None:
    ended, present = terms(said(JAN25, JAN26, starts_on=JAN25), closed(JAN26, "renewed"), said(JAN26, JAN27))
    assert (ended.renews_on, present.renews_on, present.closing) == (JAN26, JAN27, None)


def test_a_customer_that_left_early_has_no_open_term() -> None:
    (term,) = terms(said(JAN25, JAN26), closed(JUL25, "churned"))
    assert term.closing is not None
    assert term.closing.on == JUL25


def test_a_customer_won_back_has_a_new_term() -> None:
    ended, present = terms(said(JAN25, JAN26), closed(JAN26, "churned"), said(JUL26, JAN27, starts_on=JUL26))
    assert ended.closing is not None
    assert (present.starts_on, present.closing) == (JUL26, None)


def test_a_closing_of_an_unknown_contract_still_counts() -> None:
    term, following = terms(closed(JAN26, "renewed"))
    assert (term.contract_id, term.renews_on) == ("c1", JAN26)
    assert (following.starts_on, following.renews_on, following.closing) == (JAN26, None, None)


def eur(amount: float) -> Money:
    return Money(amount=amount, currency="EUR")


def test_an_amount_changed_within_a_term_is_remembered_with_its_day() -> None:
    (term,) = terms(said(JAN25, JAN26, mrr=eur(10)), said(JUL25, JAN26, mrr=eur(15)))
    assert (term.mrr, term.earlier_mrr) == (eur(15), ((JUL25, eur(10)),))


def test_the_same_amount_said_again_is_no_change() -> None:
    (term,) = terms(said(JAN25, JAN26, mrr=eur(10)), said(JUL25, JAN26, mrr=eur(10)))
    assert term.earlier_mrr == ()


def test_a_renewal_that_says_no_amount_goes_on_with_what_its_closing_agreed() -> None:
    said_of_it = {
        "contract_id": "c1",
        "outcome": "expanded",
        "on": JAN26,
        "new_mrr": {"amount": 12, "currency": "EUR"},
    }
    data = msgspec.convert(said_of_it, ContractClosed)
    closing = Patch(
        kind="closing", entity_id="x", valid_at=at(JAN26), known_at=at(JAN26), position=0, data=data
    )
    ended, present = terms(
        said(JAN25, JAN26, starts_on=JAN25, mrr=eur(10)),
        closing,
        said(JAN26, JAN27),
        said(JUL26, JAN27, mrr=eur(20)),
    )
    assert (ended.mrr, ended.earlier_mrr) == (eur(10), ())
    assert (present.starts_on, present.mrr, present.earlier_mrr) == (JAN26, eur(20), ((JUL26, eur(12)),))


def test_many_terms_take_as_long_as_they_are_many() -> None:
    def looks(count: int) -> int:
        days = [date.fromordinal(JAN25.toordinal() + 30 * number) for number in range(count + 1)]
        patches = [said(starts, ends, starts_on=starts) for starts, ends in pairwise(days)]
        patches += [closed(ends, "renewed") for ends in days[1:]]
        entities = {
            kind: {name: Counted(state) for name, state in states.items()}
            for kind, states in entities_of(patches).items()
        }
        Counted.looks = 0
        assert len(contracts_of(entities)) == count + 1
        return Counted.looks

    assert looks(160) < 2.2 * looks(80)


class Counted(dict[str, Any]):
    """A state that counts how often it is looked into."""

    looks = 0

    def __getitem__(self, field: str) -> Any:
        Counted.looks += 1
        return super().__getitem__(field)


def test_a_word_is_told_on_a_day_of_the_workspace() -> None:
    # In Tokyo 1 January begins at 15:00 UTC of 31 December: what is said an hour later is told on the day that the
    # term ended, and is about the next one.
    evening = at(JAN26) - 8 * 3_600_000_000
    later = msgspec.structs.replace(said(JAN26, JAN26, seats=8), valid_at=evening, known_at=evening)
    told = (said(JAN25, JAN26, seats=5), later, closed(JAN26, "renewed", told=JAN26 + timedelta(days=3)))
    assert [one.seats for one in terms(*told, zone="Asia/Tokyo")] == [5, 8]
    assert [one.seats for one in terms(*told)] == [8, 8]
