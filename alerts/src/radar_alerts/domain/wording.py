"""Puts an episode into words: what happened, why, what to do. Short, for people with twenty such accounts."""

from typing import Final
from urllib.parse import quote

from radar_alerts.domain.advice import advice
from radar_alerts.domain.decision import NoticeKind
from radar_alerts.domain.episode import Episode
from radar_alerts.domain.fact_lines import fact_lines
from radar_alerts.domain.forecast_reasons import forecast_reasons
from radar_alerts.domain.notice import Notice
from radar_alerts.domain.speech import voice
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal
from radar_vocabulary.contracts.scalars import Money, Owner
from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.tongue import Tongue
from radar_vocabulary.reasons.sentence import snapshot_in

REASONS_SHOWN: Final = 4
_HEADLINES: Final[dict[NoticeKind, Message]] = {
    "opened": message("{name} is at risk"),
    "woken": message("{name} is still at risk"),
    "escalated": message("Nobody has taken {name} yet"),
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
_UP_AGAIN: Final = message("Health is {score} of 100 and has stayed up. Nothing to do.")
_UP_UNKNOWN: Final = message("The account is no longer at risk. Nothing to do.")
_HEALTH: Final = message("Health is {score} of 100.")
_HEALTH_AND_STAKE: Final = message("Health is {score} of 100, with {money} of ARR at risk.")
_UNKNOWN: Final = message("Health is unknown.")
_UNKNOWN_AND_STAKE: Final = message("Health is unknown, with {money} of ARR at risk.")
_SNOOZE_OVER: Final = message("The snooze is over. {sentence}")
_UNANSWERED: Final = message("{who} was told and hasn't acknowledged it. {sentence}")
_QUEUE_UNANSWERED: Final = message("The queue was told and hasn't acknowledged it. {sentence}")
_REASON: Final = message("{reason} ({points} points)")


def word(kind: NoticeKind, episode: Episode, *, console: str | None, language: Language = "en") -> Notice:
    """Return the notice of ``kind`` about ``episode``; ``console`` is the console's address, without a slash."""
    said = voice(language)
    snapshot = snapshot_in(episode.snapshot, language)
    owner = snapshot.account.owner
    well = kind == "resolved"
    return Notice(
        kind=kind,
        headline=_headline(kind, snapshot, said),
        lead=_lead(kind, snapshot, said),
        facts=fact_lines(snapshot, said),
        reasons=() if well else tuple(_reasons(snapshot, said)),
        forecast=() if well else tuple(forecast_reasons(snapshot, said)),
        advice=None if well else said.say(advice(snapshot.drivers)),
        link=f"{console}/accounts/{quote(snapshot.account_id, safe='')}" if console else None,
        mention=owner.slack_id if owner else None,
        severity=episode.severity,
        score=snapshot.score,
        language=language,
    )


def _headline(kind: NoticeKind, snapshot: HealthSnapshot, said: Tongue) -> str:
    name = snapshot.account.name or snapshot.account_id
    if kind != "opened" or snapshot.renewal is None:
        return said.say(_HEADLINES[kind], name=name)
    return _may_not_renew(name, snapshot.renewal, said)


def _may_not_renew(name: str, renewal: Renewal, said: Tongue) -> str:
    if renewal.days == 0:
        return said.say(_DUE_TODAY, name=name)
    return said.count(_DUE if renewal.days > 0 else _OVERDUE, abs(renewal.days), name=name)


def _lead(kind: NoticeKind, snapshot: HealthSnapshot, said: Tongue) -> str:
    if kind == "resolved":
        return _well(snapshot.score, said)
    sentence = _health(snapshot.score, snapshot.renewal.arr_at_risk if snapshot.renewal else None, said)
    match kind:
        case "woken":
            return said.say(_SNOOZE_OVER, sentence=sentence)
        case "escalated":
            return _unanswered(snapshot.account.owner, sentence, said)
    return sentence


def _well(score: float | None, said: Tongue) -> str:
    return said.say(_UP_UNKNOWN) if score is None else said.say(_UP_AGAIN, score=said.whole(score))


def _health(score: float | None, stake: Money | None, said: Tongue) -> str:
    if score is None:
        return said.say(_UNKNOWN_AND_STAKE, money=said.money(stake)) if stake else said.say(_UNKNOWN)
    if stake is None:
        return said.say(_HEALTH, score=said.whole(score))
    return said.say(_HEALTH_AND_STAKE, score=said.whole(score), money=said.money(stake))


def _unanswered(owner: Owner | None, sentence: str, said: Tongue) -> str:
    who = (owner.name or owner.email) if owner else None
    if who is None:
        return said.say(_QUEUE_UNANSWERED, sentence=sentence)
    return said.say(_UNANSWERED, who=who, sentence=sentence)


def _reasons(snapshot: HealthSnapshot, said: Tongue) -> list[str]:
    against = sorted((one for one in snapshot.drivers if one.points < 0), key=lambda one: one.points)
    return [
        said.say(_REASON, reason=one.text, points=said.signed(one.points)) for one in against[:REASONS_SHOWN]
    ]
