"""Whether an account is a customer follows from its contracts."""

from datetime import date

import pytest

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.contracts.standing import standing_of


def term(year: int, outcome: str | None = None, *, contract: str = "c1") -> Contract:
    """Return the term that ends with ``year``, open where no outcome is known."""
    end = date(year, 12, 31)
    closing = Closing(on=end, outcome=outcome) if outcome else None  # type: ignore[arg-type]
    return Contract(contract_id=contract, renews_on=end, closing=closing)


def test_an_account_that_never_had_a_contract_is_a_prospect() -> None:
    assert standing_of(()) == "prospect"


def test_an_open_contract_makes_a_customer_also_of_one_who_had_left() -> None:
    assert standing_of([term(2026)]) == "customer"
    assert standing_of([term(2024, "churned"), term(2026, contract="c2")]) == "customer"
    assert standing_of([term(2026, "churned"), term(2025, contract="c2")]) == "customer"


@pytest.mark.parametrize("outcome", ["renewed", "expanded", "contracted"])
def test_who_went_on_is_a_customer_before_the_next_term_is_known(outcome: str) -> None:
    assert standing_of([term(2025, outcome)]) == "customer"
    assert standing_of([term(2024, "churned"), term(2025, outcome, contract="c2")]) == "customer"


def test_who_churned_last_is_a_former_customer() -> None:
    assert standing_of([term(2026, "churned")]) == "former"
    assert standing_of([term(2024, "renewed"), term(2025, "churned")]) == "former"
    assert standing_of([term(2025, "renewed", contract="c0"), term(2026, "churned")]) == "former"


def test_one_contract_given_up_on_the_day_another_is_renewed_is_no_goodbye() -> None:
    assert standing_of([term(2025, "churned"), term(2025, "renewed", contract="c2")]) == "customer"
    assert standing_of([term(2025, "renewed", contract="c2"), term(2025, "churned")]) == "customer"
