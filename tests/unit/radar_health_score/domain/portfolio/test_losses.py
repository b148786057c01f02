"""What was lost, why, and what became of the account."""

from datetime import date
from typing import Any

from radar_health_score.domain.account.facts import Closing, Contract
from radar_health_score.domain.portfolio.losses import Loss, losses_between, same, summed_by
from radar_health_score.domain.workspace.exchange import Rates
from radar_vocabulary.contracts.scalars import Money

FIRST, LAST = date(2025, 11, 18), date(2026, 11, 18)
SPRING = date(2026, 4, 1)
PLAIN = Rates()


def term(contract_id: str = "c1", *, mrr: float | None = 100, begins: date = date(2025, 4, 1), closing: Closing | None = None) -> Contract:  # fmt: skip
    amount = None if mrr is None else Money(amount=mrr, currency="EUR")
    return Contract(contract_id=contract_id, starts_on=begins, mrr=amount, closing=closing)


def churned(on: date = SPRING, **why: Any) -> Closing:
    return Closing(on=on, outcome="churned", **why)


def found(*contracts: Contract) -> list[Loss]:
    return list(losses_between(contracts, FIRST, LAST, PLAIN))


def test_a_loss_says_when_what_and_why() -> None:
    (loss,) = found(term(closing=churned(reason=" too  expensive ", competitor="Initech")))
    assert (loss.lost_on, loss.mrr, loss.since) == (SPRING, Money(amount=100, currency="EUR"), "gone")
    assert (loss.reason, loss.competitor, loss.term_id) == ("too expensive", "Initech", "c1:1:1")


def test_a_customer_is_one_since_its_first_contract() -> None:
    before = term(begins=date(2024, 4, 1), closing=Closing(on=date(2025, 4, 1), outcome="renewed"))
    (loss,) = found(before, term(closing=churned()), term("c2", begins=date(2026, 9, 1)))
    assert loss.customer_from == date(2024, 4, 1)


def test_who_has_other_contracts_stayed_and_who_signed_again_was_won_back() -> None:
    other = term("c2")
    again = term("c2", begins=date(2026, 9, 1))
    assert [one.since for one in found(term(closing=churned()), other)] == ["stayed"]
    assert [one.since for one in found(term(closing=churned()), again)] == ["won_back"]


def test_renewals_and_what_ended_outside_the_window_are_no_losses() -> None:
    renewed = term(closing=Closing(on=SPRING, outcome="renewed"))
    assert (
        found(renewed, term("c2", closing=churned(FIRST)), term("c3", closing=churned(date(2026, 12, 1))))
        == []
    )


def test_losses_are_summed_by_reason_however_it_is_spelled() -> None:
    # Price: 100 and 50 of two accounts, the first of which came back; no reason: one without an MRR.
    losses = [
        (account_id, loss)
        for account_id, contracts in (
            ("acme", (term(closing=churned(reason="Price")), term("c2", begins=date(2026, 9, 1)))),
            ("globex", (term(mrr=50, closing=churned(reason="price ")),)),
            ("initech", (term(mrr=None, closing=churned()),)),
        )
        for loss in found(*contracts)
    ]
    price, untold = summed_by(losses, lambda loss: loss.reason)
    assert (price.label, price.losses, len(price.accounts), price.won_back) == ("Price", 2, 2, 1)
    assert price.mrr == {"EUR": 150}
    assert (untold.label, untold.losses, untold.unpriced, untold.mrr) == (None, 1, 1, {})


def test_labels_are_the_same_but_for_case_and_blanks() -> None:
    assert same("Too  expensive", "too expensive ")
    assert same(None, "")
    assert not same("price", "service")
