from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.attributes import Patch
from radar_health_score.domain.contracts.contract_terms import IN_UTC, statements_of_patches
from radar_health_score.domain.contracts.reader import read_terms
from radar_health_score.domain.contracts.term import Term
from radar_health_score.domain.contracts.term_outcomes import expected
from radar_health_score.domain.forecast.later_outcomes import LaterOutcomes, LaterTerm, later_outcomes_of
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_vocabulary.contracts.events import ContractClosed, ContractUpdated

JAN, JUL = date(2026, 1, 1), date(2026, 7, 1)
NEXT = date(2027, 1, 1)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def said(
    n: int, day: date, renews_on: date, *, starts_on: date | None = None, product: str = "main"
) -> Patch:
    data = ContractUpdated(contract_id="c1", product=product, renews_on=renews_on, starts_on=starts_on)
    return Patch(
        kind="contract", entity_id=f"e{n}", valid_at=to_micros(at(day)), known_at=to_micros(at(day)), position=n, data=data
    )  # fmt: skip


def closed(n: int, on: date, outcome: str = "renewed", *, known: date | None = None) -> Patch:
    data = ContractClosed(contract_id="c1", outcome=outcome, on=on)  # type: ignore[arg-type]
    moment = to_micros(at(known or on))
    return Patch(
        kind="closing", entity_id=f"e{n}", valid_at=to_micros(at(on)), known_at=moment, position=n, data=data
    )


FIRST = said(1, JAN, JUL, starts_on=JAN)
SECOND = said(3, JUL, NEXT, starts_on=JUL)


def terms_of(patches: Sequence[Patch]) -> tuple[Term, ...]:
    return read_terms(statements_of_patches(patches, IN_UTC), IN_UTC)


def later_outcomes(*patches: Patch) -> LaterOutcomes:
    """Return what became of the first term."""
    (term,) = expected(terms_of(patches[:1]))
    return later_outcomes_of(term, terms_of(patches))


def step(due: date, *, churned: bool = False, known: date | None = None) -> LaterTerm:
    return LaterTerm(due=due, churned=churned, known_at=at(known or due))


def test_an_open_term_is_told_of_up_to_its_renewal_date() -> None:
    found = later_outcomes(FIRST)
    assert found == LaterOutcomes(open_from=JUL)
    assert found.known_until(JUL - timedelta(days=1))
    assert not found.known_until(JUL)


def test_terms_follow_one_another_until_one_churns() -> None:
    found = later_outcomes(FIRST, closed(2, JUL), SECOND, closed(4, NEXT, "churned"))
    assert found == LaterOutcomes(steps=(step(JUL), step(NEXT, churned=True)))
    assert (found.lost_on, found.known_until(date.max)) == (NEXT, True)


def test_a_renewed_contract_without_a_new_term_comes_up_again_after_one_like_the_last() -> None:
    assert later_outcomes(FIRST, closed(2, JUL)) == LaterOutcomes(
        steps=(step(JUL),), open_from=JUL + (JUL - JAN)
    )
    unbegun = said(1, JAN, JUL)
    assert later_outcomes(unbegun, closed(2, JUL)) == LaterOutcomes(steps=(step(JUL),))


def test_a_term_that_ended_early_was_lost_then_and_one_closed_late_when_it_was_due() -> None:
    early, late = JUL - timedelta(days=40), JUL + timedelta(days=20)
    assert later_outcomes(FIRST, closed(2, early, "churned")).lost_on == early
    assert later_outcomes(FIRST, closed(2, late, "churned")).lost_on == JUL


def test_a_date_that_was_moved_on_is_a_renewal_and_comes_up_again() -> None:
    moved, when = date(2026, 12, 1), JUL + timedelta(days=9)
    found = later_outcomes(FIRST, said(2, when, moved), closed(3, moved, "churned"))
    assert found == LaterOutcomes(steps=(step(JUL, known=when), step(moved, churned=True)))


def test_another_product_under_the_same_id_has_its_own_fate() -> None:
    other = said(2, JAN, date(2026, 9, 1), starts_on=date(2026, 3, 1), product="other")
    assert later_outcomes(FIRST, other, closed(3, JUL)).steps == (step(JUL),)


def test_an_overlapping_term_of_the_same_id_is_not_its_successor() -> None:
    overlapping = said(2, JAN, date(2026, 9, 1), starts_on=date(2026, 3, 1))
    found = later_outcomes(FIRST, overlapping, closed(3, JUL), SECOND)
    assert found == LaterOutcomes(steps=(step(JUL),), open_from=NEXT)


def test_who_asks_earlier_knows_less() -> None:
    heard = NEXT + timedelta(days=30)
    found = later_outcomes(FIRST, closed(2, JUL), SECOND, closed(4, NEXT, "churned", known=heard))
    assert found.known_by(at(JUL)) == LaterOutcomes(steps=(step(JUL),), open_from=NEXT)
    assert found.known_by(at(JUL) - timedelta(days=1)) == LaterOutcomes(open_from=JUL)
    assert found.known_by(at(heard)) == found


@given(
    st.lists(
        st.tuples(st.integers(0, 900), st.integers(1, 300), st.sampled_from(["renewed", "churned", None])),
        min_size=1,
        max_size=9,
    )
)
def test_steps_go_forward_and_only_the_last_is_a_loss(told: list[tuple[int, int, str | None]]) -> None:
    patches = [FIRST]
    for n, (day, later, outcome) in enumerate(told, 2):
        when = JAN + timedelta(days=day)
        patches.append(closed(n, when, outcome) if outcome else said(n, when, when + timedelta(days=later)))
    found = later_outcomes(*patches)
    assert all(not one.churned for one in found.steps[:-1])
    assert found.lost_on is None or found.open_from is None
    for moment in [one.known_at for one in found.steps]:
        assert all(one.known_at <= moment for one in found.known_by(moment).steps)
