"""The facts beside a notice: renewal, notice deadline, money, probability, health and owner, a labelled line each."""

from collections.abc import Iterator
from typing import Final

from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.messages.days_left import day_and_distance, days_to_notice
from radar_alerts.domain.notice import Fact
from radar_alerts.domain.shared_texts import BANDS, SEGMENTS
from radar_vocabulary.contracts.health import AccountRef, HealthSnapshot, Override, Renewal
from radar_vocabulary.language.messages import Message, message
from radar_vocabulary.language.translator import Translator

_HEALTH: Final = message("Health")
_SCORE_AND_BAND: Final = message("{score} of 100, {band}")
_BY_HAND: Final = message("Set manually")
_WHO_AND_WHY: Final = message("{author}, until {day}: {reason}")
_RENEWAL: Final = message("Renewal")
_ENDS: Final = message("Contract ends")
_NOTICE_BY: Final = message("Notice possible until")
_AT_RISK: Final = message("ARR at risk")
_ARR: Final = message("ARR")
_PART_OF_ALL: Final = message("{part} of {all}")
_CHANCE: Final = message("Renewal probability")
_ESTIMATE: Final = message("{share} (estimate)")
_SEGMENT: Final = message("Segment")
_COMMA: Final = message(", ")
_OWNER: Final = message("Owner")
_NOBODY: Final = message("nobody")
_ALSO: Final = message("Also at risk")
_OTHER: Final = message("{contract}, renewal on {day}")


def fact_lines(
    snapshot: HealthSnapshot, renewal: Renewal | None, translator: Translator, *, risk: bool = True
) -> tuple[Fact, ...]:
    """Return the facts that are known; ``risk``: with how much is at risk, and how likely it is to renew."""
    found = _facts(snapshot, renewal, translator, risk=risk)
    return tuple(Fact(label=translator.say(label), value=value) for label, value in found)


def also_at_risk(others: tuple[Case, ...], translator: Translator) -> tuple[Fact, ...]:
    """Return the account's other renewals that this message tells of, a line each."""
    return tuple(
        Fact(
            label=translator.say(_ALSO),
            value=translator.say(_OTHER, contract=one.contract_id, day=translator.day(one.renews_on)),
        )
        for one in others
        if one.contract_id is not None and one.renews_on is not None
    )


def probability(renewal: Renewal | None, translator: Translator) -> str | None:
    """Return the renewal probability; one that no trained model gave is called an estimate. None: nobody gave one."""
    if renewal is None or renewal.probability is None or renewal.source in {"told", "none"}:
        return None
    return chance(renewal.probability, renewal.source, translator)


def chance(share: float, source: str | None, translator: Translator) -> str:
    """Return a renewal probability, called an estimate unless a trained model gave it."""
    said = translator.percent(share)
    return said if source == "model" else translator.say(_ESTIMATE, share=said)


def _facts(
    snapshot: HealthSnapshot, renewal: Renewal | None, translator: Translator, *, risk: bool
) -> Iterator[tuple[Message, str]]:
    account = snapshot.account
    if renewal is not None:
        yield from _days(renewal, translator)
        yield from _money(renewal, translator) if risk else _arr(renewal, translator)
    if snapshot.score is not None:
        band = translator.say(BANDS[snapshot.band])
        yield _HEALTH, translator.say(_SCORE_AND_BAND, score=translator.whole(snapshot.score), band=band)
    if snapshot.override:
        yield _BY_HAND, _who_and_why(snapshot.override, translator)
    yield _SEGMENT, _place(account, translator)
    owner = account.owner
    yield _OWNER, (owner and (owner.name or owner.email)) or translator.say(_NOBODY)


def _days(renewal: Renewal, translator: Translator) -> Iterator[tuple[Message, str]]:
    cancelled = renewal.source == "told"
    yield _ENDS if cancelled else _RENEWAL, day_and_distance(renewal.renews_on, renewal.days, translator)
    notice = days_to_notice(renewal)
    if notice is not None and renewal.notice_by is not None and not cancelled:
        yield _NOTICE_BY, day_and_distance(renewal.notice_by, notice, translator)


def _arr(renewal: Renewal, translator: Translator) -> Iterator[tuple[Message, str]]:
    if renewal.arr:
        yield _ARR, translator.money(renewal.arr)


def _money(renewal: Renewal, translator: Translator) -> Iterator[tuple[Message, str]]:
    if renewal.arr_at_risk:
        part = translator.money(renewal.arr_at_risk)
        whole = translator.money(renewal.arr) if renewal.arr else part
        yield _AT_RISK, part if whole == part else translator.say(_PART_OF_ALL, part=part, all=whole)
    said = probability(renewal, translator)
    if said is not None:
        yield _CHANCE, said


def _who_and_why(override: Override, translator: Translator) -> str:
    day = translator.day(override.expires_at.date())
    return translator.say(_WHO_AND_WHY, author=override.author, day=day, reason=override.reason)


def _place(account: AccountRef, translator: Translator) -> str:
    parts = (translator.say(SEGMENTS[account.segment]), account.industry, account.region)
    return translator.say(_COMMA).join(part for part in parts if part)
