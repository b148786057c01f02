"""Money of several currencies: brought into one where a rate is configured, kept apart where none is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from radar_vocabulary.contracts.scalars import Money

Amounts = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The workspace's own currency and what one unit of another is worth in it.

    The rates don't change with time: movements of revenue then tell of customers, not of currencies.
    """

    currency: str | None = None
    rates: Amounts = field(default_factory=dict)

    def convert(self, money: Money) -> Money:
        """Return the money in the workspace's own currency, where it has a rate; else as it is."""
        if self.currency is None or money.currency not in self.rates:
            return money
        return Money(amount=money.amount * self.rates[money.currency], currency=self.currency)

    def total(self, money: Iterable[Money | None]) -> dict[str, float]:
        """Return the sums by currency; what has a rate is counted in the workspace's own currency."""
        sums: dict[str, float] = {}
        for one in money:
            if one is not None:
                worth = self.convert(one)
                sums[worth.currency] = sums.get(worth.currency, 0.0) + worth.amount
        return sums
