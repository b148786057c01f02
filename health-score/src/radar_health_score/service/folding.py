"""Turns a batch of events into state, inside the transaction that has already moved the offsets.

A batch is folded in memory first (events -> tallies, patches), so it costs few statements on few rows. Events that
were counted before fall out by their identity, claimed in this same transaction.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection

from radar_chassis.bus.port import Partition
from radar_chassis.worker.handler import Decoded
from radar_health_score.domain.account_state import UserDays
from radar_health_score.domain.workspace_days import WorkspaceDays, to_micros
from radar_health_score.service.events import Event
from radar_health_score.service.fold_ports import FoldStore, UserKey
from radar_health_score.service.numbering import Account, PartitionCache, user_days
from radar_health_score.service.patch_fold import PatchFold
from radar_health_score.service.use_fold import USE, UseFold

CACHED_ACCOUNTS: Final = 20_000
CACHED_USERS: Final = 50_000

Batch = Sequence[Decoded[Event]]


class Folder:
    """Folds batches into ``store``, days cut by ``days``. One thread uses it.

    Args:
        cached_accounts, cached_users: how many of each are remembered per partition.
    """

    def __init__(
        self,
        store: FoldStore,
        days: WorkspaceDays,
        *,
        cached_accounts: int = CACHED_ACCOUNTS,
        cached_users: int = CACHED_USERS,
    ) -> None:
        self._store = store
        self._days = days
        self._bounds = (cached_accounts, cached_users)
        self._caches: dict[int, PartitionCache] = {}

    def fold(self, connection: Connection, batch: Batch) -> None:
        """Write the effects of ``batch``."""
        fresh = unseen(self._store, connection, batch)
        if not fresh:
            return
        accounts = self._accounts(connection, fresh)
        users, new_users = self._users(connection, fresh, accounts)
        use, patches = UseFold(self._days, users), PatchFold()
        use.changed_users.update(new_users)
        for one in fresh:
            account = accounts[one.value.record.account_id]
            if one.value.record.type in USE:
                use.add(account, one.value)
            else:
                patches.add(account, one.value, one.record.offset)
        use.write(connection, self._store)
        patches.write(connection, self._store)
        self._save_accounts(connection, accounts.values())
        self._mark_pending(connection, fresh, accounts)
        for cache in self._caches.values():
            cache.trim()

    def discard(self, partitions: Iterable[Partition]) -> None:
        """Forget everything about these partitions."""
        self._store.discard()
        for partition in partitions:
            self._caches.pop(partition.number, None)

    def _cache(self, partition: int) -> PartitionCache:
        cache = self._caches.get(partition)
        if cache is None:
            cache = self._caches[partition] = PartitionCache(accounts=self._bounds[0], users=self._bounds[1])
        return cache

    def _accounts(self, connection: Connection, fresh: Batch) -> dict[str, Account]:
        wanted = {one.value.record.account_id: one.record.partition.number for one in fresh}
        found: dict[str, Account] = {}
        missing: dict[str, int] = {}
        for account_id, partition in wanted.items():
            account = self._cache(partition).accounts.get(account_id)
            if account is None:
                missing[account_id] = partition
            else:
                found[account_id] = account
        if missing:
            for account in self._load(connection, missing):
                found[account.account_id] = account
                self._cache(wanted[account.account_id]).accounts[account.account_id] = account
        return found

    def _load(self, connection: Connection, missing: dict[str, int]) -> Iterable[Account]:
        rows = self._store.accounts(connection, missing)
        accounts = {row.account_no: Account(row) for row in rows}
        for feature in self._store.features(connection, accounts):
            accounts[feature.account_no].features[feature.name] = feature.feature_no
        for account in accounts.values():
            partition = missing.pop(account.account_id)
            if account.partition != partition:
                account.partition, account.changed = partition, True
        created = self._store.create_accounts(connection, missing) if missing else ()
        return [*accounts.values(), *map(Account, created)]

    def _users(
        self, connection: Connection, fresh: Batch, accounts: dict[str, Account]
    ) -> tuple[dict[UserKey, UserDays], dict[UserKey, UserDays]]:
        """Return every user that the batch names, and those among them that are new."""
        users: dict[UserKey, UserDays] = {}
        missing: dict[UserKey, Account] = {}
        for one in fresh:
            record = one.value.record
            if record.user_id is None:
                continue
            account = accounts[record.account_id]
            key = (account.no, record.user_id)
            if key in users or key in missing:
                continue
            user = self._cache(one.record.partition.number).users.get(key)
            if user is None:
                missing[key] = account
            else:
                users[key] = user
        new = self._load_users(connection, users, missing)
        return users, new

    def _load_users(
        self, connection: Connection, users: dict[UserKey, UserDays], missing: dict[UserKey, Account]
    ) -> dict[UserKey, UserDays]:
        known = [key for key, account in missing.items() if account.next_user]
        stored = {
            (row.account_no, row.user_id): user_days(row) for row in self._store.users(connection, known)
        }
        new: dict[UserKey, UserDays] = {}
        for key, account in missing.items():
            user = stored.get(key)
            if user is None:
                user = new[key] = UserDays(account.new_user())
            users[key] = user
            self._cache(account.partition).users[key] = user
        return new

    def _save_accounts(self, connection: Connection, accounts: Iterable[Account]) -> None:
        changed = [account for account in accounts if account.changed]
        self._store.save_accounts(connection, [account.row() for account in changed])
        self._store.add_features(connection, [row for account in changed for row in account.new_features])
        for account in changed:
            account.changed = False
            account.new_features.clear()

    def _mark_pending(self, connection: Connection, fresh: Batch, accounts: dict[str, Account]) -> None:
        waiting: dict[int, dict[int, int]] = {}
        for one in fresh:
            record = one.value.record
            received = waiting.setdefault(one.record.partition.number, {})
            account_no = accounts[record.account_id].no
            arrival = to_micros(record.received_at)
            received[account_no] = min(received.get(account_no, arrival), arrival)
        for partition, received in waiting.items():
            self._store.add_pending(connection, partition, received)


def unseen(store: FoldStore, connection: Connection, batch: Batch) -> Batch:
    """Return the events of ``batch`` that were never counted, and claim them.

    An id is remembered by the week in which the log took its record, and looked for in the week before too.
    """
    by_week: dict[int, dict[bytes, Decoded[Event]]] = {}
    taken: set[bytes] = set()
    for one in batch:
        identity = one.value.identity
        if identity not in taken:
            taken.add(identity)
            by_week.setdefault(week_of(one), {})[identity] = one
    seen: set[bytes] = set()
    for week in sorted(by_week):
        seen |= store.claim(connection, week, list(by_week[week]))
    fresh = (one for events in by_week.values() for one in events.values())
    return [one for one in fresh if one.value.identity not in seen] if seen else list(fresh)


def week_of(one: Decoded[Event]) -> int:
    """Return the number of the week (Monday to Sunday, UTC) in which the log took the record."""
    return (one.record.timestamp.toordinal() - 1) // 7
