"""Sums over the accounts of a group: adding accounts is all that is needed to know a portfolio's economics."""

from dataclasses import dataclass, field

from radar_health_score.domain.portfolio.revenue_change import RevenueChange


@dataclass(slots=True)
class MoneySums:
    """MRR in one currency: now, and how it came there from the window's beginning.

    Attributes:
        mrr: of every account, now; ``payers`` is how many accounts pay any of it.
        base: MRR at the beginning, of the accounts whose then and now can be compared.
        ended: MRR of the terms that ended in the window; kept: what those of them that were renewed go on with, at
            most what they paid before.
        expansion, contraction, churned: how that base changed; new, won_back: what others added.
    """

    mrr: float = 0.0
    payers: int = 0
    base: float = 0.0
    ended: float = 0.0
    kept: float = 0.0
    expansion: float = 0.0
    contraction: float = 0.0
    churned: float = 0.0
    new: float = 0.0
    won_back: float = 0.0


@dataclass(slots=True)
class Ledger:
    """Counts of accounts and terms, and money by currency.

    Attributes:
        accounts: every account known, whether it has a contract or not.
        customers, customers_before: accounts with a term in force, now and at the window's beginning.
        lost, new, won_back: customers then but not now; now but not then, for the first time or again.
        renewed, churned: terms that ended in the window; overdue: open terms past their renewal date.
        unpriced, switched: accounts left out of retention: a term names no MRR; another currency without a rate.
    """

    accounts: int = 0
    customers: int = 0
    customers_before: int = 0
    lost: int = 0
    new: int = 0
    won_back: int = 0
    renewed: int = 0
    churned: int = 0
    overdue: int = 0
    unpriced: int = 0
    switched: int = 0
    money: dict[str, MoneySums] = field(default_factory=dict)

    def add(self, change: RevenueChange) -> None:
        """Count one account."""
        before, now = change.before, change.now
        self.accounts += 1
        self.customers += now.customer
        self.customers_before += before.customer
        self.lost += before.customer and not now.customer
        if now.customer and not before.customer:
            self.won_back += change.left_before
            self.new += not change.left_before
        self.renewed += change.renewed
        self.churned += change.churned
        self.overdue += change.overdue
        self.unpriced += change.differs == "unpriced"
        self.switched += change.differs == "switched"
        self._add_money(change)

    def _add_money(self, change: RevenueChange) -> None:
        before, now = change.before.mrr, change.now.mrr
        for currency in before.keys() | now.keys():
            sums = self.money.setdefault(currency, MoneySums())
            then, amount = before.get(currency, 0.0), now.get(currency, 0.0)
            sums.mrr += amount
            sums.payers += amount > 0
            if not change.differs:
                _move(sums, then, amount, change)
        for paid, renewed in change.ends:
            sums = self.money.setdefault(paid.currency, MoneySums())
            sums.ended += paid.amount
            sums.kept += 0.0 if renewed is None else min(renewed.amount, paid.amount)


def _move(sums: MoneySums, then: float, now: float, change: RevenueChange) -> None:
    sums.base += then
    if not change.now.customer:
        sums.churned += then
    elif change.before.customer and then > 0:
        sums.expansion += max(0.0, now - then)
        sums.contraction += max(0.0, then - now)
    elif change.left_before:
        sums.won_back += now
    else:
        sums.new += now
