"""Any past moment of an account, recomputed: history is fed in the order in which it began to count."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from radar_health_score.domain.account.attributes import Patch
from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.account.override_acts import OverrideAct
from radar_health_score.domain.contracts.contract_terms import IN_UTC
from radar_health_score.domain.history.account_state import (
    AccountState,
    DayRow,
    IsKeyFeature,
    UserDays,
)
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, to_micros


class History:
    """Walks forward through one account's history.

    Args:
        features: names by number. ``users``: user ids by number.
        rows: every stored tally. ``patches``: every attribute event. ``overrides``: whatever people have set.
    """

    def __init__(
        self,
        account_id: str,
        *,
        features: Mapping[int, str],
        users: Mapping[int, str],
        rows: Iterable[DayRow],
        patches: Iterable[Patch],
        overrides: Iterable[OverrideAct] = (),
        days: WorkspaceDays = IN_UTC,
    ) -> None:
        self._state = AccountState(account_id, features, days)
        self._state.overrides = tuple(overrides)
        self._users = users
        self._numbers = {user_id: number for number, user_id in users.items()}
        self._rows = sorted(rows, key=lambda row: row.counts_from, reverse=True)
        self._patches = sorted(patches, key=lambda patch: patch.counts_from, reverse=True)

    @property
    def ahead(self) -> tuple[Patch, ...]:
        """Every attribute event that doesn't count yet."""
        return tuple(self._patches)

    def facts(self, as_of: datetime, through: int, is_key: IsKeyFeature) -> AccountFacts:
        """Return what could be seen at ``as_of``, counting use through the day ``through``.

        Each call must ask for a later moment than the one before.
        """
        rows, patches, moment = self._rows, self._patches, to_micros(as_of)
        while rows and rows[-1].counts_from <= through:
            self._count(rows.pop())
        while patches and patches[-1].counts_from <= moment:
            patch = patches.pop()
            if patch.kind == "user":
                self._user(patch.entity_id, self._numbers[patch.entity_id])
            self._state.add_patch(patch)
        return self._state.facts(as_of, through, is_key)

    def _count(self, row: DayRow) -> None:
        for feature, tally in row.tally.features.items():
            for number in tally.users:
                self._user(self._users[number], number).see(feature, row.day)
        self._state.add_usage(row.day, row.tally)

    def _user(self, user_id: str, number: int) -> UserDays:
        user = self._state.users.get(user_id)
        if user is None:
            user = self._state.users[user_id] = UserDays(number)
        return user
