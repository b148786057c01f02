"""Overrides in SQL."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

import msgspec
from sqlalchemy import BigInteger, Column, Connection, Float, MetaData, Table, Text, insert, select

from radar_health_score.domain.account.override_acts import OverrideAct
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.repositories.tables import accounts, pending_scores

_overrides: Final = Table(
    "overrides",
    MetaData(),
    Column("override_no", BigInteger, primary_key=True),
    Column("account_no", BigInteger),
    Column("known_at", BigInteger),
    Column("valid_from", BigInteger),
    Column("expires_at", BigInteger),
    Column("band", Text),
    Column("score", Float(53)),
    Column("author", Text),
    Column("reason", Text),
)
_encoder: Final = msgspec.msgpack.Encoder()


class OverrideBook:
    """Keeps every act of setting an account's health by hand."""

    def add(self, connection: Connection, account_no: int, act: OverrideAct) -> None:
        """Keep an act (its number is given here), and let the account be scored again."""
        known_at = to_micros(act.known_at)
        values = {
            "account_no": account_no,
            "known_at": known_at,
            "valid_from": to_micros(act.valid_from),
            "expires_at": None if act.expires_at is None else to_micros(act.expires_at),
            "band": act.band,
            "score": act.score,
            "author": act.author,
            "reason": act.reason,
        }
        connection.execute(insert(_overrides).values(values))
        partition = select(accounts.c.partition).where(accounts.c.account_no == account_no)
        waiting = {
            "accounts": _encoder.encode({account_no: known_at}),
            "partition": partition.scalar_subquery(),
        }
        connection.execute(insert(pending_scores).values(waiting))

    def unexpired(self, connection: Connection, now: datetime) -> Mapping[int, str]:
        """Return accounts (number -> id) with an act that expires after ``now``; another may have taken its place."""
        query = (
            select(accounts.c.account_no, accounts.c.account_id)
            .join(_overrides, _overrides.c.account_no == accounts.c.account_no)
            .where(_overrides.c.expires_at > to_micros(now))
            .distinct()
        )
        return {no: account_id for no, account_id in connection.execute(query)}  # noqa: C416 - rows are no tuples
