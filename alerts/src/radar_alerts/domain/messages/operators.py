"""What those who run the product are told: a source that went silent or came back, a hold, a rule that was demoted."""

from datetime import datetime
from typing import Final

from radar_alerts.domain.notice import Fact, Notice
from radar_alerts.domain.shared_texts import OPEN_THE_LIST, translator_in
from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import Translator

MASS: Final = "mass"
_DOWN: Final = message("The source {source} has gone silent")
_DOWN_LEAD: Final = message(
    "Far fewer events than usual. Until it is back, nobody is told that use has stopped or fallen because of it."
)
_DOWN_STEP: Final = message(
    "Check what sends these events. When they come again, the missing time counts as missing."
)
_BACK: Final = message("The source {source} is back")
_BACK_LEAD: Final = message("Events come again. Accounts are scored again without the missing time.")
_SOURCE: Final = message("Source")
_SINCE: Final = message("Silent since")
_UNTIL: Final = message("Back since")
_EXPECTED: Final = message("Events expected")
_SEEN: Final = message("Events seen")
_MOMENT: Final = message("{day}, {time} UTC")
_HELD: Final = plural("{count} case held back", "{count} cases held back")
_STILL_HELD: Final = plural("{count} case is still held back", "{count} cases are still held back")
_MASS: Final = message(
    "More cases opened within an hour than the renewal calendar explains. Nobody was told of them."
)
_VERSION: Final = message("They opened after a change: {version}. Nobody was told of them.")
_RULE: Final = message("Rule")
_HOLD: Final = message("Hold")
_LOOK: Final = message(
    "Look at the cases. To tell people: POST /v1/holds/{id}/release. To tell nobody: POST /v1/holds/{id}/drop. After "
    "24 hours, what fits each receiver's budget goes into a digest."
)
_DEMOTED: Final = message("The rule {rule} no longer opens cases")
_DEMOTED_LEAD: Final = message(
    "{right} of {all} cases that it opened earlier ended in churn, hardly more than among all renewals ({base}). "
    "From now on it only adds evidence to running cases."
)
_DEMOTED_STEP: Final = message("Raise its threshold, and try the change with `radar alerts simulate` first.")


def source_down(source: str, *, since: datetime, expected: int, seen: int, language: Language) -> Notice:
    """Return the note that a source sends far less than its own history has it send."""
    translator = translator_in(language)
    return _note(
        translator,
        headline=translator.say(_DOWN, source=source),
        lead=translator.say(_DOWN_LEAD),
        facts={
            _SOURCE: source,
            _SINCE: _moment(since, translator),
            _EXPECTED: translator.whole(expected),
            _SEEN: translator.whole(seen),
        },
        advice=translator.say(_DOWN_STEP),
    )


def source_back(source: str, *, since: datetime, until: datetime, language: Language) -> Notice:
    """Return the note that a source that was silent sends again."""
    translator = translator_in(language)
    times = {_SOURCE: source, _SINCE: _moment(since, translator), _UNTIL: _moment(until, translator)}
    headline = translator.say(_BACK, source=source)
    return _note(translator, headline=headline, lead=translator.say(_BACK_LEAD), facts=times)


def hold_reason(key: str, translator: Translator) -> str:
    """Return why cases are held: ``key`` is "mass", or the new version that opened them."""
    return translator.say(_MASS) if key == MASS else translator.say(_VERSION, version=key)


def cases_held(
    hold_id: str,
    *,
    key: str,
    count: int,
    rule: str | None,
    again: bool,
    console: str | None,
    language: Language,
) -> Notice:
    """Return the note that ``count`` cases are held; ``again``: it reminds them. ``rule``: what opened most of them."""
    translator = translator_in(language)
    facts = {**({_RULE: rule} if rule else {}), _HOLD: hold_id}
    return _note(
        translator,
        headline=translator.count(_STILL_HELD if again else _HELD, count),
        lead=hold_reason(key, translator),
        facts=facts,
        advice=translator.say(_LOOK, id=hold_id),
        link=f"{console}/cases" if console else None,
    )


def rule_demoted(rule: str, *, right: int, opened: int, base_rate: float, language: Language) -> Notice:
    """Return the note that a rule became evidence: ``right`` of ``opened`` cases that it opened ended in churn."""
    translator = translator_in(language)
    said = {
        "right": translator.whole(right),
        "all": translator.whole(opened),
        "base": translator.percent(base_rate),
    }
    return _note(
        translator,
        headline=translator.say(_DEMOTED, rule=rule),
        lead=translator.say(_DEMOTED_LEAD, **said),
        facts={_RULE: rule},
        advice=translator.say(_DEMOTED_STEP),
    )


def _note(
    translator: Translator,
    *,
    headline: str,
    lead: str,
    facts: dict[Message, str],
    advice: str | None = None,
    link: str | None = None,
) -> Notice:
    return Notice(
        kind="operator",
        headline=headline,
        lead=lead,
        facts=tuple(Fact(label=translator.say(label), value=value) for label, value in facts.items()),
        advice=advice,
        link=link,
        link_label=translator.say(OPEN_THE_LIST) if link else None,
        language=translator.language,
    )


def _moment(at: datetime, translator: Translator) -> str:
    return translator.say(_MOMENT, day=translator.day(at.date()), time=f"{at:%H:%M}")
