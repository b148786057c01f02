"""What the passing of time alone does to an episode: a snooze ends, an unanswered alert goes one step up."""

from dataclasses import replace
from datetime import datetime

from radar_alerts.domain.decision import Decision, Reason
from radar_alerts.domain.episode import Episode
from radar_alerts.domain.policy import Policy
from radar_alerts.domain.state_machine import at_risk


def on_timeout(episode: Episode, policy: Policy, now: datetime) -> Decision:
    """Return what is due for the episode at ``now``."""
    if episode.state == "snoozed":
        return _snoozed(episode, policy, now)
    if episode.state == "open" and episode.announced_at is not None and episode.escalated_at is None:
        return _unanswered(episode, episode.announced_at, policy, now)
    return Decision(reason=Reason.NOT_DUE)


def _snoozed(episode: Episode, policy: Policy, now: datetime) -> Decision:
    if episode.snoozed_until is None or now < episode.snoozed_until:
        return Decision(reason=Reason.SNOOZED)
    if not at_risk(episode.snapshot, policy):
        # Stays snoozed: it either recovers and resolves, or is at risk again and wakes then.
        return Decision(reason=Reason.SNOOZE_OVER_WELL)
    woken = replace(
        episode,
        state="open",
        sequence=episode.sequence + 1,
        changed_at=now,
        snoozed_until=None,
        announced_at=now,
    )
    return Decision(reason=Reason.SNOOZE_OVER, episode=woken, change="woken", notice="woken")


def _unanswered(episode: Episode, announced_at: datetime, policy: Policy, now: datetime) -> Decision:
    if now - announced_at < policy.escalate_after:
        return Decision(reason=Reason.NOT_DUE)
    up = replace(episode, sequence=episode.sequence + 1, changed_at=now, escalated_at=now)
    return Decision(reason=Reason.UNANSWERED, episode=up, change="escalated", notice="escalated")
