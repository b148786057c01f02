"""What the case machine answers: a decision that always carries its reason."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from radar_alerts.domain.cases.case import Case, Signal
from radar_vocabulary.contracts.alerts import CaseChange
from radar_vocabulary.language.messages import message

AnnouncementKind = Literal[
    "opened", "reopened", "worsened", "woken", "escalated", "handed_over", "notice_given", "ended"
]


class Reason(StrEnum):
    """Why a decision came out as it did; the value is the sentence people read, translated where a step has it."""

    OLD_NEWS = "nothing: not newer than the last snapshot of this account"
    FROM_THE_FUTURE = "nothing: the snapshot is ahead of the clock"
    NOTHING = "nothing: no rule's signal changed"
    RULE = message("opened: a rule's signal").text
    SET_AT_RISK = message("opened: the account was set to at risk manually").text
    RULE_AGAIN = message("reopened: at risk again in the same term").text
    RAISED = message("a signal was raised").text
    CLEARED = message("a signal has cleared").text
    RENEWED = message("renewed: the contract was renewed").text
    LOST = message("lost: the contract ended").text
    LEFT = message("lost: the customer left").text
    VOID = message("dismissed: the contract's term no longer exists").text
    RECOVERED = message("recovered: no signal holds any more").text
    SET_WELL = message("recovered: the account's health was set manually").text
    TAKEN_BACK = message("reopened: the contract's closing was taken back").text
    NOTICE_GIVEN = message("notice given: the customer has cancelled").text
    NOTICE_WITHDRAWN = message("notice withdrawn: the cancellation was taken back").text
    NEXT_TERM = message("moved: the risk goes on in the next term").text
    EXTENDED = message("moved: the renewal date changed").text
    HANDED_OVER = message("handed over: the account has another owner").text
    SNOOZE_OVER = message("snooze ended: the account is still at risk").text
    ACKNOWLEDGEMENT_OVER = message("open again: the acknowledgement expired").text
    UNANSWERED = message("escalated: nobody acknowledged it in time").text
    BY_A_PERSON = message("changed by a person").text
    ALREADY_SO = "nothing: it is already so"
    NOT_DUE = "nothing: not due"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What to do about one case, and why.

    Attributes:
        case: the case after the decision; None when there is none.
        change: the step to write down and publish; None for a silent update (or nothing).
        announce: what to tell people about it; None for nothing.
        signal: the signal that the step is about.
    """

    reason: Reason
    case: Case | None = None
    change: CaseChange | None = None
    announce: AnnouncementKind | None = None
    signal: Signal | None = None
