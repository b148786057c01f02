"""Random portfolios for property tests: accounts whose contracts follow one another as the product reads them."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from radar_health_score.domain.account.facts import Closing, Contract
from radar_vocabulary.contracts.scalars import Money

_FIRST = date(2020, 1, 1)
_OUTCOMES = st.sampled_from(["renewed", "expanded", "contracted", "churned"])


@st.composite
def _terms(draw: Any, contract_id: str) -> list[Contract]:
    """Return the terms of one contract: each begins where the one before it ended, or a little later."""
    currency = draw(st.sampled_from(["EUR", "EUR", "USD"]))
    begins = _FIRST + timedelta(days=draw(st.integers(0, 2000)))
    terms: list[Contract] = []
    for _ in range(draw(st.integers(1, 4))):
        mrr = draw(st.none() | st.integers(0, 1000))
        ends = begins + timedelta(days=draw(st.integers(20, 500)))
        told = Contract(
            contract_id=contract_id,
            starts_on=begins,
            renews_on=ends,
            mrr=None if mrr is None else Money(amount=float(mrr), currency=currency),
        )
        if draw(st.booleans()):
            return [*terms, told]
        terms.append(_closed(draw, told, ends, currency))
        begins = ends + timedelta(days=draw(st.integers(0, 20)))
    return terms


def _closed(draw: Any, term: Contract, on: date, currency: str) -> Contract:
    agreed = draw(st.none() | st.integers(0, 1000))
    closing = Closing(
        on=on,
        outcome=draw(_OUTCOMES),
        new_mrr=None if agreed is None else Money(amount=float(agreed), currency=currency),
    )
    return Contract(
        contract_id=term.contract_id,
        starts_on=term.starts_on,
        renews_on=on,
        mrr=term.mrr,
        closing=closing,
    )


@st.composite
def _accounts(draw: Any) -> tuple[Contract, ...]:
    count = draw(st.integers(0, 3))
    return tuple(term for number in range(count) for term in draw(_terms(f"c{number}")))


portfolios = st.lists(_accounts(), max_size=6)
