"""Accounts that can't be scored: why, and when each is tried again."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    MetaData,
    Table,
    Text,
    delete,
    func,
    insert,
    select,
)

from radar_health_score.domain.workspace.workspace_days import from_micros, to_micros
from radar_health_score.repositories.tables import accounts

unscorable_accounts: Final = Table(
    "unscorable_accounts",
    MetaData(),
    Column("account_no", BigInteger, primary_key=True),
    Column("since", BigInteger),
    Column("tries", Integer),
    Column("retry_at", BigInteger),
    Column("error", Text),
)
_U: Final = unscorable_accounts.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscorable:
    """An account that can't be scored: since when, the error, and when it is tried again without new facts."""

    account_no: int
    since: datetime
    tries: int
    retry_at: datetime
    error: str


class UnscorableAccounts:
    """Remembers them, on either database."""

    def among(self, connection: Connection, account_nos: Collection[int]) -> Mapping[int, Unscorable]:
        """Return those of these accounts that can't be scored, by number."""
        query = select(unscorable_accounts).where(_U.account_no.in_(account_nos))
        return {
            no: Unscorable(
                account_no=no,
                since=from_micros(since),
                tries=tries,
                retry_at=from_micros(retry_at),
                error=error,
            )
            for no, since, tries, retry_at, error in connection.execute(query)
        }

    def record(self, connection: Connection, accounts: Sequence[Unscorable]) -> None:
        """Write these, in place of what was known of them."""
        self.forget(connection, [one.account_no for one in accounts])
        rows = [
            {
                "account_no": one.account_no,
                "since": to_micros(one.since),
                "tries": one.tries,
                "retry_at": to_micros(one.retry_at),
                "error": one.error,
            }
            for one in accounts
        ]
        if rows:
            connection.execute(insert(unscorable_accounts), rows)

    def forget(self, connection: Connection, account_nos: Collection[int]) -> None:
        """Forget these: they were scored."""
        if account_nos:
            connection.execute(delete(unscorable_accounts).where(_U.account_no.in_(account_nos)))

    def count(self, connection: Connection, partitions: Collection[int]) -> int:
        """Return how many accounts of these partitions can't be scored."""
        query = (
            select(func.count())
            .select_from(unscorable_accounts.join(accounts, accounts.c.account_no == _U.account_no))
            .where(accounts.c.partition.in_(partitions))
        )
        return int(connection.execute(query).scalar_one())


def tried_again(
    connection: Connection, partitions: Collection[int], now: datetime, limit: int
) -> Iterator[int]:
    """Yield accounts that can't be scored and are to be tried again by ``now``."""
    query = (
        select(_U.account_no)
        .join(accounts, accounts.c.account_no == _U.account_no)
        .where(accounts.c.partition.in_(partitions), _U.retry_at <= to_micros(now))
        .order_by(_U.retry_at)
        .limit(limit)
    )
    return (no for (no,) in connection.execute(query))
