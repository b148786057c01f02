"""Accounts with a past, written straight into the health-score's tables: what a sweep finds after months of use."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import msgspec

from radar_chassis.store.database import Database
from radar_health_score.domain.account.attributes import Patch, encode_state, fold
from radar_health_score.domain.account.day_tally import DayTally
from radar_health_score.domain.account.year_use import encode_volume, volume_of
from radar_health_score.domain.history.expired_entities import expires_from
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.main import bulk_for
from radar_health_score.repositories import shapes
from radar_health_score.service.state.numbering import encode_first_use
from radar_vocabulary.contracts.events import (
    AccountUpdated,
    ContractClosed,
    ContractUpdated,
    EventData,
    InvoiceUpdated,
    SurveyAnswered,
    TicketUpdated,
)

CHUNK = 250
PARTITIONS = 8
VARIANTS = 12
RECENT = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What each account has behind it.

    Attributes:
        features, users: how many of each; every day sees ``daily`` of the users, the last ones.
        days: active days, the newest today. ``every``: days from one to the next.
        terms, term_days: terms of its contract and their length, all but the last closed.
        signals: tickets, surveys and paid invoices, so many of each: the newest RECENT of the last months, the others
            older than a year, one a day at most.
    """

    features: int = 20
    users: int = 10
    daily: int = 5
    days: int = 90
    every: int = 1
    terms: int = 3
    term_days: int = 365
    signals: int = 0


def fill(tables: Database, count: int, past: Past, now: datetime, *, first: int = 1) -> None:
    """Write accounts ``first`` to ``first + count - 1``, named ``account-<number>``."""
    bulk = bulk_for(tables)
    tallies = [_tally(past, now, random.Random(seed)) for seed in range(VARIANTS)]
    for start in range(first, first + count, CHUNK):
        numbers = range(start, min(first + count, start + CHUNK))
        with tables.transaction() as connection:
            for shape, rows in _rows(numbers, past, now, tallies):
                bulk.append(connection, shape, rows)


def _rows(
    numbers: Sequence[int], past: Past, now: datetime, tallies: Sequence[tuple[bytes, bytes]]
) -> Iterator[tuple[Any, list[tuple[Any, ...]]]]:
    today = now.toordinal()
    begun = today - past.every * (past.days - 1)
    papers = {no: _paper(no, past, now.date()) for no in numbers}
    told = to_micros(now - timedelta(days=1))
    at = to_micros(now - timedelta(days=past.every * past.days))
    yield (
        shapes.ACCOUNTS,
        [(no, f"account-{no}", no % PARTITIONS, past.users, at, today, today, told) for no in numbers],
    )
    yield shapes.FEATURES, [(no, at, f"feature-{at}") for no in numbers for at in range(past.features)]
    seen = encode_first_use(dict.fromkeys(range(past.features), begun))
    yield (
        shapes.USERS,
        [
            (no, f"user-{user}", user, _last(user, past, today), seen)
            for no in numbers
            for user in range(past.users)
        ],
    )
    yield (
        shapes.DAY_USE_AND_VOLUME,
        [
            (no, day, day, *tallies[(no + day) % VARIANTS])
            for no in numbers
            for day in range(begun, today + 1, past.every)
        ],
    )
    yield (
        shapes.ENTITIES_AND_REST,
        [
            (no, kind, entity_id, encode_state(state), expires_from(kind, state))
            for no, patches in papers.items()
            for (kind, entity_id), state in fold(patches).items()
        ],
    )
    yield (
        shapes.PATCHES_OF_ACCOUNT,
        [
            (no, one.kind, one.entity_id, one.valid_at, one.known_at, 0, f"e{place}", _json(one.data))
            for no, patches in papers.items()
            for place, one in enumerate(patches)
        ],
    )


def _last(user: int, past: Past, today: int) -> int:
    """Those who aren't there any more left, one a day, before the days that are filled."""
    return today if user >= past.users - past.daily else today - 400 - user % 1_000


def _tally(past: Past, now: datetime, chance: random.Random) -> tuple[bytes, bytes]:
    at = to_micros(now) - chance.randrange(3_600_000_000)
    day = DayTally(at)
    for feature in range(past.features):
        for user in range(past.users - past.daily, past.users):
            if chance.random() < 0.6:
                day.add(feature, user, chance.randrange(1, 6), chance.randrange(90_000), at)
    return day.encode(), encode_volume(volume_of(day, frozenset(), None))


def _paper(no: int, past: Past, today: date) -> list[Patch]:
    profile = AccountUpdated(name=f"Company {no}", industry=f"industry-{no % 12}", region=f"region-{no % 6}")
    ends = today + timedelta(days=20 + no % (past.term_days - 20))
    begins = [ends - timedelta(days=past.term_days * back) for back in range(past.terms, 0, -1)]
    patches = [_patch("account", "", begins[0], profile)]
    for place, starts in enumerate(begins):
        renews = starts + timedelta(days=past.term_days)
        terms = {
            "contract_id": "c",
            "starts_on": starts,
            "renews_on": renews,
            "seats": past.daily * 2,
            "mrr": {"amount": 100 + place, "currency": "EUR"},
        }
        patches.append(_patch("contract", f"v{place}", starts, msgspec.convert(terms, ContractUpdated)))
        if place < past.terms - 1:
            closed = msgspec.convert({"contract_id": "c", "on": renews, "outcome": "renewed"}, ContractClosed)
            patches.append(_patch("closing", f"{renews}|c", renews, closed))
    return patches + [one for number in range(past.signals) for one in _signals(number, today)]


def _signals(number: int, today: date) -> Iterator[Patch]:
    on = today - timedelta(days=7 * number + 7 if number < RECENT else 400 + number // 2)
    solved = TicketUpdated(
        ticket_id=f"t{number}", status="solved", solved_at=datetime.combine(on, time(), UTC)
    )
    yield _patch("ticket", f"t{number}", on, solved)
    yield _patch("survey", f"s{number}", on, SurveyAnswered(kind="nps", score=number % 11))
    yield _patch("invoice", f"i{number}", on, InvoiceUpdated(invoice_id=f"i{number}", due_on=on, paid_on=on))


def _patch(kind: str, entity_id: str, on: date, data: EventData) -> Patch:
    at = to_micros(datetime.combine(on, time(), UTC))
    return Patch(kind=kind, entity_id=entity_id, valid_at=at, known_at=at, position=0, data=data)


def _json(data: EventData) -> str:
    return msgspec.json.encode(data).decode()
