"""The facts beside a notice: health, renewal, money, place and owner, a labelled line each."""

from collections.abc import Iterator
from typing import Final

from radar_alerts.domain.notice import Fact
from radar_alerts.domain.shared_texts import BANDS, SEGMENTS
from radar_vocabulary.contracts.health import AccountRef, HealthSnapshot, Override, Renewal
from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.language.translator import Translator

_HEALTH: Final = message("Health")
_SCORE_AND_BAND: Final = message("{score} of 100, {band}")
_BY_HAND: Final = message("Set manually")
_WHO_AND_WHY: Final = message("{author}, until {day}: {reason}")
_RENEWAL: Final = message("Renewal")
_DAY_TODAY: Final = message("{day}, today")
_DAY_AHEAD: Final = plural("{day}, in {count} day", "{day}, in {count} days")
_DAY_AGO: Final = plural("{day}, {count} day ago", "{day}, {count} days ago")
_AT_RISK: Final = message("ARR at risk")
_PART_OF_ALL: Final = message("{part} of {all}")
_CHANCE: Final = message("Renewal probability")
_SEGMENT: Final = message("Segment")
_COMMA: Final = message(", ")
_OWNER: Final = message("Owner")
_NOBODY: Final = message("nobody")


def fact_lines(snapshot: HealthSnapshot, translator: Translator) -> tuple[Fact, ...]:
    """Return the facts that are known about the account."""
    return tuple(
        Fact(label=translator.say(label), value=value) for label, value in _facts(snapshot, translator)
    )


def _facts(snapshot: HealthSnapshot, translator: Translator) -> Iterator[tuple[Message, str]]:
    account = snapshot.account
    if snapshot.score is not None:
        band = translator.say(BANDS[snapshot.band])
        yield _HEALTH, translator.say(_SCORE_AND_BAND, score=translator.whole(snapshot.score), band=band)
    if snapshot.override:
        yield _BY_HAND, _who_and_why(snapshot.override, translator)
    if snapshot.renewal:
        yield from _renewal(snapshot.renewal, translator)
    yield _SEGMENT, _place(account, translator)
    owner = account.owner
    yield _OWNER, (owner and (owner.name or owner.email)) or translator.say(_NOBODY)


def _who_and_why(override: Override, translator: Translator) -> str:
    day = translator.day(override.expires_at.date())
    return translator.say(_WHO_AND_WHY, author=override.author, day=day, reason=override.reason)


def _renewal(renewal: Renewal, translator: Translator) -> Iterator[tuple[Message, str]]:
    yield _RENEWAL, _when(renewal, translator)
    if renewal.arr_at_risk:
        part = translator.money(renewal.arr_at_risk)
        yield (
            _AT_RISK,
            translator.say(_PART_OF_ALL, part=part, all=translator.money(renewal.arr))
            if renewal.arr
            else part,
        )
    if renewal.probability is not None:
        yield _CHANCE, translator.percent(renewal.probability)


def _when(renewal: Renewal, translator: Translator) -> str:
    day = translator.day(renewal.renews_on)
    if renewal.days == 0:
        return translator.say(_DAY_TODAY, day=day)
    return translator.count(_DAY_AHEAD if renewal.days > 0 else _DAY_AGO, abs(renewal.days), day=day)


def _place(account: AccountRef, translator: Translator) -> str:
    parts = (translator.say(SEGMENTS[account.segment]), account.industry, account.region)
    return translator.say(_COMMA).join(part for part in parts if part)
