"""A case: one renewal to look after, and the signals that speak of it."""

import hashlib
from typing import Final

from msgspec import Struct

from radar_vocabulary.contracts.alerts import CaseKind, CaseState, Severity, Tier
from radar_vocabulary.contracts.scalars import Cause, Day, Moment, Owner
from radar_vocabulary.language.tags import Language

RUNNING: Final[tuple[CaseState, ...]] = ("open", "acknowledged", "snoozed")
NO_TERM: Final = "-"
# What no rule of today raises: a person opened the case again; an alert of 0.1.0 was opened by the band.
REOPENED: Final = "reopened_manually"
BAND: Final = "band_at_risk"


class Actor(Struct, frozen=True, kw_only=True):
    """Who acted: the name of their key or account, and who they say that they are."""

    name: str
    claim: str | None = None


class Signal(Struct, frozen=True, kw_only=True):
    """A rule's finding, with the rule's own words for it by language.

    ``evidence`` has the values that the rule looked at; ``opens``: it may open a case.
    """

    rule: str
    version: str
    opens: bool
    severity: Severity
    playbook: str
    raised_at: Moment
    rests_on: tuple[str, ...] = ()
    cause: Cause | None = None
    evidence: dict[str, float] = {}
    says: dict[Language, str] = {}
    cleared_at: Moment | None = None


class Acknowledgement(Struct, frozen=True, kw_only=True):
    """Somebody has it, until ``until``."""

    by: Actor
    at: Moment
    until: Moment


class LastNotice(Struct, frozen=True, kw_only=True):
    """What the last notice of a case said, to tell what changed since."""

    at: Moment
    score: float | None
    churn_probability: float | None
    source: str | None
    cause: Cause | None


class Case(Struct, frozen=True, kw_only=True):
    """A case as it is now.

    Attributes:
        contract_id: the contract that renews; None for a case of the account alone.
        term_id: the contract's term; None for the account alone, and until it is known of a case of 0.1.0.
        sequence: the number of its last step; a change is written only over the sequence it was decided on.
        severity: the worst of its signals', raised by how near and how large the renewal is.
        tier: whether it was announced at once or in a digest; None until it is announced.
        renews_on: the day on which the term ends; an extension moves it.
        notice_given: a cancellation stands; the case stays open until the contract ends.
        openings: 1, and one more each time it was at risk again after a recovery.
        announced_at: when, by the clock, it was first handed over for sending or put into a digest.
        escalated_at: when, by the clock, it went one step up.
        quiet_since: event time since which no signal that opens a case holds.
        ended_at: event time of the outcome, or the clock's when a person dismissed it.
        ended_by: the person; None where the contract or the signals decided.
        held_by: the hold that keeps its announcement back.
    """

    case_id: str
    account_id: str
    kind: CaseKind
    contract_id: str | None
    term_id: str | None
    state: CaseState
    sequence: int
    severity: Severity
    renews_on: Day | None
    opened_by: str
    rule_version: str
    opened_at: Moment
    changed_at: Moment
    signals: tuple[Signal, ...] = ()
    tier: Tier | None = None
    notice_by: Day | None = None
    notice_given: bool = False
    openings: int = 1
    announced_at: Moment | None = None
    acknowledgement: Acknowledgement | None = None
    snoozed_until: Moment | None = None
    escalated_at: Moment | None = None
    assignee: Owner | None = None
    owner: Owner | None = None
    last_notice: LastNotice | None = None
    ended_at: Moment | None = None
    ended_by: Actor | None = None
    outcome_reason: str | None = None
    held_by: str | None = None

    @property
    def running(self) -> bool:
        """Return whether it still needs somebody."""
        return self.state in RUNNING

    @property
    def standing(self) -> tuple[Signal, ...]:
        """Return the signals that still hold."""
        return tuple(one for one in self.signals if one.cleared_at is None)

    @property
    def at_risk(self) -> bool:
        """Return whether a signal that opens cases holds, or a cancellation stands."""
        return self.notice_given or any(one.opens for one in self.standing)


def case_id(account_id: str, kind: CaseKind, term_id: str | None) -> str:
    """Return the case's id: always the same for an account, kind and term, also after a replay."""
    digest = hashlib.sha256(
        f"{len(account_id)}:{account_id}:{kind}:{term_id or NO_TERM}".encode()
    ).hexdigest()
    return f"ca_{digest[:24]}"
