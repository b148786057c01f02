"""Facts that count only later don't make a score walk the account's whole history."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NoReturn

import pytest

from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.comparable import comparable
from tests.support.health_state import NOON, State, event, used


@pytest.fixture
def state(store_url: str) -> Iterator[State]:
    made = State(store_url, zone="Europe/Berlin")
    yield made
    made.close()


def told(chance: random.Random, now: datetime) -> Iterator[EventRecord]:
    """What comes in at ``now``: most of it of now, some of it of tomorrow."""
    for _ in range(chance.randrange(1, 4)):
        at = now + timedelta(hours=chance.choice([-30, -1, 0, 3, 20]))
        user = f"u{chance.randrange(6)}"
        if chance.random() < 0.6:
            yield used(chance.choice(["report", "export"]), user=user, at=at, known=now)
        elif chance.random() < 0.5:
            yield event("user_updated", user=user, at=at, known=now, name=f"Name {chance.randrange(9)}")
        else:
            yield event("account_updated", at=at, known=now, name=f"Acme {chance.randrange(9)}")


def test_what_is_seen_now_is_what_the_history_tells(state: State) -> None:
    chance, now, walked = random.Random(3), NOON - timedelta(days=400), 0
    walk = state.reader.history

    def counting(*arguments: object) -> object:
        nonlocal walked
        walked += 1
        return walk(*arguments)  # type: ignore[arg-type]

    for _ in range(80):
        now += timedelta(hours=chance.choice([1, 7, 24, 24, 400]))
        state.fold(*told(chance, now))
        expected = comparable(state.facts_from_history(now))
        state.reader.history = counting  # type: ignore[method-assign, assignment]
        assert comparable(state.facts(now)) == expected
        state.reader.history = walk  # type: ignore[method-assign]
    assert walked < 8


def test_an_account_told_of_tomorrow_needs_no_history(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> NoReturn:
        raise AssertionError("the whole history was read")

    monkeypatch.setattr(state.reader, "history", refuse)
    tomorrow = NOON + timedelta(hours=20)
    state.fold(
        used("report", user="u1", at=NOON),
        used("export", user="u1", at=tomorrow, known=NOON),
        used("export", user="u2", at=tomorrow, known=NOON),
        event("account_updated", at=NOON, name="Acme"),
        event("account_updated", at=NOON + timedelta(minutes=5), known=NOON, name="Acme of tomorrow"),
    )
    facts = state.facts(NOON)
    assert facts.profile.name == "Acme"
    assert [person.user_id for person in facts.people] == ["u1"]
    assert [list(day.features) for day in facts.usage] == [["report"]]
    later = state.facts(tomorrow + timedelta(hours=1))
    assert later.profile.name == "Acme of tomorrow"
    assert len(later.people) == 2
