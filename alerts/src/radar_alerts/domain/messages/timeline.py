"""A case's timeline: each step in a sentence, with who did it."""

from typing import Final

from radar_alerts.domain.cases.case import Actor
from radar_alerts.domain.messages.people import actor_name
from radar_vocabulary.contracts.alerts import CaseChange
from radar_vocabulary.language.messages import Message, message
from radar_vocabulary.language.translator import Translator

_BY_ITSELF: Final[dict[CaseChange, Message]] = {
    "opened": message("The case opened"),
    "reopened": message("The case reopened: at risk again"),
    "signal_raised": message("A rule found something new"),
    "signal_cleared": message("What a rule had found no longer holds"),
    "acknowledged": message("The case was acknowledged"),
    "acknowledgement_expired": message("The acknowledgement expired, and the case is open again"),
    "snoozed": message("The case was snoozed"),
    "woken": message("The snooze ended, and the account is still at risk"),
    "escalated": message("Nobody acknowledged it in time: the next step up was told"),
    "assigned": message("The case was assigned"),
    "handed_over": message("The account has another owner, who was told"),
    "notice_given": message("The customer gave notice"),
    "notice_withdrawn": message("The customer took the notice back"),
    "date_moved": message("The renewal date moved"),
    "held": message("Held back: many cases opened at once"),
    "released": message("The hold was released"),
    "dropped": message("The hold was dropped: nobody is told"),
    "renewed": message("The contract was renewed, and the case closed"),
    "lost": message("The contract ended, and the case closed"),
    "recovered": message("The account recovered, and the case closed"),
    "dismissed": message("The case was closed without an outcome"),
}
_BY_PERSON: Final[dict[CaseChange, Message]] = {
    "reopened": message("{who} reopened the case"),
    "acknowledged": message("{who} acknowledged the case"),
    "snoozed": message("{who} snoozed the case"),
    "assigned": message("{who} assigned the case"),
    "released": message("{who} released the hold"),
    "dropped": message("{who} dropped the hold: nobody is told"),
    "renewed": message("{who} recorded that the contract was renewed"),
    "lost": message("{who} recorded that the contract was lost"),
    "recovered": message("{who} recorded that the account has recovered"),
    "dismissed": message("{who} closed the case without an outcome"),
}


def step_sentence(change: CaseChange, by: Actor | None, translator: Translator) -> str:
    """Return what happened; ``by`` None where the product did it by itself."""
    if by is None or change not in _BY_PERSON:
        return translator.say(_BY_ITSELF[change])
    return translator.say(_BY_PERSON[change], who=actor_name(by, translator))
