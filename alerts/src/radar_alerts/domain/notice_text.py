"""Puts an episode into words: what happened, why, what to do. Short, for people with twenty such accounts."""

from typing import Final
from urllib.parse import quote

from radar_alerts.domain.advice import advice
from radar_alerts.domain.decision import NoticeKind
from radar_alerts.domain.episode import Episode
from radar_alerts.domain.fact_lines import fact_lines
from radar_alerts.domain.forecast_reasons import forecast_reasons
from radar_alerts.domain.notice import Notice
from radar_alerts.domain.shared_texts import translator_in
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal
from radar_vocabulary.contracts.scalars import Money, Owner
from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import Translator
from radar_vocabulary.reasons.sentence import snapshot_in

REASONS_SHOWN: Final = 4
_HEADLINES: Final[dict[NoticeKind, Message]] = {
    "opened": message("{name} is at risk"),
    "woken": message("{name} is still at risk"),
    "escalated": message("{name}: not acknowledged yet"),
    "resolved": message("{name} has recovered"),
}
_DUE: Final = plural(
    "{name} may not renew: due in {count} day",
    "{name} may not renew: due in {count} days",
)
_DUE_TODAY: Final = message("{name} may not renew: due today")
_OVERDUE: Final = plural(
    "{name} may not renew: due {count} day ago",
    "{name} may not renew: due {count} days ago",
)
_UP_AGAIN: Final = message("Health {score} of 100, and stable. No action needed.")
_UP_UNKNOWN: Final = message("The account is no longer at risk. No action needed.")
_HEALTH: Final = message("Health {score} of 100.")
_HEALTH_AND_STAKE: Final = message("Health {score} of 100, {money} ARR at risk.")
_UNKNOWN: Final = message("Health unknown.")
_UNKNOWN_AND_STAKE: Final = message("Health unknown, {money} ARR at risk.")
_SNOOZE_OVER: Final = message("The snooze ended. {sentence}")
_UNANSWERED: Final = message("{who} was notified and has not acknowledged it. {sentence}")
_QUEUE_UNANSWERED: Final = message("The team was notified and has not acknowledged it. {sentence}")
_REASON: Final = message("{reason} ({points} points)")


def compose_notice(
    kind: NoticeKind, episode: Episode, *, console: str | None, language: Language = "en"
) -> Notice:
    """Return the notice of ``kind`` about ``episode``; ``console`` is the console's address, without a slash."""
    translator = translator_in(language)
    snapshot = snapshot_in(episode.snapshot, language)
    owner = snapshot.account.owner
    well = kind == "resolved"
    return Notice(
        kind=kind,
        headline=_headline(kind, snapshot, translator),
        lead=_lead(kind, snapshot, translator),
        facts=fact_lines(snapshot, translator),
        reasons=() if well else tuple(_reasons(snapshot, translator)),
        forecast=() if well else tuple(forecast_reasons(snapshot, translator)),
        advice=None if well else translator.say(advice(snapshot.drivers)),
        link=f"{console}/accounts/{quote(snapshot.account_id, safe='')}" if console else None,
        mention=owner.slack_id if owner else None,
        severity=episode.severity,
        score=snapshot.score,
        case_id=episode.alert_id,
        actions=() if well else ("acknowledge", "snooze_a_week"),
        language=language,
    )


def _headline(kind: NoticeKind, snapshot: HealthSnapshot, translator: Translator) -> str:
    name = snapshot.account.name or snapshot.account_id
    if kind != "opened" or snapshot.renewal is None:
        return translator.say(_HEADLINES[kind], name=name)
    return _may_not_renew(name, snapshot.renewal, translator)


def _may_not_renew(name: str, renewal: Renewal, translator: Translator) -> str:
    if renewal.days == 0:
        return translator.say(_DUE_TODAY, name=name)
    return translator.count(_DUE if renewal.days > 0 else _OVERDUE, abs(renewal.days), name=name)


def _lead(kind: NoticeKind, snapshot: HealthSnapshot, translator: Translator) -> str:
    if kind == "resolved":
        return _well(snapshot.score, translator)
    sentence = _health(snapshot.score, snapshot.renewal.arr_at_risk if snapshot.renewal else None, translator)
    match kind:
        case "woken":
            return translator.say(_SNOOZE_OVER, sentence=sentence)
        case "escalated":
            return _unanswered(snapshot.account.owner, sentence, translator)
    return sentence


def _well(score: float | None, translator: Translator) -> str:
    return (
        translator.say(_UP_UNKNOWN)
        if score is None
        else translator.say(_UP_AGAIN, score=translator.whole(score))
    )


def _health(score: float | None, stake: Money | None, translator: Translator) -> str:
    if score is None:
        return (
            translator.say(_UNKNOWN_AND_STAKE, money=translator.money(stake))
            if stake
            else translator.say(_UNKNOWN)
        )
    if stake is None:
        return translator.say(_HEALTH, score=translator.whole(score))
    return translator.say(_HEALTH_AND_STAKE, score=translator.whole(score), money=translator.money(stake))


def _unanswered(owner: Owner | None, sentence: str, translator: Translator) -> str:
    who = (owner.name or owner.email) if owner else None
    if who is None:
        return translator.say(_QUEUE_UNANSWERED, sentence=sentence)
    return translator.say(_UNANSWERED, who=who, sentence=sentence)


def _reasons(snapshot: HealthSnapshot, translator: Translator) -> list[str]:
    against = sorted((one for one in snapshot.drivers if one.points < 0), key=lambda one: one.points)
    return [
        translator.say(_REASON, reason=one.text, points=translator.signed(one.points))
        for one in against[:REASONS_SHOWN]
    ]
