"""The sentences below a headline: what has happened, what is at stake, and by when."""

from typing import Final

from radar_alerts.domain.messages.days_left import days_to_notice
from radar_alerts.domain.messages.ends import end
from radar_alerts.domain.messages.people import actor_name, names
from radar_alerts.domain.messages.sentences import join
from radar_alerts.domain.messages.story import Story
from radar_vocabulary.contracts.scalars import Money
from radar_vocabulary.language.messages import message, plural
from radar_vocabulary.language.translator import Translator

_HEALTH: Final = message("Health {score} of 100.")
_HEALTH_AND_STAKE: Final = message("Health {score} of 100, {money} ARR at risk.")
_UNKNOWN: Final = message("Health unknown.")
_UNKNOWN_AND_STAKE: Final = message("Health unknown, {money} ARR at risk.")
_NOTICE: Final = plural(
    "The customer can give notice for {count} more day, until {day}.",
    "The customer can give notice for {count} more days, until {day}.",
)
_NOTICE_TODAY: Final = message("Today is the last day on which the customer can give notice.")
_SNOOZE_OVER: Final = message("The snooze by {who} has ended.")
_EXPIRED: Final = message("{who} acknowledged it on {day}; that has expired, and the risk remains.")
_NOBODY_ON_IT: Final = message("Nobody is working on it: a snooze or an acknowledgement has ended.")
_TOLD_ONE: Final = message("{who} was told on {day} and has not acknowledged it.")
_TOLD_MANY: Final = message("{who} were told on {day}, and nobody has acknowledged it.")
_NOBODY_TOLD: Final = message("Nobody has acknowledged it.")
_GIVEN: Final = message("{who} gave you this case.")
_YOURS: Final = message("The account has a new owner: you.")
_AGAIN: Final = message("It had recovered, and is at risk again in the same term.")
_CANCELLED: Final = message(
    "The customer has cancelled. The contract ends on {day}, unless they change their mind."
)
_CANCELLED_UNDATED: Final = message("The customer has cancelled.")
_SAY_OUTCOME: Final = message("Please record how it came out: renewed, or lost and why.")
_SEATS: Final = message("{share} of seats are used.")
_GOAL: Final = message("{share} of the customer's North Star target is reached.")
_GROWTH: Final = message("The account is healthy.")
_OPEN_ARR: Final = message("{money} ARR is open.")


def lead(story: Story, translator: Translator) -> str:
    """Return the sentences below the headline."""
    if story.kind == "ended":
        return end(story, translator)
    if story.case.kind == "passed":
        return join([*_stake_alone(story, translator), translator.say(_SAY_OUTCOME)], translator)
    if story.case.kind == "expansion":
        return join([translator.say(_GROWTH), *_full(story, translator)], translator)
    parts = [_happened(story, translator), _stands(story, translator), _notice(story, translator)]
    return join([one for one in parts if one], translator)


def _happened(story: Story, translator: Translator) -> str | None:
    match story.kind:
        case "woken":
            return _woken(story, translator)
        case "escalated":
            return _unanswered(story, translator)
        case "handed_over":
            return _handed_over(story, translator)
        case "reopened":
            return translator.say(_AGAIN)
    return _cancelled(story, translator) if story.case.notice_given else None


def _woken(story: Story, translator: Translator) -> str:
    act = story.last_act
    if act is None or act.by is None or act.change not in {"snoozed", "acknowledged"}:
        return translator.say(_NOBODY_ON_IT)
    who = actor_name(act.by, translator)
    if act.change == "snoozed":
        return translator.say(_SNOOZE_OVER, who=who)
    return translator.say(_EXPIRED, who=who, day=translator.day(act.at.date()))


def _unanswered(story: Story, translator: Translator) -> str:
    """Only what happened: who was really told, and when."""
    if not story.told or story.case.announced_at is None:
        return translator.say(_NOBODY_TOLD)
    day = translator.day(story.case.announced_at.date())
    words = _TOLD_ONE if len(story.told) == 1 else _TOLD_MANY
    return translator.say(words, who=names(story.told, translator), day=day)


def _handed_over(story: Story, translator: Translator) -> str:
    act = story.last_act
    if act is None or act.by is None or act.change != "assigned":
        return translator.say(_YOURS)
    return translator.say(_GIVEN, who=actor_name(act.by, translator))


def _cancelled(story: Story, translator: Translator) -> str:
    day = story.renewal.renews_on if story.renewal else story.case.renews_on
    if day is None:
        return translator.say(_CANCELLED_UNDATED)
    return translator.say(_CANCELLED, day=translator.day(day))


def _stands(story: Story, translator: Translator) -> str:
    score, stake = story.snapshot.score, story.renewal.arr_at_risk if story.renewal else None
    if score is None:
        return _unknown(stake, translator)
    whole = translator.whole(score)
    if stake is None:
        return translator.say(_HEALTH, score=whole)
    return translator.say(_HEALTH_AND_STAKE, score=whole, money=translator.money(stake))


def _unknown(stake: Money | None, translator: Translator) -> str:
    return (
        translator.say(_UNKNOWN_AND_STAKE, money=translator.money(stake))
        if stake
        else translator.say(_UNKNOWN)
    )


def _stake_alone(story: Story, translator: Translator) -> list[str]:
    stake = story.renewal.arr if story.renewal else None
    return [translator.say(_OPEN_ARR, money=translator.money(stake))] if stake else []


def _notice(story: Story, translator: Translator) -> str | None:
    days = days_to_notice(story.renewal)
    if days is None or story.case.notice_given or story.renewal is None or story.renewal.notice_by is None:
        return None
    if days == 0:
        return translator.say(_NOTICE_TODAY)
    return translator.count(_NOTICE, days, day=translator.day(story.renewal.notice_by))


def _full(story: Story, translator: Translator) -> list[str]:
    found = {name: value for one in story.case.signals for name, value in one.evidence.items()}
    found |= story.snapshot.readings
    said = []
    if found.get("seat_utilisation", 0.0) >= 0.95:
        said.append(translator.say(_SEATS, share=translator.percent(found["seat_utilisation"])))
    if found.get("north_star_vs_target", 0.0) >= 1.2:
        said.append(translator.say(_GOAL, share=translator.percent(found["north_star_vs_target"])))
    return said
