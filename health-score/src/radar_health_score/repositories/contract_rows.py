"""Writes what an account's latest health says of its contracts and revenue, row by row, for lists and sums."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, delete, select

from radar_health_score.domain.contracts.renewals import in_own_currency
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.repositories.bulk import Bulk
from radar_health_score.repositories.score_records import Scored
from radar_health_score.repositories.shapes import ACCOUNT_REVENUE, OPEN_CONTRACTS
from radar_health_score.repositories.tables import account_revenue, latest_health, open_contracts
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal

# The renewal date of a contract of which none is known: before every day, so that no range of days holds it.
NO_DATE: Final = ""
_TABLES: Final = (open_contracts, account_revenue)


class ContractRows:
    """Keeps both tables in step with ``latest_health``; amounts with a rate are in the workspace's currency."""

    def __init__(self, bulk: Bulk, rates: Rates) -> None:
        self._bulk = bulk
        self._rates = rates

    def put(self, connection: Connection, scored: Sequence[Scored]) -> None:
        """Write the rows of those snapshots that have become the latest, in the same transaction as these."""
        latest = self._latest(connection, scored)
        numbers = [one.account_no for one in latest]
        for table in _TABLES:
            connection.execute(delete(table).where(table.c.account_no.in_(numbers)))
        contracts = [row for one in latest for row in self._contracts(one.account_no, one.snapshot)]
        self._bulk.append(connection, OPEN_CONTRACTS, contracts)
        revenue = [row for one in latest for row in self._revenue(one.account_no, one.snapshot)]
        self._bulk.append(connection, ACCOUNT_REVENUE, revenue)

    def _latest(self, connection: Connection, scored: Sequence[Scored]) -> list[Scored]:
        wanted = [one.account_no for one in scored]
        query = select(latest_health.c.account_no, latest_health.c.as_of).where(
            latest_health.c.account_no.in_(wanted)
        )
        as_of = {row.account_no: row.as_of for row in connection.execute(query)}
        return [one for one in scored if as_of.get(one.account_no) == to_micros(one.snapshot.as_of)]

    def _contracts(self, account_no: int, snapshot: HealthSnapshot) -> Iterator[tuple[Any, ...]]:
        for one in snapshot.renewals:
            yield (account_no, one.contract_id, *self._contract(one))
        for undated in snapshot.undated:
            arr = None if undated.arr is None else self._rates.convert(undated.arr)
            worth = (arr.currency, arr.amount) if arr else (None, None)
            yield (account_no, undated.contract_id, NO_DATE, None, None, *worth, None, "none")

    def _contract(self, one: Renewal) -> tuple[Any, ...]:
        arr = None if one.arr is None else self._rates.convert(one.arr)
        at_risk = None if one.arr_at_risk is None else self._rates.convert(one.arr_at_risk)
        return (
            one.renews_on.isoformat(),
            one.starts_on.isoformat() if one.starts_on else None,
            one.probability,
            arr.currency if arr else None,
            arr.amount if arr else None,
            at_risk.amount if at_risk else None,
            one.source,
        )

    def _revenue(self, account_no: int, snapshot: HealthSnapshot) -> Iterator[tuple[Any, ...]]:
        for one in in_own_currency(snapshot.revenue, self._rates):
            yield (account_no, one.currency, one.arr, one.arr_at_risk)
