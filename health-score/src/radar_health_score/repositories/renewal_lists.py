"""Lists of open contracts by renewal date, page by page."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import ColumnElement, Connection, func, select, tuple_

from radar_health_score.repositories.contract_rows import NO_DATE
from radar_health_score.repositories.health_lists import account_conditions
from radar_health_score.repositories.list_records import AccountFilter
from radar_health_score.repositories.renewal_records import (
    Between,
    DueRow,
    ListedRenewal,
    RenewalCount,
    RenewalPlace,
)
from radar_health_score.repositories.tables import account_revenue, latest_health, open_contracts
from radar_vocabulary.contracts.health import HealthSnapshot, decode_snapshot

_C: Final = open_contracts.c
_R: Final = account_revenue.c
_PLACE: Final = (_C.renews_on, _C.account_no, _C.contract_id)
_DUE: Final = (_C.currency, _C.starts_on, _C.renews_on, _C.arr, _C.probability, _C.source)


class RenewalLists:
    """Reads the open contracts of many accounts."""

    def renewals(
        self,
        connection: Connection,
        wanted: AccountFilter,
        between: Between,
        after: RenewalPlace | None,
        limit: int,
    ) -> Sequence[ListedRenewal]:
        """Return the contracts that renew between two days, nearest first."""
        query = (
            select(*_PLACE, latest_health.c.snapshot)
            .where(*_conditions(wanted, between))
            .order_by(*_PLACE)
            .limit(limit)
        )
        if after is not None:
            query = query.where(tuple_(*_PLACE) > tuple_(*after))
        return [
            ListedRenewal(RenewalPlace(*place), decode_snapshot(text.encode()))
            for *place, text in connection.execute(query)
        ]

    def totals(
        self, connection: Connection, wanted: AccountFilter, between: Between
    ) -> Sequence[RenewalCount]:
        """Return the sums over all of them, one per currency."""
        query = (
            select(_C.currency, func.count(), func.sum(_C.arr), func.sum(_C.arr_at_risk))
            .where(*_conditions(wanted, between))
            .group_by(_C.currency)
        )
        return [
            RenewalCount(currency, contracts, arr or 0.0, risk or 0.0)
            for currency, contracts, arr, risk in connection.execute(query)
        ]

    def undated(
        self, connection: Connection, wanted: AccountFilter, limit: int
    ) -> Sequence[tuple[str, HealthSnapshot]]:
        """Return the contracts without a known renewal date: their id and the latest health, most ARR first."""
        query = (
            select(_C.contract_id, latest_health.c.snapshot)
            .where(
                _C.account_no == latest_health.c.account_no,
                _C.renews_on == NO_DATE,
                *account_conditions(wanted),
            )
            .order_by(func.coalesce(_C.arr, 0.0).desc(), _C.account_no, _C.contract_id)
            .limit(limit)
        )
        return [(name, decode_snapshot(text.encode())) for name, text in connection.execute(query)]

    def due(self, connection: Connection, wanted: AccountFilter, between: Between) -> Sequence[DueRow]:
        """Return those of them that have an ARR."""
        query = select(*_DUE).where(_C.arr.is_not(None), *_conditions(wanted, between))
        return [DueRow(*row) for row in connection.execute(query)]

    def arr(self, connection: Connection, wanted: AccountFilter) -> Mapping[str, float]:
        """Return the ARR of all contracts in force, by currency."""
        query = (
            select(_R.currency, func.sum(_R.arr))
            .where(_R.account_no == latest_health.c.account_no, *account_conditions(wanted))
            .group_by(_R.currency)
        )
        return {currency: arr or 0.0 for currency, arr in connection.execute(query)}


def _conditions(wanted: AccountFilter, between: tuple[date, date]) -> list[ColumnElement[bool]]:
    return [
        _C.account_no == latest_health.c.account_no,
        _C.renews_on.between(between[0].isoformat(), between[1].isoformat()),
        *account_conditions(wanted),
    ]
