"""Who is to be scored again though no event asks for it.

Who is due by a moment is found along the index of that moment; who was never scored, by the health that is missing.
Accounts that can't be scored have a moment of their own (see ``unscorable_accounts``) and are left out here.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, exists, select

from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.repositories.tables import accounts, latest_health
from radar_health_score.repositories.unscorable_accounts import unscorable_accounts

_SCORED = latest_health.c.account_no == accounts.c.account_no
_FAILED = unscorable_accounts.c.account_no


def woken(connection: Connection, partitions: Collection[int], now: datetime, limit: int) -> Iterator[int]:
    """Yield accounts for which a date that was told of has come since they were scored."""
    wakes_at = latest_health.c.wakes_at
    return _of_scored(connection, partitions, wakes_at, wakes_at <= to_micros(now), limit)


def never_scored(connection: Connection, partitions: Collection[int], limit: int) -> Iterator[int]:
    """Yield accounts that were never scored."""
    query = (
        select(accounts.c.account_no)
        .where(
            accounts.c.partition.in_(partitions),
            ~exists().where(_SCORED),
            ~exists().where(accounts.c.account_no == _FAILED),
        )
        .limit(limit)
    )
    return (no for (no,) in connection.execute(query))


def aged(
    connection: Connection, partitions: Collection[int], scored_before: datetime, limit: int
) -> Iterator[int]:
    """Yield accounts that weren't scored since then.

    The oldest first: where a round takes longer than it should, nobody is passed over.
    """
    as_of = latest_health.c.as_of
    return _of_scored(connection, partitions, as_of, as_of < to_micros(scored_before), limit)


def _of_scored(
    connection: Connection,
    partitions: Collection[int],
    mark: ColumnElement[int],
    due: ColumnElement[bool],
    limit: int,
) -> Iterator[int]:
    # PredictionRequest for one by one, so that either database walks the index of the mark and stops at the limit.
    partition = select(accounts.c.partition).where(_SCORED).scalar_subquery()
    scorable = ~exists().where(latest_health.c.account_no == _FAILED)
    query = (
        select(latest_health.c.account_no)
        .where(due, partition.in_(partitions), scorable)
        .order_by(mark)
        .limit(limit)
    )
    return (no for (no,) in connection.execute(query))
