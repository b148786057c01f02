"""The state machine of an episode, driven by snapshots: pure, given the account's memory and the moment.

- open ── acknowledge ──▶ acknowledged
- open, acknowledged ── snooze ──▶ snoozed ── until, still at risk ──▶ open
- any of the three ── recovered for `hold`, or a person ──▶ resolved ── at risk again ──▶ open
- any of the three ── the customer has left ──▶ resolved as churned; a former customer opens nothing

A prospect opens an alert like a customer unless the policy says otherwise.
"""

from dataclasses import replace
from datetime import datetime

from radar_alerts.domain.decision import Decision, NoticeKind, Reason
from radar_alerts.domain.episode import Account, Episode, alert_id, contract_key
from radar_alerts.domain.policy import Policy
from radar_alerts.domain.severity import severity
from radar_vocabulary.contracts.health import HealthSnapshot


def reason_to_ignore(
    snapshot: HealthSnapshot, account: Account, policy: Policy, now: datetime
) -> Reason | None:
    """Return why the snapshot must be ignored, or None: it is news."""
    if account.last_as_of is not None and snapshot.as_of <= account.last_as_of:
        return Reason.OLD_NEWS
    return Reason.FROM_THE_FUTURE if snapshot.as_of > now + policy.clock_skew else None


def on_snapshot(
    snapshot: HealthSnapshot, account: Account, policy: Policy, now: datetime
) -> tuple[Decision, ...]:
    """Return what a snapshot does to the account's episodes, at least one decision.

    ``now`` only tells whether the snapshot is fresh enough to send notices; all else follows from event time,
    so that a replay comes out the same.
    """
    ignored = reason_to_ignore(snapshot, account, policy, now)
    if ignored:
        return (Decision(reason=ignored),)
    if snapshot.account.standing == "former":
        return _former_customer(snapshot, account)
    here = contract_key(snapshot)
    others = (
        _superseded(episode, snapshot)
        for contract, episode in sorted(account.episodes.items())
        if contract != here and episode.state != "resolved" and snapshot.band != "unknown"
    )
    episode = account.episodes.get(here)
    fresh = now - snapshot.as_of <= policy.announce_within
    if episode is None:
        decision = _without_episode(snapshot, here, policy)
    elif episode.state == "resolved":
        decision = _resolved(episode, snapshot, policy)
    else:
        decision = _running(replace(episode, snapshot=snapshot), snapshot, policy)
    return (*others, _announced(decision, policy, fresh=fresh, now=now))


def at_risk(snapshot: HealthSnapshot, policy: Policy) -> bool:
    """Return whether the snapshot calls for an alert: where a person has set its health, the band alone decides."""
    if snapshot.override is not None:
        return snapshot.band == "at_risk"
    if snapshot.band != "at_risk" or snapshot.score is None:
        return False
    return policy.open_below is None or snapshot.score <= policy.open_below


def recovered(snapshot: HealthSnapshot, policy: Policy) -> bool:
    """Return whether the snapshot counts towards resolving: where a person has set its health, by the band alone."""
    if snapshot.band not in {"watch", "healthy"}:
        return False
    if snapshot.override is not None:
        return True
    return snapshot.score is not None and snapshot.score >= policy.resolve_above


def _is_excluded(snapshot: HealthSnapshot, policy: Policy) -> bool:
    return snapshot.account.standing == "prospect" and not policy.prospects


def _without_episode(snapshot: HealthSnapshot, contract_id: str, policy: Policy) -> Decision:
    if (reason := _reason_not_to_open(snapshot, policy)) is not None:
        return Decision(reason=reason)
    name = alert_id(snapshot.account_id, contract_id)
    episode = _opened(name, snapshot, contract_id, policy, sequence=1)
    return Decision(reason=Reason.AT_RISK, episode=episode, change="opened")


