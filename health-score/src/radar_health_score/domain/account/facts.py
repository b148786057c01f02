"""Everything known about one account as of one moment: the only input a metric has.

Whoever builds ``AccountFacts`` (online from the current rows, in replay from history) has already cut off what
happened later and what became known later, so a metric can't see the future.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from msgspec import Struct
from pyroaring import BitMap

from radar_health_score.domain.account.inactive_counts import NO_INACTIVE_USERS, InactiveCounts
from radar_health_score.domain.account.override_acts import OverrideAct
from radar_health_score.domain.account.year_use import EMPTY_YEAR, YearUse
from radar_vocabulary.contracts.scalars import AccountId, BusinessModel, Ending, Money, Owner, Role, Segment

WINDOW_DAYS = 28
USAGE_DAYS = 90
LOGIN = "$login"
SESSION = "$session"


class UsedFeature(Protocol):
    """One feature on one day: uses, seconds, and which users (numbers within the account)."""

    @property
    def uses(self) -> int:
        """How often it was used."""
        ...

    @property
    def seconds(self) -> float:
        """For how long."""
        ...

    @property
    def users(self) -> BitMap:
        """By whom."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureUse:
    """A ``UsedFeature`` worked out; a stored day has others, which open their bitmap when asked."""

    uses: int
    seconds: float
    users: BitMap


class DayUse(Struct, frozen=True, kw_only=True):
    """One day of one account, all days of knowledge up to the as-of moment merged.

    ``features`` holds named features plus LOGIN and SESSION (whose uses are logins and ended sessions).
    ``uses_by_user`` counts every record of a user that day (login, feature uses, sessions).
    """

    day: date
    features: Mapping[str, UsedFeature]
    users: BitMap
    uses_by_user: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A user of the account. ``number`` is the one in the bitmaps.

    ``first_day`` is the first day with any record, ``activated_day`` the first with a key feature,
    ``last_day`` the latest with any record; None where there was none.
    """

    number: int
    user_id: str
    role: Role | None = None
    first_day: date | None = None
    activated_day: date | None = None
    last_day: date | None = None
    left_at: datetime | None = None
    name: str | None = None

    def has_left(self, as_of: datetime) -> bool:
        """Return whether the person had left the account by then; a departure may lie ahead."""
        return self.left_at is not None and self.left_at <= as_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """How a term ended, and why where it was lost.

    ``moved_to``: the id of the term of another agreement that took its place, which began on ``moved_on``.
    """

    on: date
    outcome: Ending
    new_mrr: Money | None = None
    reason: str | None = None
    competitor: str | None = None
    moved_to: str | None = None
    moved_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One term of a contract; ``closing`` is set once it has ended with a known outcome.

    A contract that was renewed under the same id has one of these per term. ``mrr`` is the latest amount agreed
    in the term; ``earlier_mrr`` holds the amounts before it, each with the day from which it held no longer, and
    ``earlier_seats`` the seats of steps agreed together with the term. ``line`` tells apart agreements that run side
    by side under one id (see ``contract_lines``); ``number`` is that of the term in its line, as first told.
    ``evergreen``: it runs until somebody ends it. ``start_assumed``: no start was told, and it begins with the first
    word of it. ``pauses``: (first day, day on which it goes on or None), during which nothing is paid.
    ``outcome_known_at``: from when the outcome in ``closing`` counted, in microseconds since 1970.
    """

    contract_id: str
    renews_on: date | None = None
    starts_on: date | None = None
    product: str | None = None
    mrr: Money | None = None
    seats: int | None = None
    auto_renew: bool | None = None
    notice_days: int | None = None
    closing: Closing | None = None
    earlier_mrr: tuple[tuple[date, Money | None], ...] = ()
    earlier_seats: tuple[tuple[date, int | None], ...] = ()
    line: int = 0
    number: int = 1
    trial: bool = False
    evergreen: bool = False
    start_assumed: bool = False
    pauses: tuple[tuple[date, date | None], ...] = ()
    outcome_known_at: int | None = None

    @property
    def stated_start(self) -> date | None:
        """When it began, as far as that was told: what its length goes by."""
        return None if self.start_assumed else self.starts_on

    @property
    def term_id(self) -> str:
        """What identifies the term within its account: contract, line and number."""
        return f"{self.contract_id}:{self.line + 1}:{self.number}"

    @property
    def agreement(self) -> tuple[str, int]:
        """What terms have in common that follow one another."""
        return self.contract_id, self.line


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """A support ticket's state; ``told_at`` is the moment of the latest word on it."""

    ticket_id: str
    status: Literal["open", "pending", "solved"]
    severity: str = "normal"
    complaint: bool = False
    opened_at: datetime | None = None
    solved_at: datetime | None = None
    csat: float | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyAnswer:
    """One answer to a survey."""

    kind: Literal["nps", "csat"]
    score: float
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Invoice:
    """An invoice's state."""

    invoice_id: str
    due_on: date
    amount: Money | None = None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Something promised in the sale."""

    promise_id: str
    due_on: date | None = None
    kept_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A customer request in the demand pool."""

    request_id: str
    kind: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An outage of ours that hit the account; ``told_at`` is the moment of the latest word on it."""

    incident_id: str
    severity: str = "normal"
    started_at: datetime | None = None
    ended_at: datetime | None = None
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The account's attributes as of the moment."""

    name: str | None = None
    segment: Segment | None = None
    industry: str | None = None
    region: str | None = None
    business_model: BusinessModel | None = None
    owner: Owner | None = None
    parent_id: str | None = None
    language: str | None = None
    time_zone: str | None = None
    north_star_target: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFacts:
    """One account as of one moment.

    Attributes:
        as_of: the moment asked for.
        through: the last day that counts, in the workspace's time zone (the day of ``as_of``; the day before
            when ``as_of`` is midnight). Windows are the WINDOW_DAYS days that end with it.
        usage: days with activity among the USAGE_DAYS days that end with ``through``, oldest first.
        year: use day by day over the YEAR_DAYS days that end with ``through``, ``usage`` included.
        people: everyone known by then, but for those in ``inactive``.
        tickets, surveys, invoices, requests, incidents: those that a metric can still see; ``expired_kinds`` names the
            kinds of which there were others (``expired_entities.PASSING_KINDS``).
        inactive: users last active more than a year ago, counted; empty where everybody is listed.
        first_event_at, last_event_at: over all records of use known by then; None where there was none.
    """

    account_id: AccountId
    as_of: datetime
    through: date
    profile: Profile = field(default_factory=Profile)
    usage: tuple[DayUse, ...] = ()
    year: YearUse = EMPTY_YEAR
    people: tuple[Person, ...] = ()
    inactive: InactiveCounts = NO_INACTIVE_USERS
    contracts: tuple[Contract, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    surveys: tuple[SurveyAnswer, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    milestones: tuple[str, ...] = ()
    requests: tuple[Request, ...] = ()
    promises: tuple[Promise, ...] = ()
    incidents: tuple[Incident, ...] = ()
    expired_kinds: frozenset[str] = frozenset()
    overrides: tuple[OverrideAct, ...] = ()
    first_event_at: datetime | None = None
    last_event_at: datetime | None = None
