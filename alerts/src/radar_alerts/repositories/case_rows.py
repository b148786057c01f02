"""Cases and what is remembered of their accounts, as rows."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, RowMapping, func, select

from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.cases.machine import AccountCases
from radar_alerts.domain.cases.memory import AccountMemory
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.domain.cases.renewals import renewal_of, renewals_of
from radar_alerts.domain.cases.severity import ORDER
from radar_alerts.domain.cases.timeouts import due_at
from radar_alerts.repositories.tables import ACCOUNTS, CASES
from radar_alerts.repositories.upsert import insert_or_update
from radar_vocabulary.contracts.health import HealthSnapshot, decode_snapshot, encode_snapshot

_IN_ONE_QUERY: Final = 500
_case: Final = msgspec.json.Decoder(Case)
_memory: Final = msgspec.json.Decoder(AccountMemory)
_renewals: Final = msgspec.json.Decoder(tuple[tuple[int, float | None], ...])


@dataclass(frozen=True, kw_only=True)
class CaseWithSnapshot:
    """A case, and the account's snapshot at its last change."""

    case: Case
    snapshot: HealthSnapshot


def to_row(case: Case, snapshot: HealthSnapshot, policy: CasePolicy) -> dict[str, Any]:
    """Return the row of a case: what lists ask for as columns, all of it as JSON."""
    person = case.assignee or snapshot.account.owner
    renewal = renewal_of(case, snapshot)
    return {
        "case_id": case.case_id,
        "account_id": case.account_id,
        "kind": case.kind,
        "term_id": case.term_id,
        "state": case.state,
        "sequence": case.sequence,
        "severity": ORDER.index(case.severity),
        "tier": case.tier,
        "rule": case.opened_by,
        "segment": snapshot.account.segment,
        "owner_email": person.email.lower() if person and person.email else None,
        "owner_name": person.name if person else None,
        "owner_slack": person.slack_id if person else None,
        "act_by": _act_by(case),
        "arr_at_risk": renewal.arr_at_risk.amount if renewal and renewal.arr_at_risk else None,
        "opened_at": case.opened_at,
        "changed_at": case.changed_at,
        "announced_at": case.announced_at,
        "ended_at": case.ended_at,
        "due_at": due_at(case, policy),
        "body": msgspec.json.encode(case),
        "snapshot": encode_snapshot(snapshot),
    }


def from_row(row: RowMapping | Mapping[str, Any]) -> CaseWithSnapshot:
    """Return the case in a row."""
    return CaseWithSnapshot(case=_case.decode(row["body"]), snapshot=decode_snapshot(row["snapshot"]))


def with_latest(row: RowMapping | Mapping[str, Any]) -> CaseWithSnapshot:
    """Return the case in a row joined with its account: a running one with the account's latest snapshot."""
    found = from_row(row)
    if row["latest"] is None or not found.case.running:
        return found
    return CaseWithSnapshot(case=found.case, snapshot=decode_snapshot(row["latest"]))


def load_accounts(connection: Connection, ids: Collection[str], now: datetime) -> Mapping[str, AccountCases]:
    """Return the accounts, known or not, with their cases locked (in one order, against deadlocks)."""
    memories: dict[str, AccountMemory] = {}
    cases: dict[str, dict[str, Case]] = defaultdict(dict)
    ordered = sorted(ids)
    for start in range(0, len(ordered), _IN_ONE_QUERY):
        some = ordered[start : start + _IN_ONE_QUERY]
        known = select(ACCOUNTS).where(ACCOUNTS.c.account_id.in_(some))
        memories.update({row["account_id"]: _remembered(row) for row in connection.execute(known).mappings()})
        theirs = select(CASES).where(CASES.c.account_id.in_(some)).order_by(CASES.c.case_id)
        for row in connection.execute(theirs.with_for_update()).mappings():
            cases[row["account_id"]][row["case_id"]] = _case.decode(row["body"])
    return {
        one: AccountCases(
            memory=memories.get(one) or AccountMemory(known_since=now), cases=cases.get(one, {})
        )
        for one in ids
    }


def _remembered(row: RowMapping) -> AccountMemory:
    if row["memory"] is not None:
        return _memory.decode(row["memory"])
    # An account of 0.1.0: its owner has known it for long.
    return AccountMemory(known_since=row["last_as_of"], last_as_of=row["last_as_of"])


def remember(
    connection: Connection, memories: Mapping[str, AccountMemory], latest: Mapping[str, HealthSnapshot]
) -> None:
    """Write what is remembered of accounts, with their latest snapshots."""
    rows = [
        {
            "account_id": account_id,
            "last_as_of": snapshot.as_of,
            "known_since": memories[account_id].known_since,
            "memory": msgspec.json.encode(memories[account_id]),
            "snapshot": encode_snapshot(snapshot),
            "open_renewals": msgspec.json.encode(_open(snapshot)),
            "open_count": len(renewals_of(snapshot)),
        }
        for account_id, snapshot in sorted(latest.items())
    ]
    if rows:
        connection.execute(insert_or_update(connection, ACCOUNTS, "account_id"), rows)