def _resolved(episode: Episode, snapshot: HealthSnapshot, policy: Policy) -> Decision:
    if (reason := _reason_not_to_open(snapshot, policy)) is not None:
        return Decision(reason=reason)
    pause = policy.reopen_after_person if episode.resolved_by else policy.reopen_after
    if episode.resolved_at is not None and snapshot.as_of - episode.resolved_at < pause:
        return Decision(reason=Reason.TOO_SOON)
    again = _opened(episode.alert_id, snapshot, episode.contract_id, policy, sequence=episode.sequence + 1)
    return Decision(reason=Reason.AT_RISK_AGAIN, episode=again, change="reopened")


def _reason_not_to_open(snapshot: HealthSnapshot, policy: Policy) -> Reason | None:
    """Return why nothing opens on this snapshot; None where something may."""
    if snapshot.band == "unknown":
        return Reason.UNKNOWN
    if not at_risk(snapshot, policy):
        return Reason.FINE
    return Reason.PROSPECT if _is_excluded(snapshot, policy) else None


def _opened(
    name: str, snapshot: HealthSnapshot, contract_id: str, policy: Policy, *, sequence: int
) -> Episode:
    return Episode(
        alert_id=name,
        account_id=snapshot.account_id,
        contract_id=contract_id,
        state="open",
        sequence=sequence,
        severity=severity(snapshot, policy.severity),
        snapshot=snapshot,
        opened_at=snapshot.as_of,
        changed_at=snapshot.as_of,
    )


def _running(episode: Episode, snapshot: HealthSnapshot, policy: Policy) -> Decision:
    """``episode`` is open, acknowledged or snoozed and carries the snapshot already."""
    if recovered(snapshot, policy):
        return _recovering(episode, snapshot, policy)
    episode = replace(episode, recovered_since=None)
    if snapshot.band == "unknown":
        return Decision(reason=Reason.UNKNOWN, episode=episode)
    if not at_risk(snapshot, policy):
        return Decision(reason=Reason.BETWEEN, episode=episode)
    episode = replace(episode, severity=severity(snapshot, policy.severity))
    return Decision(reason=Reason.STILL_AT_RISK, episode=episode)


def _recovering(episode: Episode, snapshot: HealthSnapshot, policy: Policy) -> Decision:
    since = episode.recovered_since or snapshot.as_of
    if snapshot.as_of - since < policy.hold:
        return Decision(reason=Reason.HOLDING, episode=replace(episode, recovered_since=since))
    done = _closed(episode, snapshot.as_of)
    notice: NoticeKind | None = "resolved" if episode.announced_at else None
    return Decision(reason=Reason.RECOVERED, episode=done, change="resolved", notice=notice)


def _former_customer(snapshot: HealthSnapshot, account: Account) -> tuple[Decision, ...]:
    """What the alert warned of has happened: nobody needs a notice of what they know."""
    running = (one for _, one in sorted(account.episodes.items()) if one.state != "resolved")
    ended = tuple(
        Decision(
            reason=Reason.CHURNED,
            episode=replace(_closed(episode, snapshot.as_of), outcome="churned"),
            change="resolved",
        )
        for episode in running
    )
    return ended or (Decision(reason=Reason.FORMER),)


def _superseded(episode: Episode, snapshot: HealthSnapshot) -> Decision:
    """The next renewal is another contract: this episode has nothing left to warn of."""
    return Decision(reason=Reason.SUPERSEDED, episode=_closed(episode, snapshot.as_of), change="resolved")


def _closed(episode: Episode, at: datetime) -> Episode:
    return replace(
        episode,
        state="resolved",
        sequence=episode.sequence + 1,
        changed_at=at,
        resolved_at=at,
        resolved_by=None,
        recovered_since=None,
        snoozed_until=None,
    )


def _announced(decision: Decision, policy: Policy, *, fresh: bool, now: datetime) -> Decision:
    """Add the opening notice to the first decision on an open episode whose snapshot is fresh."""
    episode = decision.episode
    if not fresh:
        # A resolution out of a replay is as stale as an opening out of one.
        return replace(decision, notice=None)
    if episode is None or episode.state != "open" or episode.announced_at is not None:
        return decision
    if not at_risk(episode.snapshot, policy):
        return decision
    return replace(decision, episode=replace(episode, announced_at=now), notice="opened")
