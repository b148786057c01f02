"""What the state machine answers: a decision that always carries its reason."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from radar_alerts.domain.episode import Episode
from radar_vocabulary.contracts.alerts import AlertChange
from radar_vocabulary.language.messages import message

NoticeKind = Literal["opened", "woken", "escalated", "resolved"]


class Reason(StrEnum):
    """Why a decision came out as it did; the value is the sentence people read, translated where a step has it."""

    OLD_NEWS = "nothing: not newer than the last snapshot of this account"
    FROM_THE_FUTURE = "nothing: the snapshot is ahead of the clock"
    UNKNOWN = "nothing: too little data to say how the account is"
    FINE = "nothing: the account isn't at risk"
    FORMER = "nothing: a former customer has nothing to renew"
    PROSPECT = "nothing: a prospect has no contract to renew, and alerts.prospects is off"
    TOO_SOON = "nothing: it resolved too recently to open again"
    STILL_AT_RISK = "nothing new: still at risk, the reasons are brought up to date"
    BETWEEN = "nothing: better, but not recovered"
    HOLDING = "nothing: recovered, but not for long enough yet"
    AT_RISK = message("opened: the account is at risk").text
    AT_RISK_AGAIN = message("reopened: the account is at risk again").text
    RECOVERED = message("resolved: the account stayed recovered").text
    SUPERSEDED = message("resolved: the account's next renewal is another contract").text
    CHURNED = message("resolved: the customer churned").text
    SNOOZE_OVER = message("snooze ended: the account is still at risk").text
    SNOOZE_OVER_WELL = "nothing: the snooze is over and the account isn't at risk"
    SNOOZED = "nothing: snoozed"
    UNANSWERED = message("escalated: nobody acknowledged it in time").text
    NOT_DUE = "nothing: not due"
    BY_A_PERSON = message("changed by a person").text
    ALREADY_SO = "nothing: it is already so"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What to do about one episode, and why.

    Attributes:
        episode: the episode after the decision; None when there is none, or nothing about it changed.
        change: the step to write down and publish; None for a silent update (or nothing).
        notice: the notice to send; None for none.
    """

    reason: Reason
    episode: Episode | None = None
    change: AlertChange | None = None
    notice: NoticeKind | None = None
