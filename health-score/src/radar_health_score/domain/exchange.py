"""Money of several currencies: brought into one where a rate is configured, kept apart where none is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from radar_chassis.contracts.scalars import Money

Amounts = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The workspace's own currency and what one unit of another is worth in it.

    The rates don't change with time: movements of revenue then tell of customers, not of currencies.
    """

    currency: str | None = None
    rates: Amounts = field(default_factory=dict)

    def total(self, money: Iterable[Money | None]) -> dict[str, float]:
        """Return the sums by currency; what has a rate is counted in the workspace's own currency."""
        sums: dict[str, float] = {}
        for one in money:
            if one is not None:
                currency, rate = one.currency, 1.0
                if self.currency is not None and currency in self.rates:
                    currency, rate = self.currency, self.rates[currency]
                sums[currency] = sums.get(currency, 0.0) + one.amount * rate
        return sums
