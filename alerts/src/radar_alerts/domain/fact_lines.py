"""The facts beside a notice: health, renewal, money, place and owner, a labelled line each."""

from collections.abc import Iterator
from typing import Final

from radar_alerts.domain.notice import Fact
from radar_alerts.domain.speech import BANDS, SEGMENTS
from radar_vocabulary.contracts.health import AccountRef, HealthSnapshot, Override, Renewal
from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.language.tongue import Tongue

_HEALTH: Final = message("Health")
_SCORE_AND_BAND: Final = message("{score} of 100, {band}")
_BY_HAND: Final = message("Set by hand")
_WHO_AND_WHY: Final = message("{author}, until {day}: {reason}")
_RENEWAL: Final = message("Renewal")
_DAY_TODAY: Final = message("{day}, today")
_DAY_AHEAD: Final = plural("{day}, in {count} day", "{day}, in {count} days")
_DAY_AGO: Final = plural("{day}, {count} day ago", "{day}, {count} days ago")
_AT_RISK: Final = message("ARR at risk")
_PART_OF_ALL: Final = message("{part} of {all}")
_CHANCE: Final = message("Chance to renew")
_SEGMENT: Final = message("Segment")
_COMMA: Final = message(", ")
_OWNER: Final = message("Owner")
_NOBODY: Final = message("nobody")


def fact_lines(snapshot: HealthSnapshot, said: Tongue) -> tuple[Fact, ...]:
    """Return the facts that are known about the account."""
    return tuple(Fact(label=said.say(label), value=value) for label, value in _facts(snapshot, said))


def _facts(snapshot: HealthSnapshot, said: Tongue) -> Iterator[tuple[Message, str]]:
    account = snapshot.account
    if snapshot.score is not None:
        band = said.say(BANDS[snapshot.band])
        yield _HEALTH, said.say(_SCORE_AND_BAND, score=said.whole(snapshot.score), band=band)
    if snapshot.override:
        yield _BY_HAND, _who_and_why(snapshot.override, said)
    if snapshot.renewal:
        yield from _renewal(snapshot.renewal, said)
    yield _SEGMENT, _place(account, said)
    owner = account.owner
    yield _OWNER, (owner and (owner.name or owner.email)) or said.say(_NOBODY)


def _who_and_why(override: Override, said: Tongue) -> str:
    day = said.day(override.expires_at.date())
    return said.say(_WHO_AND_WHY, author=override.author, day=day, reason=override.reason)


def _renewal(renewal: Renewal, said: Tongue) -> Iterator[tuple[Message, str]]:
    yield _RENEWAL, _when(renewal, said)
    if renewal.arr_at_risk:
        part = said.money(renewal.arr_at_risk)
        yield (
            _AT_RISK,
            said.say(_PART_OF_ALL, part=part, all=said.money(renewal.arr)) if renewal.arr else part,
        )
    if renewal.probability is not None:
        yield _CHANCE, said.percent(renewal.probability)


def _when(renewal: Renewal, said: Tongue) -> str:
    day = said.day(renewal.renews_on)
    if renewal.days == 0:
        return said.say(_DAY_TODAY, day=day)
    return said.count(_DAY_AHEAD if renewal.days > 0 else _DAY_AGO, abs(renewal.days), day=day)


def _place(account: AccountRef, said: Tongue) -> str:
    parts = (said.say(SEGMENTS[account.segment]), account.industry, account.region)
    return said.say(_COMMA).join(part for part in parts if part)
