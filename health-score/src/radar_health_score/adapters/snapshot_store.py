"""Snapshots and waiting accounts, in SQL."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, and_, delete, func, select

from radar_health_score.adapters.bulk import Bulk
from radar_health_score.adapters.contract_rows import ContractRows
from radar_health_score.adapters.due_rows import aged, never_scored, woken
from radar_health_score.adapters.shapes import LATEST_HEALTH, SNAPSHOTS
from radar_health_score.adapters.tables import latest_health, pending_scores, snapshots
from radar_health_score.domain.contracts.renewals import in_own_currency
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.workspace_days import from_micros, to_micros
from radar_health_score.service.scoring.score_ports import Before, Pending, Scored
from radar_health_score.service.state.settling import Untold
from radar_vocabulary.contracts.health import HealthSnapshot, decode_snapshot, encode_snapshot

_received: Final = msgspec.msgpack.Decoder(dict[int, int])


class SqlSnapshotStore:
    """``SnapshotStore`` on either database."""

    def __init__(self, bulk: Bulk, rates: Rates | None = None) -> None:
        self._bulk = bulk
        self._rates = rates or Rates()
        self._contracts = ContractRows(bulk, self._rates)

    def untold(self, connection: Connection, partitions: Collection[int]) -> Untold | None:
        """See ``SnapshotStore``."""
        waiting = pending_scores.c
        query = select(func.min(waiting.history_at), func.max(waiting.history_at)).where(
            waiting.partition.in_(partitions)
        )
        first, last = connection.execute(query).one()
        return None if first is None else Untold(from_micros(first), from_micros(last))

    def pending(
        self,
        connection: Connection,
        partitions: Collection[int],
        limit: int,
        *,
        history: bool,
        after: int | None = None,
    ) -> Sequence[Pending]:
        """See ``SnapshotStore``."""
        waiting = pending_scores.c
        query = (
            select(waiting.batch_no, waiting.accounts, waiting.history_at)
            .where(waiting.partition.in_(partitions))
            .order_by(waiting.batch_no)
            .limit(limit)
        )
        if not history:
            query = query.where(waiting.history_at.is_(None))
        if after is not None:
            query = query.where(waiting.batch_no > after)
        return [
            Pending(no, _received.decode(touched), history_at is not None)
            for no, touched, history_at in connection.execute(query)
        ]

    def done(self, connection: Connection, batch_nos: Iterable[int]) -> None:
        """See ``SnapshotStore``."""
        connection.execute(delete(pending_scores).where(pending_scores.c.batch_no.in_(list(batch_nos))))

    def before(self, connection: Connection, account_nos: Collection[int]) -> Mapping[int, Before]:
        """See ``SnapshotStore``."""
        kept = and_(
            snapshots.c.account_no == latest_health.c.account_no,
            snapshots.c.as_of == latest_health.c.stored_at,
        )
        query = (
            select(latest_health.c.account_no, latest_health.c.as_of, snapshots.c.snapshot)
            .join(snapshots, kept)
            .where(latest_health.c.account_no.in_(account_nos))
        )
        return {
            no: Before(from_micros(as_of), decode_snapshot(text.encode()))
            for no, as_of, text in connection.execute(query)
        }

    def save(self, connection: Connection, scored: Sequence[Scored]) -> None:
        """See ``SnapshotStore``."""
        texts = {one.account_no: encode_snapshot(one.snapshot).decode() for one in scored}
        kept = [
            (one.account_no, to_micros(one.snapshot.as_of), one.snapshot.score, texts[one.account_no])
            for one in scored
            if one.keep
        ]
        self._bulk.put(connection, SNAPSHOTS, kept)
        rows = [_latest(one, texts[one.account_no], self._rates) for one in scored]
        self._bulk.put(connection, LATEST_HEALTH, rows)
        self._contracts.put(connection, scored)

    def due(
        self,
        connection: Connection,
        partitions: Collection[int],
        scored_before: datetime,
        limit: int,
        *,
        new: bool,
        now: datetime,
    ) -> Sequence[int]:
        """See ``SnapshotStore``."""
        found = chain(
            woken(connection, partitions, now, limit),
            never_scored(connection, partitions, limit) if new else (),
            aged(connection, partitions, scored_before, limit),
        )
        return list(islice(dict.fromkeys(found), limit))


def _latest(scored: Scored, text: str, rates: Rates) -> tuple[Any, ...]:
    snapshot: HealthSnapshot = scored.snapshot
    account, renewal = snapshot.account, snapshot.renewal
    owner = account.owner
    # Sorted by one amount: of the currency in which the account pays most.
    revenue = next(iter(in_own_currency(snapshot.revenue, rates)), None)
    return (
        scored.account_no,
        snapshot.account_id,
        to_micros(snapshot.as_of),
        to_micros(scored.kept_at),
        account.name,
        account.segment,
        account.industry,
        account.region,
        owner.name if owner else None,
        owner.email if owner else None,
        snapshot.band,
        snapshot.score,
        renewal.renews_on.isoformat() if renewal else None,
        revenue.currency if revenue else None,
        revenue.arr if revenue else None,
        revenue.arr_at_risk if revenue else None,
        account.standing,
        account.stage,
        account.parent_id,
        ",".join(account.reached or ()) or None,
        None if scored.wakes_at is None else to_micros(scored.wakes_at),
        text,
    )
