"""The reader of contract terms against the rules' plainest form, over random histories; and what tells a term apart."""

from datetime import date, timedelta
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from radar_health_score.domain.account.attributes import Patch
from radar_health_score.domain.account.facts import Contract
from radar_health_score.domain.contracts.revenue import agreed_on
from tests.support.contract_words import closed, contracts, entities_of, terms, updated
from tests.support.reference_terms import agreed_on as plainly_agreed_on
from tests.support.reference_terms import reference_terms

FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 60).map(lambda n: (FIRST + timedelta(days=9 * n)).isoformat())
SPANS = st.sampled_from([30, 90, 180, 365]).map(lambda n: timedelta(days=n))
MRR = st.sampled_from([0.0, 10.0, 20.0])


@st.composite
def _update(draw: st.DrawFn, contract_id: str, products: list[str]) -> Patch:
    told = draw(DAYS)
    says: dict[str, Any] = {}
    starts_on = draw(st.none() | st.just(told) | DAYS)
    if starts_on is not None:
        says["starts_on"] = starts_on
    if draw(st.integers(0, 7)):
        renews_on = draw(st.none() | DAYS | st.builds(lambda one: _after(starts_on or told, one), SPANS))
        says["renews_on"] = renews_on
    if draw(st.booleans()):
        says["mrr"] = draw(st.none() | MRR)
    for name, values in {
        "product": st.sampled_from([*products, None]),
        "seats": st.sampled_from([1, 5]),
        "auto_renew": st.booleans(),
        "trial": st.booleans(),
        "cancelled": st.booleans(),
    }.items():
        if not draw(st.integers(0, 1 if name == "product" else 5)):
            says[name] = draw(values)
    return updated(told, contract_id, known=draw(st.none() | DAYS), **says)


@st.composite
def _closing(draw: st.DrawFn, contract_id: str) -> Patch:
    told, on = draw(DAYS), draw(DAYS)
    outcome = draw(st.sampled_from(["renewed", "expanded", "contracted", "churned", "churned", None]))
    says: dict[str, Any] = {} if outcome is None and draw(st.booleans()) else {"on": on}
    if draw(st.booleans()):
        says["new_mrr"] = draw(st.none() | MRR)
    return closed(
        draw(st.just(told) | st.just(on)), contract_id, outcome=outcome, known=draw(st.none() | DAYS), **says
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Patch]:
    """Words of two contracts, in any order; some are told again, as they were or later."""
    products = draw(st.sampled_from([["one"], ["one"], ["one", "two"]]))
    word = st.sampled_from(["a", "a", "b"]).flatmap(lambda name: _update(name, products) | _closing(name))
    told = draw(st.lists(word, max_size=12))
    again = (
        draw(st.lists(st.sampled_from(told), max_size=3, unique_by=lambda one: one.position)) if told else []
    )
    return draw(st.permutations([*told, *map(_repeated, again)]))


def _repeated(patch: Patch) -> Patch:
    later = patch.valid_at + 20 * 86_400_000_000
    return msgspec.structs.replace(
        patch,
        entity_id=f"{patch.entity_id}+",
        valid_at=later,
        known_at=later,
        position=patch.position + 100_000,
    )


def _after(day: str, span: timedelta) -> str:
    return (date.fromisoformat(day) + span).isoformat()


def _plain(term: Contract) -> dict[str, Any]:
    closing = term.closing
    return {
        "contract": term.contract_id,
        "line": term.line,
        "starts": term.starts_on,
        "renews": term.renews_on,
        "closing": closing and (closing.on, closing.outcome, closing.new_mrr and closing.new_mrr.amount),
        "seats": term.seats,
        "product": term.product,
        "trial": term.trial,
    }


def _reference(term: dict[str, Any]) -> dict[str, Any]:
    closing = term["closing"]
    told = {
        name: term[name] for name in ("contract", "line", "starts", "renews", "seats", "product", "trial")
    }
    return {**told, "closing": closing and (closing["on"], closing["outcome"], closing["new_mrr"])}


@given(histories())
@settings(max_examples=300, deadline=None)
def test_terms_are_those_of_the_rules_in_their_plainest_form(patches: list[Patch]) -> None:
    found, plain = contracts(*patches), reference_terms(patches)
    assert [_plain(one) for one in found] == [_reference(one) for one in plain]
    for day in (FIRST + timedelta(days=7 * n) for n in range(90)):
        amounts = [agreed.amount if (agreed := agreed_on(one, day)) else None for one in found]
        assert amounts == [plainly_agreed_on(one, day) for one in plain]


@given(histories())
@settings(deadline=None)
def test_terms_of_history_are_those_of_the_merged_rows_in_whatever_order_they_came(
    patches: list[Patch],
) -> None:
    found = [term.contract for term in terms(*reversed(patches))]
    assert found == list(contracts(*patches))
    assert len({term.term_id for term in found}) == len(found)
    assert entities_of(patches).keys() <= {"contract", "closing"}
