"""A digest in words: how many, what is at risk in all, and a ranked list."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from radar_alerts.domain.messages.days_left import day_and_distance, days_to_notice
from radar_alerts.domain.messages.headlines import headline
from radar_alerts.domain.messages.leading_causes import cause_name, causes
from radar_alerts.domain.messages.sentences import join
from radar_alerts.domain.messages.story import DigestItem
from radar_alerts.domain.notice import Notice
from radar_alerts.domain.shared_texts import OPEN_THE_LIST, translator_in
from radar_vocabulary.contracts.scalars import Money
from radar_vocabulary.language.messages import Message, message, plural
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import Translator
from radar_vocabulary.reasons.sentence import snapshot_in

SHOWN: Final = 20
_HEADLINE: Final = plural("{count} account to look at", "{count} accounts to look at")
_HEADLINE_MONEY: Final = message("{headline}, {money} ARR at risk")
_FIRST: Final = message("First look: {headline}")
_PARTS: Final = message("{one} · {other}")
_STAKE: Final = message("{money} ARR at risk")
_RENEWAL: Final = message("renewal {day}")
_ENDS: Final = message("ends {day}")
_NOTICE: Final = message("notice possible until {day}")
_MORE: Final = plural("and {count} more, in the list", "and {count} more, in the list")
_RANKED: Final = message("Ranked by the ARR at risk.")
_FIRST_LEAD: Final = message(
    "These are accounts that became known in the last day, ranked by the ARR at risk."
)
_BUDGET: Final = plural(
    "moved here because your budget of {count} message a day was used",
    "moved here because your budget of {count} messages a day was used",
)
_WHY: Final[dict[str, Message]] = {
    "first_contact": message("became known in the last day"),
    "hold_expired": message("held back for a day, as many cases opened at once"),
    "quiet_hours": message("came up outside your working hours"),
}
_COMMA: Final = message(", ")


def compose_digest(
    items: Sequence[DigestItem], *, console: str | None, language: Language, budget: int = 3
) -> Notice:
    """Return the digest of ``items``, in their order; ``budget``: messages a day that the receiver gets at once."""
    translator = translator_in(language)
    first = all(one.why == "first_contact" for one in items)
    lines = [_line(one, language, budget, translator, why=not first) for one in items[:SHOWN]]
    if len(items) > SHOWN:
        lines.append(translator.count(_MORE, len(items) - SHOWN))
    return Notice(
        kind="digest",
        headline=_headline(items, translator, first=first),
        lead=translator.say(_FIRST_LEAD if first else _RANKED),
        items=tuple(lines),
        link=f"{console}/cases" if console else None,
        link_label=translator.say(OPEN_THE_LIST),
        language=language,
    )


def _headline(items: Sequence[DigestItem], translator: Translator, *, first: bool) -> str:
    said = translator.count(_HEADLINE, len({one.case.account_id for one in items}))
    amounts = _amounts(items, translator)
    if amounts:
        said = translator.say(_HEADLINE_MONEY, headline=said, money=amounts)
    return translator.say(_FIRST, headline=said) if first else said


def _line(item: DigestItem, language: Language, budget: int, translator: Translator, *, why: bool) -> str:
    snapshot = snapshot_in(item.snapshot, language)
    parts = [headline(item.kind, item.case, snapshot, item.renewal, translator, dated=False)]
    if item.money is not None:
        parts.append(translator.say(_STAKE, money=translator.money(item.money)))
    parts += _days(item, translator)
    named = causes(snapshot, item.case) if item.case.running and item.case.kind == "renewal" else ()
    parts += [cause_name(one, translator) for one in named[:1]]
    parts += _why_here(item.why, budget, translator) if why else []
    return join(parts, translator, between=_PARTS)


def _days(item: DigestItem, translator: Translator) -> list[str]:
    """Return the renewal's day, and the last day for giving notice where that is still to come."""
    if item.renewal is None or not item.case.running:
        return []
    words = _ENDS if item.case.notice_given else _RENEWAL
    day = day_and_distance(item.renewal.renews_on, item.renewal.days, translator)
    said = [translator.say(words, day=day)]
    notice = days_to_notice(item.renewal)
    if notice is not None and item.renewal.notice_by is not None and not item.case.notice_given:
        said.append(translator.say(_NOTICE, day=translator.day(item.renewal.notice_by)))
    return said


def _why_here(why: str | None, budget: int, translator: Translator) -> list[str]:
    if why == "budget":
        return [translator.count(_BUDGET, budget)]
    return [translator.say(_WHY[why])] if why in _WHY else []


def _amounts(items: Sequence[DigestItem], translator: Translator) -> str:
    """Return the ARR at risk by currency, the largest first; a renewal that stands there twice counts once."""
    stakes = {one.case.case_id: one.money for one in items if one.money is not None}
    totals: dict[str, float] = defaultdict(float)
    for one in stakes.values():
        totals[one.currency] += one.amount
    ranked = sorted(totals.items(), key=lambda one: (-one[1], one[0]))
    amounts = (translator.money(Money(amount=total, currency=name)) for name, total in ranked)
    return translator.say(_COMMA).join(amounts)
