"""What changed since the last notice of a case: health, probability, and what rules have found since."""

from collections.abc import Iterator
from typing import Final

from radar_alerts.domain.cases.case import Case, LastNotice
from radar_alerts.domain.messages.facts import chance
from radar_alerts.domain.messages.leading_causes import cause_name, causes
from radar_alerts.domain.messages.signal_text import finding
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal
from radar_vocabulary.language.messages import message
from radar_vocabulary.language.translator import Translator

SHOWN: Final = 4
_SCORE: Final = message("Health {before} → {now}")
_CHANCE: Final = message("Renewal probability {before} → {now}")
_CAUSE: Final = message("Main cause now: {cause}")


def changes(
    case: Case, snapshot: HealthSnapshot, renewal: Renewal | None, translator: Translator
) -> tuple[str, ...]:
    """Return at most SHOWN changes since the last notice; none before there was one."""
    if case.last_notice is None:
        return ()
    return tuple(_changes(case.last_notice, case, snapshot, renewal, translator))[:SHOWN]


def _changes(
    last: LastNotice, case: Case, snapshot: HealthSnapshot, renewal: Renewal | None, translator: Translator
) -> Iterator[str]:
    if last.score is not None and snapshot.score is not None:
        before, now = translator.whole(last.score), translator.whole(snapshot.score)
        if before != now:
            yield translator.say(_SCORE, before=before, now=now)
    yield from _probability(last, renewal, translator)
    for one in case.standing:
        # That it is worse is what the message says anyway.
        if one.raised_at > last.at and one.rule != "worsened":
            yield finding(one, translator)
    named = causes(snapshot, case)
    if named and last.cause is not None and named[0] != last.cause:
        yield translator.say(_CAUSE, cause=cause_name(named[0], translator))


def _probability(last: LastNotice, renewal: Renewal | None, translator: Translator) -> Iterator[str]:
    """Probabilities of two sources don't compare."""
    if renewal is None or renewal.probability is None or last.churn_probability is None:
        return
    if renewal.source != last.source or renewal.source == "told":
        return
    before = translator.percent(1 - last.churn_probability)
    now = chance(renewal.probability, renewal.source, translator)
    if before != translator.percent(renewal.probability):
        yield translator.say(_CHANCE, before=before, now=now)
