"""What single events say of a contract, in the order in which it holds.

What an earlier release accepted may carry a value that no contract can have: it is skipped, and said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import Any, Final, NamedTuple

from radar_health_score.domain.account.attributes import State
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays, from_micros, to_micros
from radar_vocabulary.contracts.limits import MOST_NOTICE_DAYS, is_currency, is_day
from radar_vocabulary.contracts.scalars import Money

_DAYS: Final = frozenset({"starts_on", "renews_on", "paused_from", "paused_until", "on"})
_AMOUNTS: Final = frozenset({"mrr", "new_mrr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A stored value that no contract can have; it is read as if it had not been told."""

    contract_id: str
    field: str
    value: str


class Statement(NamedTuple):
    """What one event says: ``says`` has a typed value for each field that it names, None where it clears it.

    ``stamp`` is (valid at, known at, position); ``day`` the day of valid at; ``since`` the moment from which it counts.
    """

    stamp: tuple[int, int, int]
    day: date
    closes: bool
    says: Mapping[str, Any]

    @property
    def since(self) -> int:
        """The first moment that sees it: valid and known."""
        return max(self.stamp[0], self.stamp[1])

    @property
    def key(self) -> tuple[int, int, int, bool]:
        """What tells it apart from the contract's other statements."""
        return (*self.stamp, self.closes)

    @property
    def takes_back(self) -> bool:
        """Whether it takes a closing back."""
        return self.closes and self.says["outcome"] is None


@dataclass(slots=True)
class Statements:
    """Statements of contracts by id, in any order, and what of them was skipped."""

    by_contract: dict[str, list[Statement]] = field(default_factory=dict)
    skipped: list[Skipped] = field(default_factory=list)

    def add(self, states: Iterable[State], days: WorkspaceDays, *, closes: bool) -> None:
        """Add what these events say; a closing whose day can't be is left out."""
        for state in states:
            contract_id = state["contract_id"].value
            says = self._values(contract_id, state)
            if closes and "on" not in says and says["outcome"] is not None:
                continue
            stamp = state["contract_id"][1:]
            day = date.fromordinal(days.day_of(from_micros(stamp[0])))
            self.by_contract.setdefault(contract_id, []).append(Statement(stamp, day, closes, says))

    def _values(self, contract_id: str, state: State) -> dict[str, Any]:
        says: dict[str, Any] = {}
        for name, stamped in state.items():
            value = stamped.value
            try:
                says[name] = value if value is None else _typed(name, value)
            except ValueError:
                self.skipped.append(Skipped(contract_id=contract_id, field=name, value=str(value)))
        return says


def in_order(statements: list[Statement], days: WorkspaceDays) -> list[Statement]:
    """Return a contract's statements in the order in which they hold, a late closing placed at the end it names."""
    if len(statements) < 2:
        return statements
    ordered = sorted(statements, key=lambda statement: _place(statement, days))
    return _with_first_term(ordered) if ordered[0].closes else ordered


def _with_first_term(ordered: list[Statement]) -> list[Statement]:
    """Put closings that would come before all updates after the first ones, where these tell of the term they end.

    Those were told no later than the closing, as when contracts and closings are loaded together, and name a start
    before its day. A churn on the very first day voids the term, so it is about that one too.
    """
    closings = list(takewhile(lambda one: one.closes, ordered))
    rest = ordered[len(closings) :]
    updates = list(takewhile(lambda one: not one.closes and one.stamp[0] == rest[0].stamp[0], rest))
    placed = [(_first_ended(one, updates), False, one) for one in closings]
    placed += [(at, True, one) for at, one in enumerate(updates)]
    return [one for *_, one in sorted(placed, key=lambda place: place[:2])] + rest[len(updates) :]


def _first_ended(closing: Statement, updates: list[Statement]) -> int:
    """Return the place among ``updates`` before which a closing comes: after the last one of a term that it may end."""
    says = closing.says
    on, void = says.get("on"), says["outcome"] == "churned"
    if on is None or says["outcome"] is None or not updates or closing.stamp[0] < updates[0].stamp[0]:
        return 0
    starts = [(at, update.says.get("starts_on")) for at, update in enumerate(updates, 1)]
    return max((at for at, start in starts if start and (start < on or (void and start == on))), default=0)


def _place(statement: Statement, days: WorkspaceDays) -> tuple[int, bool, int, int]:
    """A closing comes before what is said at the same moment; one that went on no later than its own day begins.

    So what was said between that day and the closing is about the next term.
    """
    valid_at, known_at, position = statement.stamp
    on = (
        statement.says["on"]
        if statement.closes and statement.says["outcome"] not in {None, "churned"}
        else None
    )
    if on is not None and on < statement.day:
        valid_at = min(valid_at, to_micros(days.start_of(on.toordinal())))
    return valid_at, not statement.closes, known_at, position


def _typed(name: str, value: Any) -> Any:
    """Return the value as the reader needs it; raises ValueError where no contract can have it."""
    if name in _DAYS:
        day = date.fromisoformat(value)
        if not is_day(day):
            raise ValueError(name)
        return day
    if name in _AMOUNTS:
        if value["amount"] < 0 or not is_currency(value["currency"]):
            raise ValueError(name)
        return Money(amount=float(value["amount"]), currency=value["currency"])
    if name == "notice_days" and value > MOST_NOTICE_DAYS:
        raise ValueError(name)
    return value
