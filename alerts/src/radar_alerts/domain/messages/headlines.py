"""The one thing to know of a case: what happened to whom, and when it counts."""

from typing import Final

from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.cases.decision import AnnouncementKind
from radar_alerts.domain.messages.days_left import when
from radar_vocabulary.contracts.alerts import CaseState
from radar_vocabulary.contracts.health import HealthSnapshot, Renewal
from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.language.translator import Translator

_MAY_NOT_RENEW: Final = message("{name} may not renew")
_AT_RISK: Final = message("{name} is at risk")
_PASSED: Final = plural(
    "{name}: no outcome, {count} day after the renewal date",
    "{name}: no outcome, {count} days after the renewal date",
)
_GROWTH: Final = message("{name} may be ready to buy more")
_KINDS: Final[dict[AnnouncementKind, Message]] = {
    "reopened": message("{name} is at risk again"),
    "worsened": message("{name} is at higher risk"),
    "woken": message("{name} is still at risk"),
    "escalated": message("{name} is at risk, not acknowledged"),
    "handed_over": message("{name} is yours now, and at risk"),
}
_NOTICE_GIVEN: Final = message("{name} has given notice")
_ENDS: Final[dict[CaseState, Message]] = {
    "renewed": message("{name} has renewed"),
    "lost": message("{name} did not renew"),
    "recovered": message("{name} has recovered"),
    "dismissed": message("{name}: the case was closed"),
}
_WITH_WHEN: Final = message("{headline}: {when}")
_WENT_ON: Final = frozenset({"renewed", "expanded", "contracted"})


def headline(
    kind: AnnouncementKind,
    case: Case,
    snapshot: HealthSnapshot,
    renewal: Renewal | None,
    translator: Translator,
    *,
    dated: bool = True,
) -> str:
    """Return the headline of a notice; also the e-mail's subject. ``dated``: with when the renewal is due."""
    name = snapshot.account.name or snapshot.account_id
    if kind == "ended":
        return translator.say(_ENDS.get(case.state, _ENDS["dismissed"]), name=name)
    if case.kind == "expansion":
        return translator.say(_GROWTH, name=name)
    if case.kind == "passed":
        return translator.count(_PASSED, _days_past(case, snapshot, renewal), name=name)
    said = translator.say(_about(kind, case, snapshot), name=name)
    if renewal is None or not dated:
        return said
    return translator.say(
        _WITH_WHEN, headline=said, when=when(renewal.days, translator, ends=case.notice_given)
    )


def _about(kind: AnnouncementKind, case: Case, snapshot: HealthSnapshot) -> Message:
    if kind == "notice_given":
        return _NOTICE_GIVEN
    if kind in _KINDS:
        return _KINDS[kind]
    if case.notice_given:
        return _NOTICE_GIVEN
    return _AT_RISK if _renewed_today(case, snapshot) or case.renews_on is None else _MAY_NOT_RENEW


def _renewed_today(case: Case, snapshot: HealthSnapshot) -> bool:
    """Return whether the contract was renewed on this day; nobody hears "may not renew" then."""
    today = snapshot.as_of.date()
    return any(
        one.contract_id == case.contract_id
        and one.outcome in _WENT_ON
        and today in {one.ended_on, one.known_at.date() if one.known_at else None}
        for one in snapshot.terms
    )


def _days_past(case: Case, snapshot: HealthSnapshot, renewal: Renewal | None) -> int:
    if renewal is not None:
        return max(-renewal.days, 0)
    return max((snapshot.as_of.date() - case.renews_on).days, 0) if case.renews_on else 0
