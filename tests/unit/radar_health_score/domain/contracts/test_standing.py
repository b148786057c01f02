"""Whether an account is a customer follows from its contracts."""

from dataclasses import replace
from datetime import date

import pytest

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.contracts.standing import standing_of


def term(year: int, outcome: str | None = None, *, contract: str = "c1") -> Contract:
    """Return the term that ends with ``year``, open where no outcome is known."""
    end = date(year, 12, 31)
    closing = Closing(on=end, outcome=outcome) if outcome else None  # type: ignore[arg-type]
    return Contract(contract_id=contract, renews_on=end, closing=closing)


TODAY = date(2027, 1, 1)


def standing(*terms: Contract, today: date = TODAY) -> str:
    return standing_of(terms, today)


def test_an_account_that_never_had_a_contract_is_a_prospect() -> None:
    assert standing() == "prospect"


def test_an_open_contract_makes_a_customer_also_of_one_who_had_left() -> None:
    assert standing(term(2026)) == "customer"
    assert standing(term(2024, "churned"), term(2026, contract="c2")) == "customer"
    assert standing(term(2026, "churned"), term(2025, contract="c2")) == "customer"


@pytest.mark.parametrize("outcome", ["renewed", "expanded", "contracted"])
def test_who_went_on_is_a_customer_before_the_next_term_is_known(outcome: str) -> None:
    assert standing(term(2025, outcome)) == "customer"
    assert standing(term(2024, "churned"), term(2025, outcome, contract="c2")) == "customer"


def test_who_churned_last_is_a_former_customer() -> None:
    assert standing(term(2026, "churned")) == "former"
    assert standing(term(2024, "renewed"), term(2025, "churned")) == "former"
    assert standing(term(2026, "churned"), today=date(2026, 12, 31)) == "former"


def test_who_has_cancelled_is_a_customer_until_the_last_day() -> None:
    assert standing(term(2026, "churned"), today=date(2026, 12, 30)) == "customer"


def test_a_renewed_contract_goes_on_beside_one_that_churned() -> None:
    assert standing(term(2025, "renewed", contract="c0"), term(2026, "churned")) == "customer"


def test_a_trial_makes_no_customer() -> None:
    trial = replace(term(2027), trial=True)
    assert (standing(trial), standing(trial, term(2026, "churned"))) == ("prospect", "former")


def test_one_contract_given_up_on_the_day_another_is_renewed_is_no_goodbye() -> None:
    assert standing(term(2025, "churned"), term(2025, "renewed", contract="c2")) == "customer"
    assert standing(term(2025, "renewed", contract="c2"), term(2025, "churned")) == "customer"
