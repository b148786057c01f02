"""How a case ended, in words: for how long it has been well and on what evidence, or what the contract came to."""

from typing import Final

from radar_alerts.domain.messages.facts import probability
from radar_alerts.domain.messages.people import actor_name
from radar_alerts.domain.messages.sentences import join
from radar_alerts.domain.messages.story import Story
from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.language.translator import Translator

_OUTCOMES: Final[dict[str, Message]] = {
    "renewed": message("The contract was renewed. The case is closed."),
    "expanded": message("The contract was renewed and expanded. The case is closed."),
    "contracted": message("The contract was renewed for less than before. The case is closed."),
    "churned": message("The contract ended. Please record why: it helps with the next renewal."),
}
_BY_PERSON: Final[dict[str, Message]] = {
    "renewed": message("{who} recorded that it was renewed."),
    "lost": message("{who} recorded that it was lost."),
    "recovered": message("{who} recorded that it has recovered."),
}
_CLOSED: Final = message("{who} closed the case: {reason}.")
_VOID: Final = message("The contract's term no longer exists, so there is nothing to renew.")
_WHY: Final[dict[str, Message]] = {
    "false_alarm": message("false alarm"),
    "known": message("already known"),
    "not_ours": message("not ours to act on"),
    "duplicate": message("duplicate"),
    "other": message("another reason"),
}
_QUIET: Final = plural(
    "No sign of risk for {count} day.",
    "No sign of risk for {count} days.",
)
_QUIET_SOON: Final = message("No sign of risk any more.")
_BY_HAND: Final = message("{who} set the account's health manually.")
_HEALTH: Final = message("Health {score} of 100.")
_USED: Final = plural(
    "Used on {count} day of the last 14.",
    "Used on {count} days of the last 14.",
)
_CHANCE: Final = message("Renewal probability {share}.")
_NOTICE_STANDS: Final = message("The customer's notice still stands.")


def end(story: Story, translator: Translator) -> str:
    """Return how the case ended; never that nothing is left to do, which nobody knows."""
    case = story.case
    said = _recovered(story, translator) if case.state == "recovered" else [_outcome(story, translator)]
    if case.notice_given and case.state in {"recovered", "dismissed"}:
        said.append(translator.say(_NOTICE_STANDS))
    return join(said, translator)


def _outcome(story: Story, translator: Translator) -> str:
    case = story.case
    if case.state == "dismissed":
        return _dismissed(story, translator)
    if case.ended_by is not None:
        return translator.say(_BY_PERSON[case.state], who=actor_name(case.ended_by, translator))
    term = next((one for one in story.snapshot.terms if one.term_id == case.term_id), None)
    if case.state == "lost":
        return translator.say(_OUTCOMES["churned"])
    told = term.outcome if term is not None and term.outcome != "churned" else None
    return translator.say(_OUTCOMES[told or "renewed"])


def _dismissed(story: Story, translator: Translator) -> str:
    case = story.case
    if case.ended_by is None:
        return translator.say(_VOID)
    why = case.outcome_reason or "other"
    reason = translator.say(_WHY[why]) if why in _WHY else why
    return translator.say(_CLOSED, who=actor_name(case.ended_by, translator), reason=reason)


def _recovered(story: Story, translator: Translator) -> list[str]:
    """For how long, and on what evidence."""
    snapshot = story.snapshot
    said = [_since(story, translator)]
    if snapshot.score is not None:
        said.append(translator.say(_HEALTH, score=translator.whole(snapshot.score)))
    if "active_days_14d" in snapshot.readings:
        said.append(translator.count(_USED, snapshot.readings["active_days_14d"]))
    share = probability(story.renewal, translator)
    if share is not None:
        said.append(translator.say(_CHANCE, share=share))
    return said


def _since(story: Story, translator: Translator) -> str:
    if story.case.ended_by is not None:
        return translator.say(_BY_PERSON["recovered"], who=actor_name(story.case.ended_by, translator))
    if story.snapshot.override is not None:
        return translator.say(_BY_HAND, who=story.snapshot.override.author)
    since = [one.cleared_at for one in story.case.signals if one.opens and one.cleared_at]
    days = (story.snapshot.as_of - max(since)).days if since else 0
    days += story.well_for.days if story.well_for else 0
    return translator.count(_QUIET, days) if days > 0 else translator.say(_QUIET_SOON)
