"""How features are used over the portfolio: per account from its stored days, then added up.

The window is the WINDOW_DAYS days that end with a day, compared with as many before; a feature counts as used by
an account when it was used at least once in it. Users are distinct within their account.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from pyroaring import BitMap

from radar_health_score.domain.account.day_tally import stored_features
from radar_health_score.domain.account.facts import WINDOW_DAYS
from radar_health_score.domain.metrics.reading import Missing, Reading
from radar_health_score.domain.workspace.exchange import Amounts

NOTHING: Final[Amounts] = MappingProxyType({})
SCANNED_DAYS: Final = 2 * WINDOW_DAYS
NOT_BEFORE: Final = Missing("not used in the previous 28 days")
TOO_YOUNG: Final = Missing("fewer than 56 days of usage are known")
NOT_LATELY: Final = Missing("not used in the last 56 days")
NOT_USED: Final = Missing("no account used it in the last 28 days")
NO_ACTIVE: Final = Missing("no account was active in the last 28 days")


class AccountUse:
    """One feature in one account: uses in this window and the one before, this window's users, last use."""

    __slots__ = ("before", "last_at", "stored_users", "uses")

    def __init__(self) -> None:
        self.uses = 0
        self.before = 0
        self.last_at = 0
        self.stored_users: list[bytes] = []

    def users(self) -> int:
        """Return how many distinct users used it in this window."""
        if not self.stored_users:
            return 0
        return len(BitMap.union(*map(BitMap.deserialize, self.stored_users)))


@dataclass(slots=True)
class FeatureSums:
    """One feature over all accounts.

    Attributes:
        accounts, before: accounts that used it in this window, and in the one before.
        users, uses: in this window; uses_before: in the one before.
        arr: of the accounts that used it in this window, by currency; arr_due is that part of it which comes up for
            renewal soon.
        only_key: accounts that used no other key feature in this window; arr_only_key stands behind them.
        last_at: microseconds since 1970; 0 where it was used in neither window.
    """

    accounts: int = 0
    before: int = 0
    users: int = 0
    uses: int = 0
    uses_before: int = 0
    last_at: int = 0
    arr: dict[str, float] = field(default_factory=dict)
    arr_due: dict[str, float] = field(default_factory=dict)
    only_key: int = 0
    arr_only_key: dict[str, float] = field(default_factory=dict)

    def add(self, use: AccountUse, arr: Amounts, due: Amounts = NOTHING, *, only_key: bool = False) -> None:
        """Count one account: its ARR by currency, what of it is ``due``, and whether it has no other key feature."""
        self.before += use.before > 0
        self.uses_before += use.before
        self.last_at = max(self.last_at, use.last_at)
        if use.uses > 0:
            self.accounts += 1
            self.users += use.users()
            self.uses += use.uses
            self.only_key += only_key
            _sum(self.arr, arr)
            _sum(self.arr_due, due)
            if only_key:
                _sum(self.arr_only_key, arr)


def only_key_feature(uses: Mapping[str, AccountUse], is_key: Callable[[str], bool]) -> str | None:
    """Return the key feature that the account used in this window, where there is exactly one."""
    keys = [name for name, use in uses.items() if use.uses > 0 and is_key(name)]
    return keys[0] if len(keys) == 1 else None


def account_use(
    stored_days: Iterable[tuple[int, bytes]], names: Mapping[int, str], through: int
) -> dict[str, AccountUse]:
    """Return the use, by feature name, over the SCANNED_DAYS days that end with ``through``.

    ``stored_days`` are (day, stored tally) of one account; ``names`` the features wanted, by their number in it.
    """
    found: dict[str, AccountUse] = {}
    for day, value in stored_days:
        if through - SCANNED_DAYS < day <= through:
            recent = day > through - WINDOW_DAYS
            for one in stored_features(value):
                name = names.get(one.number)
                if name is not None:
                    use = found.get(name)
                    if use is None:
                        use = found[name] = AccountUse()
                    use.last_at = max(use.last_at, one.last_at)
                    if recent:
                        use.uses += one.uses
                        use.stored_users.append(one.stored_users)
                    else:
                        use.before += one.uses
    return found


def _sum(sums: dict[str, float], amounts: Amounts) -> None:
    for currency, amount in amounts.items():
        sums[currency] = sums.get(currency, 0.0) + amount


def adoption(sums: FeatureSums, active_accounts: int) -> Reading:
    """Accounts that used it / accounts active at all, in the window. Unit: share."""
    return sums.accounts / active_accounts if active_accounts else NO_ACTIVE


def frequency(sums: FeatureSums) -> Reading:
    """Uses in the window / accounts that used it. Unit: uses per account."""
    return sums.uses / sums.accounts if sums.accounts else NOT_USED


def trend(sums: FeatureSums, age_days: int) -> Reading:
    """Uses in this window / uses in the one before, minus 1. Unit: share.

    ``age_days`` is for how many days any use is known: both windows must lie within them.
    """
    if age_days < SCANNED_DAYS:
        return TOO_YOUNG
    return sums.uses / sums.uses_before - 1 if sums.uses_before else NOT_BEFORE
