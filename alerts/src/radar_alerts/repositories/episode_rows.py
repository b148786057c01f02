"""Episodes and what is remembered of accounts, as rows."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, and_, or_, select

from radar_alerts.domain.episode import Account, Episode
from radar_alerts.repositories.tables import ACCOUNTS, ALERTS
from radar_alerts.repositories.upsert import insert_or_update
from radar_vocabulary.contracts.health import HealthSnapshot, decode_snapshot, encode_snapshot

_SHARED: Final = (
    "alert_id", "account_id", "contract_id", "state", "sequence", "severity", "opened_at", "changed_at",
    "recovered_since", "announced_at", "escalated_at", "acknowledged_by", "snoozed_until", "resolved_at",
    "resolved_by", "outcome",
)  # fmt: skip
_IN_ONE_QUERY: Final = 500


def to_row(episode: Episode) -> dict[str, Any]:
    """Return the row of an episode."""
    owner = episode.snapshot.account.owner
    return {
        **{name: getattr(episode, name) for name in _SHARED},
        "snapshot": encode_snapshot(episode.snapshot),
        "owner_email": owner.email.lower() if owner and owner.email else None,
        "owner_name": owner.name if owner else None,
        "owner_slack": owner.slack_id if owner else None,
    }


def from_row(row: RowMapping) -> Episode:
    """Return the episode in a row."""
    return Episode(snapshot=decode_snapshot(row["snapshot"]), **{name: row[name] for name in _SHARED})


def load_accounts(connection: Connection, ids: Collection[str]) -> Mapping[str, Account]:
    """Return the accounts, known or not, with their episodes locked (in one order, against deadlocks)."""
    last: dict[str, datetime] = {}
    episodes: dict[str, dict[str, Episode]] = defaultdict(dict)
    ordered = sorted(ids)
    for start in range(0, len(ordered), _IN_ONE_QUERY):
        some = ordered[start : start + _IN_ONE_QUERY]
        known = select(ACCOUNTS).where(ACCOUNTS.c.account_id.in_(some))
        last.update({row.account_id: row.last_as_of for row in connection.execute(known)})
        theirs = select(ALERTS).where(ALERTS.c.account_id.in_(some)).order_by(ALERTS.c.alert_id)
        for row in connection.execute(theirs.with_for_update()).mappings():
            episodes[row["account_id"]][row["contract_id"]] = from_row(row)
    return {one: Account(last_as_of=last.get(one), episodes=episodes.get(one, {})) for one in ids}


def remember(connection: Connection, snapshots: Collection[HealthSnapshot]) -> None:
    """Write the moments of the accounts' latest snapshots."""
    rows = [{"account_id": one.account_id, "last_as_of": one.as_of} for one in snapshots]
    if rows:
        connection.execute(insert_or_update(connection, ACCOUNTS, "account_id"), rows)


def load(connection: Connection, alert_id: str, *, lock: bool) -> Episode | None:
    """Return one episode."""
    query = select(ALERTS).where(ALERTS.c.alert_id == alert_id)
    row = connection.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    return None if row is None else from_row(row)


def write(connection: Connection, episodes: Collection[Episode]) -> None:
    """Write episodes; the caller holds their locks."""
    if episodes:
        rows = sorted((to_row(episode) for episode in episodes), key=lambda row: str(row["alert_id"]))
        connection.execute(insert_or_update(connection, ALERTS, "alert_id"), rows)


def overdue(
    connection: Connection, now: datetime, announced_before: datetime, limit: int, after: str
) -> Sequence[str]:
    """Return ids of episodes behind ``after`` that time alone may change, in order."""
    awake = and_(ALERTS.c.state == "snoozed", ALERTS.c.snoozed_until <= now)
    unanswered = and_(
        ALERTS.c.state == "open", ALERTS.c.announced_at <= announced_before, ALERTS.c.escalated_at.is_(None)
    )
    query = select(ALERTS.c.alert_id).where(or_(awake, unanswered), ALERTS.c.alert_id > after)
    return connection.execute(query.order_by(ALERTS.c.alert_id).limit(limit)).scalars().all()
