"""What lists of renewals need from a store."""

from datetime import date
from typing import NamedTuple

from radar_health_score.domain.forecast.renewal_forecast import Source
from radar_vocabulary.contracts.health import HealthSnapshot

Between = tuple[date, date]


class RenewalPlace(NamedTuple):
    """Where in the list of renewals, sorted by date, one stands."""

    renews_on: str
    account_no: int
    contract_id: str


class ListedRenewal(NamedTuple):
    """An open contract, and the latest health of its account."""

    place: RenewalPlace
    snapshot: HealthSnapshot


class RenewalCount(NamedTuple):
    """How many contracts there are in a currency (None: no MRR is known), and their ARR and ARR at risk."""

    currency: str | None
    contracts: int
    arr: float
    arr_at_risk: float


class DueRow(NamedTuple):
    """An open contract as a forecast sees it; ISO dates, ARR in ``currency``.

    ``source`` told the probability; None: an earlier release wrote this, and didn't say.
    """

    currency: str
    starts_on: str | None
    renews_on: str
    arr: float
    probability: float | None
    source: Source | None
