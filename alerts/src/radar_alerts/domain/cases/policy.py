"""How cases open, rest and end: the numbers that a customer-success team may set."""

from dataclasses import dataclass, field
from datetime import timedelta

from radar_alerts.domain.cases.severity import SeverityThresholds


@dataclass(frozen=True, kw_only=True)
class CasePolicy:
    """The rules of a case's life. Durations are event time (the snapshots' ``as_of``) unless said otherwise.

    Attributes:
        account_cases: whether signals about no contract (a prospect, an account between terms) open a case of the
            account alone.
        announce_within: an older snapshot (a replay, an import of history) changes the case but announces nothing;
            the first fresh one that is still at risk does. Compared with the clock.
        clock_skew: a snapshot further ahead of the clock than this is not believed.
        acknowledged_for: an acknowledgement expires after this long, by the clock.
        checks: days before the renewal on which an acknowledgement expires too, where they are still ahead.
        escalate_after: a case announced at once that nobody acknowledged goes one step up, by the clock.
        short_term: terms shorter than this share one case until its risk has cleared.
        undo_within: how long after a person's act it can be undone without a word to anybody, by the clock.
    """

    account_cases: bool = False
    announce_within: timedelta = timedelta(hours=24)
    clock_skew: timedelta = timedelta(minutes=10)
    acknowledged_for: timedelta = timedelta(days=14)
    checks: tuple[int, ...] = (30, 7)
    escalate_after: timedelta = timedelta(hours=24)
    short_term: timedelta = timedelta(days=60)
    undo_within: timedelta = timedelta(minutes=10)
    severity: SeverityThresholds = field(default_factory=SeverityThresholds)
