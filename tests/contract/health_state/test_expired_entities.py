"""Signals that are over aren't read, and both ways to an account's facts say the same of them."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from radar_health_score.domain.history.expired_entities import PASSING_KINDS
from radar_health_score.domain.workspace.workspace_days import to_micros
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.fold_records import EntityKey, StoredState
from radar_health_score.repositories.fold_store import FoldStore
from radar_health_score.repositories.shapes import ENTITIES
from radar_health_score.service.state import inactive_users_cache
from radar_health_score.service.state.inactive_users_cache import InactiveUsersCache
from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.comparable import comparable
from tests.support.health_state import NOON, State, event, used

DAY = timedelta(days=1)
BEGUN = NOON - 1_200 * DAY


@pytest.fixture
def state(store_url: str) -> Iterator[State]:
    made = State(store_url)
    yield made
    made.close()


def signal(at: datetime, number: int, chance: random.Random) -> EventRecord:
    """A signal that is over, or a word on one that isn't."""
    done = (at - 3 * DAY).isoformat()
    told: dict[str, dict[str, Any]] = {
        "ticket_updated": {"ticket_id": f"t{number}", "status": "solved", "solved_at": done},
        "survey_answered": {"kind": "nps", "score": 7},
        "invoice_updated": {"invoice_id": f"i{number}", "due_on": str(at.date()), "paid_on": str(at.date())},
        "request_updated": {"request_id": f"r{number}", "status": chance.choice(["done", "planned"])},
        "incident_updated": {"incident_id": f"x{number}"}
        | chance.choice([{}, {"started_at": done, "ended_at": done}]),
    }
    kind = chance.choice(sorted(told))
    return event(kind, at=at, known=at + chance.choice([0, 0, 40]) * DAY, **told[kind])


def test_both_ways_say_the_same_at_any_moment(state: State, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inactive_users_cache, "WORTH_IT", 1)
    chance, brief, rested = random.Random(3), state.reader.counting(InactiveUsersCache()), set()
    state.fold(used("report", user="u", at=BEGUN), used("report", user="v", at=BEGUN + 500 * DAY))
    at = BEGUN
    for _ in range(40):
        at += chance.choice([1, 10, 60]) * DAY
        # Old ones are spoken of again now and then.
        state.fold(*(signal(at, chance.randrange(30), chance) for _ in range(4)))
        for as_of in (at + 41 * DAY, at + chance.choice([100, 400]) * DAY):
            facts = state.facts(as_of)
            assert comparable(facts) == comparable(state.facts_from_history(as_of))
            with state.database.reading() as connection:
                (known,) = brief.read_now(connection, [1], as_of)
            assert (known.facts.tickets, known.facts.surveys) == (facts.tickets, facts.surveys)
            assert known.facts.expired_kinds == facts.expired_kinds
            rested |= facts.expired_kinds
    assert rested == PASSING_KINDS


def test_what_is_over_is_not_read(state: State) -> None:
    state.fold(
        *(
            event("ticket_updated", at=BEGUN + number * DAY, ticket_id=f"t{number}", status="solved")
            for number in range(50)
        ),
        event("ticket_updated", at=BEGUN, ticket_id="open", status="open"),
    )
    rows, as_of = FactRows(state.bulk), to_micros(NOON)
    with state.database.reading() as connection:
        read = rows.entities(connection, [(1, "ticket"), (1, "invoice")], as_of)
        assert [row.entity_id for row in read] == ["open"]
        assert list(rows.expired_kinds(connection, [(1, "ticket"), (1, "invoice")], as_of)) == [(1, "ticket")]
    state.fold(event("ticket_updated", at=NOON, ticket_id="t7", status="open"))
    assert [one.ticket_id for one in state.facts(NOON + DAY).tickets] == ["open", "t7"]


def test_what_was_stored_before_things_could_rest_is_read_as_ever(state: State) -> None:
    state.fold(event("ticket_updated", at=BEGUN, ticket_id="t", status="solved"))
    expected = comparable(state.facts(NOON))
    with state.database.transaction() as connection:
        connection.execute(text("UPDATE entities SET rests_from = 4611686018427387904"))
    assert comparable(state.facts(NOON)) == expected
    assert expected["resting"] == {"ticket"}


def test_what_an_earlier_release_tells_of_a_thing_that_rests_wakes_it(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    def before(store: FoldStore, connection: Connection, states: dict[EntityKey, StoredState]) -> None:
        rows = [(*key, stored.state) for key, stored in states.items()]
        store._bulk.put(connection, ENTITIES, rows)

    state.fold(event("request_updated", at=BEGUN, request_id="r", status="done"))
    assert state.facts(NOON).expired_kinds == {"request"}
    with monkeypatch.context() as release:
        release.setattr(FoldStore, "save_entities", before)
        state.fold(event("request_updated", at=NOON, request_id="r", status="planned"))
    assert [one.status for one in state.facts(NOON + DAY).requests] == ["planned"]
    assert comparable(state.facts(NOON + DAY)) == comparable(state.facts_from_history(NOON + DAY))
