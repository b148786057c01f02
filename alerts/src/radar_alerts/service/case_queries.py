"""What can be asked about cases: pages in order of urgency, one case with its history, holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import BigInteger, ColumnElement, Connection, and_, func, literal, or_, select, type_coerce

from radar_alerts.domain.announcing.hold import Hold
from radar_alerts.domain.cases.severity import ORDER
from radar_alerts.domain.delivery import Delivery
from radar_alerts.repositories import announcement_rows, case_rows, delivery_rows, timeline_rows
from radar_alerts.repositories.case_rows import CaseWithSnapshot
from radar_alerts.repositories.tables import ACCOUNTS, CASES
from radar_chassis.errors import NotFound
from radar_chassis.store.database import Database
from radar_vocabulary.contracts.alerts import AlertRecord, CaseKind, CaseState, Severity
from radar_vocabulary.contracts.health import HealthSnapshot
from radar_vocabulary.contracts.scalars import Segment

Order = Literal["urgency", "changed"]
_NO_DAY: Final = 2**62
_ACT_BY: Final = func.coalesce(type_coerce(CASES.c.act_by, BigInteger), literal(_NO_DAY, BigInteger))
_STAKE: Final = func.coalesce(CASES.c.arr_at_risk, 0.0)


@dataclass(frozen=True, kw_only=True)
class CaseFilter:
    """Which cases; ``owner`` is an e-mail address, a name or a Slack id of whoever has the case."""

    states: Sequence[CaseState] = ()
    account_id: str | None = None
    owner: str | None = None
    segment: Segment | None = None
    severity: Severity | None = None
    rule: str | None = None
    kinds: Sequence[CaseKind] = ()


@dataclass(frozen=True, kw_only=True)
class CaseHistory:
    """A case and all that ever happened to it, oldest first; ``told`` has the names of who was told, by id."""

    found: CaseWithSnapshot
    timeline: Sequence[AlertRecord]
    deliveries: Sequence[Delivery]
    told: Mapping[str, str]


class CaseQueries:
    """Reads. ``after`` is the id of the last case shown."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cases(
        self, wanted: CaseFilter, order: Order, after: str | None, limit: int
    ) -> Sequence[CaseWithSnapshot]:
        """Return cases, the most urgent first: by severity, days to act, ARR at risk; or those changed last first."""
        query = select(CASES, ACCOUNTS.c.snapshot.label("latest")).join(
            ACCOUNTS, ACCOUNTS.c.account_id == CASES.c.account_id, isouter=True
        )
        query = query.where(*conditions(wanted))
        if order == "urgency":
            query = query.order_by(CASES.c.severity.desc(), _ACT_BY, _STAKE.desc(), CASES.c.case_id)
        else:
            query = query.order_by(CASES.c.changed_at.desc(), CASES.c.case_id)
        with self._database.reading() as connection:
            if after is not None:
                query = query.where(_behind(connection, order, after))
            rows = connection.execute(query.limit(limit)).mappings()
            return [case_rows.with_latest(row) for row in rows]

    def counts(self, wanted: CaseFilter) -> Mapping[str, int]:
        """Return how many cases are in each state, under the filters but for the state."""
        query = select(CASES.c.state, func.count()).where(*conditions(wanted, states=False))
        query = query.group_by(CASES.c.state)
        with self._database.reading() as connection:
            return {state: number for state, number in connection.execute(query)}  # noqa: C416 - rows aren't pairs

    def case(self, case_id: str) -> CaseHistory:
        """Return one case with all that ever happened to it. Raises NotFound."""
        with self._database.reading() as connection:
            query = select(CASES, ACCOUNTS.c.snapshot.label("latest")).join(
                ACCOUNTS, ACCOUNTS.c.account_id == CASES.c.account_id, isouter=True
            )
            row = connection.execute(query.where(CASES.c.case_id == case_id)).mappings().one_or_none()
            if row is None:
                raise NotFound("There is no case with this id; GET /v1/cases lists them.")
            told = announcement_rows.told(connection, [case_id]).get(case_id, ())
            return CaseHistory(
                found=case_rows.with_latest(row),
                timeline=timeline_rows.timeline(connection, case_id),
                deliveries=delivery_rows.of_case(connection, case_id),
                told=announcement_rows.names(connection, told),
            )

    def latest_snapshot(self, account_id: str) -> HealthSnapshot | None:
        """Return an account's latest snapshot; None for one that isn't known."""
        with self._database.reading() as connection:
            return case_rows.latest_snapshot(connection, account_id)

    def sent_since(self, receiver_id: str, since: datetime) -> int:
        """Return how many messages a receiver got at once since then, without critical ones."""
        with self._database.reading() as connection:
            return announcement_rows.sent_since(connection, receiver_id, since)

    def holds(self, state: str | None) -> Sequence[tuple[Hold, Sequence[str]]]:
        """Return holds, the newest first, each with the cases that it keeps or kept."""
        with self._database.reading() as connection:
            some = announcement_rows.holds(connection, state)
            return [(one, announcement_rows.cases_of_hold(connection, one.hold_id)) for one in some]


def conditions(wanted: CaseFilter, *, states: bool = True) -> list[ColumnElement[bool]]:
    """Return the filter as SQL."""
    found: list[ColumnElement[bool]] = []
    if wanted.states and states:
        found.append(CASES.c.state.in_(wanted.states))
    if wanted.kinds:
        found.append(CASES.c.kind.in_(wanted.kinds))
    if wanted.severity:
        found.append(CASES.c.severity == ORDER.index(wanted.severity))
    for column, value in (
        (CASES.c.account_id, wanted.account_id),
        (CASES.c.segment, wanted.segment),
        (CASES.c.rule, wanted.rule),
    ):
        if value:
            found.append(column == value)
    if wanted.owner:
        by_email = CASES.c.owner_email == wanted.owner.lower()
        by_name = func.lower(CASES.c.owner_name) == wanted.owner.lower()
        found.append(or_(by_email, by_name, CASES.c.owner_slack == wanted.owner))
    return found


def _behind(connection: Connection, order: Order, after: str) -> ColumnElement[bool]:
    """Return the condition of standing behind the case ``after``; all stand behind one that is gone."""
    query = select(CASES.c.severity, _ACT_BY, _STAKE, CASES.c.changed_at).where(CASES.c.case_id == after)
    last = connection.execute(query).one_or_none()
    if last is None:
        return CASES.c.case_id.is_not(None)
    severity, act_by, stake, changed_at = last
    if order == "changed":
        same = and_(CASES.c.changed_at == changed_at, CASES.c.case_id > after)
        return or_(CASES.c.changed_at < changed_at, same)
    return or_(
        CASES.c.severity < severity,
        and_(CASES.c.severity == severity, act_by < _ACT_BY),
        and_(CASES.c.severity == severity, act_by == _ACT_BY, stake > _STAKE),
        and_(CASES.c.severity == severity, act_by == _ACT_BY, stake == _STAKE, CASES.c.case_id > after),
    )
