"""A contract end seen from some days before it: what was known then, and how it turned out."""

from dataclasses import dataclass, field
from datetime import date, datetime

from radar_health_score.domain.account.facts import AccountFacts, Contract
from radar_health_score.domain.forecast.later_outcomes import ALL_UNKNOWN, LaterOutcomes
from radar_health_score.domain.metrics.reading import Readings
from radar_health_score.domain.scoring.score import Score
from radar_vocabulary.contracts.scalars import Money, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedContract:
    """One term of a contract, observed ``lead_days`` before it was expected to end.

    ``churned``, ``label_known_at`` and ``later_outcomes`` were known later. Everything else is as it was known at
    ``observed_at``, the renewal date too: a term that was moved later is seen at the date that stood then.

    Attributes:
        observed_at: the midnight that begins the day ``lead_days`` before ``renews_on``: use of that day doesn't count.
        churned: how the term ended; None while nobody has said.
        label_known_at: from when on that could be known; None while it isn't.
        contract: the term as it stood then, open. ``arr``: 12 x MRR of the term; None where no MRR was told.
        facts: what a metric may see. ``readings``: every metric of the catalogue on those facts.
        score: under the scorecard that speaks for the account.
        probability: of renewing by that scorecard; None where its band is unknown.
        later_outcomes: what became of the contract, this term and those after it.
    """

    account_id: str
    contract_id: str
    renews_on: date
    observed_at: datetime
    lead_days: int
    churned: bool | None
    label_known_at: datetime | None
    contract: Contract
    arr: Money | None
    segment: Segment
    facts: AccountFacts
    readings: Readings
    score: Score
    probability: float | None
    later_outcomes: LaterOutcomes = field(default=ALL_UNKNOWN, compare=False)

    @property
    def key(self) -> tuple[str, str, str, date, int]:
        """What tells observations apart, and orders them the same way whoever made them."""
        return (
            self.account_id,
            self.contract_id,
            self.observed_at.isoformat(),
            self.renews_on,
            self.lead_days,
        )
