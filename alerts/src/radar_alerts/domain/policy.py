"""When an alert opens, resolves and escalates: the numbers a customer-success team may set."""

from dataclasses import dataclass, field
from datetime import timedelta


@dataclass(frozen=True, kw_only=True)
class SeverityThresholds:
    """How pressing an alert is, from the days left and the money behind it.

    Attributes:
        critical_days: a renewal this near, of a key account or with ``large_arr`` at risk, is critical.
        high_days: a renewal this near is at least high.
        large_arr: ARR at risk that counts as large, in the contract's currency.
    """

    critical_days: int = 45
    high_days: int = 120
    large_arr: float = 50_000.0


@dataclass(frozen=True, kw_only=True)
class Policy:
    """The rules of an episode. Durations are event time (the snapshots' ``as_of``) unless said otherwise.

    Attributes:
        open_below: an account in the band at_risk opens only at or below this score; None: the band decides.
        prospects: whether an account that never had a contract opens alerts.
        resolve_above: a score that counts as recovered. Between the two nothing happens (hysteresis).
        hold: how long an account must stay recovered before its alert resolves.
        reopen_after: an episode that resolved by itself stays closed at least this long.
        reopen_after_person: the same when a person resolved it: they have said that they know.
        announce_within: an older snapshot (a replay, an import of history) changes the episode but sends no
            notice; the first fresh one that is still at risk does. Compared with the clock.
        escalate_after: an announced alert nobody acknowledged goes one step up after this long, by the clock.
        clock_skew: a snapshot further ahead of the clock than this is not believed.
        longest_snooze: further ahead than this nobody can snooze, by the clock.
    """

    open_below: float | None = None
    prospects: bool = True
    resolve_above: float = 50.0
    hold: timedelta = timedelta(hours=1)
    reopen_after: timedelta = timedelta(hours=24)
    reopen_after_person: timedelta = timedelta(days=14)
    announce_within: timedelta = timedelta(hours=24)
    escalate_after: timedelta = timedelta(hours=24)
    clock_skew: timedelta = timedelta(minutes=10)
    longest_snooze: timedelta = timedelta(days=366)
    severity: SeverityThresholds = field(default_factory=SeverityThresholds)
