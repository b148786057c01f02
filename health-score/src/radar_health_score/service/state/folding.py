"""Turns a batch of events into state, inside the transaction that has already moved the offsets.

A batch is folded in memory first (events -> tallies, patches), so it costs few statements on few rows. Events that
were counted before fall out by their identity, claimed in this same transaction.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from radar_chassis.bus.port import Partition
from radar_chassis.clock import Clock, SystemClock
from radar_chassis.worker.handler import Decoded
from radar_health_score.domain.history.account_state import UserDays
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, to_micros
from radar_health_score.repositories.fold_store import FoldStore
from radar_health_score.service.state.events import Event
from radar_health_score.service.state.import_delay import is_history
from radar_health_score.service.state.inactive_users_cache import RECENT_DAYS, InactiveUsersCache
from radar_health_score.service.state.numbering import CacheBounds, CachedAccount, PartitionCache, user_days
from radar_health_score.service.state.patch_fold import PatchFold
from radar_health_score.service.state.use_fold import UseFold

if TYPE_CHECKING:
    from radar_health_score.repositories.fold_records import UserKey

Batch = Sequence[Decoded[Event]]


class Folder:
    """Folds batches into ``store``, days cut by ``days``. One thread uses it."""

    def __init__(
        self,
        store: FoldStore,
        days: WorkspaceDays,
        bounds: CacheBounds | None = None,
        clock: Clock | None = None,
        inactive: InactiveUsersCache | None = None,
    ) -> None:
        self._store = store
        self._days = days
        self._bounds = bounds or CacheBounds()
        self._clock = clock or SystemClock()
        self._caches: dict[int, PartitionCache] = {}
        self._inactive = inactive or InactiveUsersCache()
        self._stirred: set[int] = set()

    def fold(self, connection: Connection, batch: Batch) -> None:
        """Write the effects of ``batch``."""
        fresh = unseen(self._store, connection, batch)
        if fresh:
            now = self._clock.now()
            round_ = _Round(self._store, self._days, self._caches, self._days.day_of(now) - RECENT_DAYS)
            round_.fold(connection, fresh, now)
            self._stirred = round_.stirred
            self._invalidate()
            for cache in self._caches.values():
                cache.trim(self._bounds, len(self._caches))

    def committed(self) -> None:
        """The batch folded last is durable: who reads from now on sees it, so what was read before is no use."""
        self._invalidate()
        self._stirred = set()

    def _invalidate(self) -> None:
        if self._stirred:
            self._inactive.invalidate(self._stirred)

    def discard(self, partitions: Iterable[Partition]) -> None:
        """Forget everything about these partitions."""
        self._inactive.clear()
        self._store.discard()
        for partition in partitions:
            self._caches.pop(partition.number, None)


class _Round:
    """One batch on its way into the store."""

    def __init__(
        self, store: FoldStore, days: WorkspaceDays, caches: dict[int, PartitionCache], long_ago: int
    ) -> None:
        """``long_ago``: the day before which a user's last day may make them count as long gone."""
        self._store = store
        self._caches = caches
        self._use = UseFold(days)
        self._patches = PatchFold()
        self._accounts: dict[int, CachedAccount] = {}
        self._news: dict[int, dict[int, int]] = {}
        self._history: dict[int, dict[int, int]] = {}
        self._long_ago = long_ago
        self.stirred: set[int] = set()

    def fold(self, connection: Connection, fresh: Batch, now: datetime) -> None:
        for number in {one.record.partition.number for one in fresh}:
            self._news[number], self._history[number] = {}, {}
            if number not in self._caches:
                self._caches[number] = PartitionCache()
        # Order doesn't matter to the state, so what the caches don't know is looked up once, and comes second.
        later = self._take(fresh)
        if later:
            self._load_accounts(connection, later)
            self._load_users(connection, later)
            left = self._take(later)
            assert not left, "every account and user of the batch is known by now"
        self._use.write(connection, self._store)
        self._patches.write(connection, self._store)
        self._save_accounts(connection)
        self._save_pending(connection, now)

    def _take(self, batch: Batch) -> list[Decoded[Event]]:
        """Fold what can be; return the events whose account or user isn't in memory."""
        later: list[Decoded[Event]] = []
        partition: Partition | None = None
        for one in batch:
            if one.record.partition is not partition:
                partition = one.record.partition
                cache = self._caches[partition.number]
                news, history = self._news[partition.number], self._history[partition.number]
            event = one.value
            record = event.record
            account = cache.accounts.get(record.account_id)
            if account is None:
                later.append(one)
                continue
            user = None
            if record.user_id is not None:
                user = cache.users.get((account.no, record.user_id))
                if user is None:
                    later.append(one)
                    continue
            if account.no not in news:
                # The log keeps an account's events in order of arrival, so the first is the oldest.
                touched = history if is_history(record) else news
                if account.no not in touched:
                    touched[account.no] = to_micros(record.received_at)
                    self._accounts[account.no] = account
            # Before and after: who was long gone may be back, and what is old may be news of somebody.
            self._note_inactive(account, user)
            if event.use is None:
                self._patches.add(account, event, one.record.offset)
            else:
                self._use.add(cache, account, user, event)
                self._note_inactive(account, user)
        return later

    def _note_inactive(self, account: CachedAccount, user: UserDays | None) -> None:
        if user is not None and user.last_day is not None and user.last_day < self._long_ago:
            self.stirred.add(account.no)

    def _load_accounts(self, connection: Connection, later: Batch) -> None:
        missing = {
            one.value.record.account_id: one.record.partition.number
            for one in later
            if one.value.record.account_id not in self._caches[one.record.partition.number].accounts
        }
        if not missing:
            return
        accounts = {row.account_no: CachedAccount(row) for row in self._store.accounts(connection, missing)}
        for feature in self._store.features(connection, accounts):
            accounts[feature.account_no].features[feature.name] = feature.feature_no
        unknown = missing.keys() - {account.account_id for account in accounts.values()}
        if unknown:
            created = self._store.create_accounts(connection, {one: missing[one] for one in sorted(unknown)})
            accounts.update((row.account_no, CachedAccount(row)) for row in created)
        for account in accounts.values():
            number = missing[account.account_id]
            if account.partition != number:
                account.partition, account.changed = number, True
            self._caches[number].accounts[account.account_id] = account

    def _load_users(self, connection: Connection, later: Batch) -> None:
        missing: dict[UserKey, tuple[CachedAccount, PartitionCache]] = {}
        for one in later:
            record = one.value.record
            if record.user_id is not None:
                cache = self._caches[one.record.partition.number]
                account = cache.accounts[record.account_id]
                key = (account.no, record.user_id)
                if key not in cache.users:
                    missing[key] = account, cache
        known = [key for key, (account, _) in missing.items() if account.next_user]
        stored = {
            (row.account_no, row.user_id): user_days(row) for row in self._store.users(connection, known)
        }
        for key, (account, cache) in missing.items():
            user = stored.get(key)
            if user is None:
                user = self._use.changed_users[key] = UserDays(account.new_user())
            cache.users[key] = user

    def _save_pending(self, connection: Connection, now: datetime) -> None:
        """News of an account is scored at once, whatever of its history came with it."""
        for number, news in self._news.items():
            if news:
                self._store.add_pending(connection, number, news)
            history = {no: at for no, at in self._history[number].items() if no not in news}
            if history:
                self._store.add_pending(connection, number, history, now)

    def _save_accounts(self, connection: Connection) -> None:
        changed = [account for account in self._accounts.values() if account.changed]
        self._store.save_accounts(connection, [account.row() for account in changed])
        self._store.add_features(connection, [row for account in changed for row in account.new_features])
        for account in changed:
            account.changed = False
            account.new_features.clear()


def unseen(store: FoldStore, connection: Connection, batch: Batch) -> Batch:
    """Return the events of ``batch`` that were never counted, and claim them.

    An id is remembered by the week (Monday to Sunday, UTC) in which the log took its record, and looked for in the
    week before too.
    """
    # Of an id that comes twice in the batch the first record counts, so that one is put in last.
    first = {one.value.identity: one for one in reversed(batch)}
    by_week: dict[int, list[bytes]] = {}
    for identity, one in first.items():
        week = (one.record.timestamp.toordinal() - 1) // 7
        ids = by_week.get(week)
        if ids is None:
            ids = by_week[week] = []
        ids.append(identity)
    for week in sorted(by_week):
        for identity in store.claim(connection, week, by_week[week]):
            first.pop(identity, None)
    return list(reversed(first.values()))
