"""What a person does to an episode: acknowledge, snooze, resolve."""

from dataclasses import replace
from datetime import datetime
from typing import Final, Literal, get_args

from radar_alerts.domain.decision import Decision, Reason
from radar_alerts.domain.episode import Episode
from radar_alerts.domain.policy import Policy
from radar_chassis.errors import Conflict, InvalidRequest

Outcome = Literal["renewed", "recovered", "churned", "false_alarm", "other"]
OUTCOMES: Final[tuple[str, ...]] = get_args(Outcome)


def acknowledge(episode: Episode, by: str, now: datetime) -> Decision:
    """Somebody has it. Saying so again changes nothing, whoever says it. Raises Conflict when resolved."""
    _not_resolved(episode)
    if episode.state == "acknowledged":
        return Decision(reason=Reason.ALREADY_SO)
    after = _step(episode, now, state="acknowledged", acknowledged_by=by, snoozed_until=None)
    return Decision(reason=Reason.BY_A_PERSON, episode=after, change="acknowledged")


def snooze(episode: Episode, until: datetime, policy: Policy, now: datetime) -> Decision:
    """Leave it until then. Raises Conflict when resolved, InvalidRequest for a moment past or too far ahead."""
    _not_resolved(episode)
    if until <= now:
        raise InvalidRequest("`until` is in the past; give a moment in the future.")
    if until - now > policy.longest_snooze:
        raise InvalidRequest(f"`until` is too far ahead: at most {policy.longest_snooze.days} days from now.")
    if episode.state == "snoozed" and episode.snoozed_until == until:
        return Decision(reason=Reason.ALREADY_SO)
    after = _step(episode, now, state="snoozed", snoozed_until=until)
    return Decision(reason=Reason.BY_A_PERSON, episode=after, change="snoozed")


def resolve(episode: Episode, outcome: Outcome, by: str, now: datetime) -> Decision:
    """Close it with how it came out. Raises Conflict when it is closed already."""
    _not_resolved(episode)
    after = _step(
        episode,
        now,
        state="resolved",
        resolved_at=now,
        resolved_by=by,
        outcome=outcome,
        snoozed_until=None,
        recovered_since=None,
    )
    return Decision(reason=Reason.BY_A_PERSON, episode=after, change="resolved")


def _step(episode: Episode, now: datetime, **after: object) -> Episode:
    return replace(episode, sequence=episode.sequence + 1, changed_at=now, **after)  # type: ignore[arg-type]


def _not_resolved(episode: Episode) -> None:
    if episode.state == "resolved":
        raise Conflict(
            "This alert is already resolved. It reopens automatically if the account is at risk again."
        )
