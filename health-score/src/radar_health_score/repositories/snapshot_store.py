"""Snapshots and waiting accounts, in SQL."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain, islice
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, and_, delete, func, select

from radar_health_score.domain.contracts.renewals import in_own_currency
from radar_health_score.domain.workspace.exchange import Rates
from radar_health_score.domain.workspace.workspace_days import from_micros, to_micros
from radar_health_score.repositories.bulk import Bulk
from radar_health_score.repositories.contract_rows import ContractRows
from radar_health_score.repositories.due_rows import aged, never_scored, woken
from radar_health_score.repositories.score_records import Before, Pending, PendingImport, Scored
from radar_health_score.repositories.shapes import LATEST_HEALTH, SNAPSHOTS
from radar_health_score.repositories.tables import latest_health, pending_scores, snapshots
from radar_health_score.repositories.unscorable_accounts import tried_again
from radar_vocabulary.contracts.health import HealthSnapshot, decode_snapshot, encode_snapshot

_received: Final = msgspec.msgpack.Decoder(dict[int, int])


class SnapshotStore:
    """Snapshots, the latest beside the kept ones, and the accounts that wait for a score."""

    def __init__(self, bulk: Bulk, rates: Rates | None = None) -> None:
        self._bulk = bulk
        self._rates = rates or Rates()
        self._contracts = ContractRows(bulk, self._rates)

    def pending_import(self, connection: Connection, partitions: Collection[int]) -> PendingImport | None:
        """Return the history of these partitions that waits for a score, if any does."""
        waiting = pending_scores.c
        query = select(func.min(waiting.history_at), func.max(waiting.history_at)).where(
            waiting.partition.in_(partitions)
        )
        first, last = connection.execute(query).one()
        return None if first is None else PendingImport(from_micros(first), from_micros(last))

    def pending(
        self,
        connection: Connection,
        partitions: Collection[int],
        limit: int,
        *,
        history: bool,
        after: int | None = None,
    ) -> Sequence[Pending]:
        """Return the oldest waiting batches of these partitions, those of history only where asked for.

        ``after``: only those that came after this batch.
        """
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
        """Forget waiting batches."""
        connection.execute(delete(pending_scores).where(pending_scores.c.batch_no.in_(list(batch_nos))))

    def before(self, connection: Connection, account_nos: Collection[int]) -> Mapping[int, Before]:
        """Return what was known of these accounts' health."""
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
        """Write snapshots; one that is older than what is there changes nothing."""
        texts = {one.account_no: _stored(one.snapshot) for one in scored}
        kept = [
            (one.account_no, to_micros(one.snapshot.as_of), one.snapshot.score, texts[one.account_no])
            for one in scored
            if one.keep
        ]
        self._bulk.put(connection, SNAPSHOTS, kept)
        rows = [_latest(one, texts[one.account_no], self._rates) for one in scored]
        self._bulk.put(connection, LATEST_HEALTH, rows)
        self._contracts.put(connection, scored)

    def introduce(self, connection: Connection, blank: Mapping[int, HealthSnapshot]) -> None:
        """List accounts that were never scored, without any health; those that are listed stay as they are."""
        known = select(latest_health.c.account_no).where(latest_health.c.account_no.in_(blank))
        listed = set(connection.execute(known).scalars())
        rows = [
            _latest(
                Scored(account_no=no, snapshot=snapshot, keep=False, kept_at=snapshot.as_of),
                _stored(snapshot),
                self._rates,
            )
            for no, snapshot in blank.items()
            if no not in listed
        ]
        self._bulk.put(connection, LATEST_HEALTH, rows)

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
        """Return accounts of these partitions that were not scored since then; ``new``: or never yet.

        Before them, those whose time to wake has come by ``now``, and first those that couldn't be scored and are to
        be tried again.
        """
        found = chain(
            tried_again(connection, partitions, now, limit),
            woken(connection, partitions, now, limit),
            never_scored(connection, partitions, limit) if new else (),
            aged(connection, partitions, scored_before, limit),
        )
        return list(islice(dict.fromkeys(found), limit))


def _stored(snapshot: HealthSnapshot) -> str:
    """Return the text that is kept. Metrics have a history of their own: their values are told on the topic alone."""
    return encode_snapshot(msgspec.structs.replace(snapshot, readings={})).decode()


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