def _open(snapshot: HealthSnapshot) -> list[tuple[int, float | None]]:
    """Return days to renewal and p(churn) of each open contract."""
    return [
        (one.days, None if one.probability is None else 1 - one.probability) for one in renewals_of(snapshot)
    ]


def open_contracts(connection: Connection) -> int:
    """Return how many contracts are open in the workspace."""
    return int(connection.execute(select(func.coalesce(func.sum(ACCOUNTS.c.open_count), 0))).scalar_one())


def open_renewals(connection: Connection) -> Sequence[tuple[int, float | None]]:
    """Return days to renewal and p(churn) of every open contract, as of their accounts' latest snapshots."""
    stored = connection.execute(select(ACCOUNTS.c.open_renewals).where(ACCOUNTS.c.open_renewals.is_not(None)))
    return [pair for body in stored.scalars() for pair in _renewals.decode(body)]


def latest_snapshot(connection: Connection, account_id: str) -> HealthSnapshot | None:
    """Return the account's latest snapshot."""
    query = select(ACCOUNTS.c.snapshot).where(ACCOUNTS.c.account_id == account_id)
    body = connection.execute(query).scalar()
    return None if body is None else decode_snapshot(body)


def load(connection: Connection, case_id: str, *, lock: bool) -> CaseWithSnapshot | None:
    """Return one case."""
    query = select(CASES).where(CASES.c.case_id == case_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    return None if row is None else from_row(row)


def load_some(connection: Connection, ids: Collection[str]) -> dict[str, CaseWithSnapshot]:
    """Return cases by id, locked; running ones with their accounts' latest snapshots."""
    found: dict[str, CaseWithSnapshot] = {}
    ordered = sorted(ids)
    for start in range(0, len(ordered), _IN_ONE_QUERY):
        some = ordered[start : start + _IN_ONE_QUERY]
        query = select(CASES).where(CASES.c.case_id.in_(some)).order_by(CASES.c.case_id)
        rows = connection.execute(query.with_for_update()).mappings().all()
        latest = select(ACCOUNTS.c.account_id, ACCOUNTS.c.snapshot).where(
            ACCOUNTS.c.account_id.in_({row["account_id"] for row in rows})
        )
        snapshots = {account_id: body for account_id, body in connection.execute(latest)}  # noqa: C416 - rows
        for row in rows:
            found[row["case_id"]] = with_latest({**row, "latest": snapshots.get(row["account_id"])})
    return found


def known_since(connection: Connection, ids: Collection[str]) -> Mapping[str, datetime]:
    """Return since when accounts are known, by the clock."""
    found: dict[str, datetime] = {}
    ordered = sorted(ids)
    for start in range(0, len(ordered), _IN_ONE_QUERY):
        query = select(ACCOUNTS.c.account_id, ACCOUNTS.c.known_since, ACCOUNTS.c.last_as_of)
        query = query.where(ACCOUNTS.c.account_id.in_(ordered[start : start + _IN_ONE_QUERY]))
        found.update({row.account_id: row.known_since or row.last_as_of for row in connection.execute(query)})
    return found


def write(connection: Connection, cases: Collection[CaseWithSnapshot], policy: CasePolicy) -> None:
    """Write cases; the caller holds their locks."""
    if cases:
        rows = sorted(
            (to_row(one.case, one.snapshot, policy) for one in cases), key=lambda row: str(row["case_id"])
        )
        connection.execute(insert_or_update(connection, CASES, "case_id"), rows)


def due(connection: Connection, now: datetime, limit: int, after: str) -> Sequence[str]:
    """Return ids of cases behind ``after`` that time alone may change, in order."""
    query = select(CASES.c.case_id).where(CASES.c.due_at <= now, CASES.c.case_id > after)
    return connection.execute(query.order_by(CASES.c.case_id).limit(limit)).scalars().all()


def numbers(connection: Connection) -> Mapping[tuple[str, str], int]:
    """Return how many cases there are by state and rule."""
    query = select(CASES.c.state, CASES.c.rule, func.count()).group_by(CASES.c.state, CASES.c.rule)
    return {(state, rule): number for state, rule, number in connection.execute(query)}


def _act_by(case: Case) -> datetime | None:
    """Return the day by which somebody must have acted: the notice date, else the renewal's."""
    day = case.notice_by or case.renews_on
    return None if day is None else datetime.combine(day, time(), UTC)
