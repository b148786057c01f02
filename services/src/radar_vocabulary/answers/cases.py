"""What ``GET /v1/cases``, ``/v1/cases/{id}``, ``/v1/holds`` and ``/v1/alert-rules`` answer with."""

from msgspec import Struct

from radar_vocabulary.answers.alerts import AlertDriver, ForecastReasons
from radar_vocabulary.answers.deliveries import DeliveryLine
from radar_vocabulary.contracts.alerts import CaseChange, CaseKind, CaseState, Severity, Tier
from radar_vocabulary.contracts.scalars import Band, Cause, Day, Moment, Money, Owner, Segment


class SignalLine(Struct, frozen=True, kw_only=True):
    """A rule's finding; ``opens``: it may open a case, else it is evidence on a running one.

    ``evidence`` has the values that the rule looked at. ``cleared_at`` is null while it holds.
    """

    rule: str
    version: str
    opens: bool
    severity: Severity
    cause: Cause | None
    evidence: dict[str, float]
    raised_at: Moment
    cleared_at: Moment | None


class ActorLine(Struct, frozen=True, kw_only=True):
    """Who acted: the name of their key or account, and who they said that they are."""

    name: str
    claim: str | None


class CauseLine(Struct, frozen=True, kw_only=True):
    """A cause, in words, with the points that it takes from the score or adds to it."""

    cause: Cause
    points: float
    text: str


class CaseLine(Struct, frozen=True, kw_only=True):
    """A case as it is now.

    ``act_by`` is the last day to act: the notice date where one is known, else the renewal date. ``probability`` is
    that of renewing; ``source`` says who gave it: anything but model is an estimate, or was told.
    ``causes`` has at most three, worst first, none that points up.
    """

    case_id: str
    kind: CaseKind
    state: CaseState
    severity: Severity
    tier: Tier | None
    account_id: str
    account_name: str | None
    segment: Segment
    owner: Owner | None
    assignee: Owner | None
    contract_id: str | None
    term_id: str | None
    renews_on: Day | None
    days_to_renewal: int | None
    act_by: Day | None
    days_to_act: int | None
    notice_given: bool
    score: float | None
    band: Band
    probability: float | None
    source: str | None
    arr: Money | None
    arr_at_risk: Money | None
    causes: tuple[CauseLine, ...]
    rule: str
    rule_version: str
    signals: tuple[SignalLine, ...]
    openings: int
    opened_at: Moment
    changed_at: Moment
    announced_at: Moment | None
    escalated_at: Moment | None
    acknowledged_by: ActorLine | None
    acknowledged_until: Moment | None
    snoozed_until: Moment | None
    ended_at: Moment | None
    ended_by: ActorLine | None
    outcome_reason: str | None
    held_by: str | None


class CaseStep(Struct, frozen=True, kw_only=True):
    """One step of a case's life. ``actor`` is null where the product did it by itself; ``note`` says why."""

    sequence: int
    change: CaseChange
    state: CaseState
    at: Moment
    actor: str | None
    claim: str | None
    note: str | None
    rule: str | None
    score: float | None
    band: Band
    probability: float | None = None


class ToldLine(Struct, frozen=True, kw_only=True):
    """Somebody who was really told: by an opaque id, with the name that the workspace gives them."""

    receiver_id: str
    name: str


class CaseDetail(CaseLine, frozen=True, kw_only=True):
    """A case with all that ever happened to it, oldest first, and until when it may be snoozed."""

    drivers: tuple[AlertDriver, ...]
    model: ForecastReasons | None
    timeline: tuple[CaseStep, ...]
    deliveries: tuple[DeliveryLine, ...]
    told: tuple[ToldLine, ...]
    latest_snooze: Moment | None
    undo_until: Moment | None


class CaseCounts(Struct, frozen=True, kw_only=True):
    """How many cases there are in each state, under the filters but for the state."""

    open: int = 0
    acknowledged: int = 0
    snoozed: int = 0
    renewed: int = 0
    lost: int = 0
    recovered: int = 0
    dismissed: int = 0


class CasePage(Struct, frozen=True, kw_only=True):
    """A page of cases, and the counts of all."""

    items: tuple[CaseLine, ...]
    next_cursor: str | None
    counts: CaseCounts


class HoldLine(Struct, frozen=True, kw_only=True):
    """Announcements kept back. ``key`` is *mass*, or the new version that opened the cases; ``reason`` words it."""

    hold_id: str
    key: str
    state: str
    count: int
    reason: str
    created_at: Moment
    ended_at: Moment | None
    ended_by: str | None
    case_ids: tuple[str, ...]


class RuleLine(Struct, frozen=True, kw_only=True):
    """A rule in force. ``opens`` is case, evidence or digest; days are before the renewal."""

    name: str
    version: str
    kind: CaseKind
    opens: str
    severity: Severity
    earliest_days: int | None
    latest_days: int | None
    held_days: float
    cap: int
    playbook: str
    rests_on: tuple[str, ...]
    demoted: str | None
    definition: str
