"""Training is due when the last model is old, one process does it for all, and a failure is tried again a day later."""

from collections.abc import Iterator
from datetime import timedelta

import msgspec
import pytest

from radar_chassis.clock import ManualClock
from radar_health_score.repositories.claims import Claims
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_health_score.service.forecast.plans import TrainingPlan
from radar_health_score.service.forecast.schedule import Schedule
from tests.support.forecast_runs import Started
from tests.support.health_state import NOON, State
from tests.support.model_cards import MODEL, card

DAY = timedelta(days=1)


@pytest.fixture
def state(store_url: str) -> Iterator[State]:
    state = State(store_url)
    yield state
    state.close()


def schedule(state: State, clock: ManualClock, started: Started) -> Schedule:
    plan = TrainingPlan(registry=ModelRegistry(), every=7 * DAY)
    return Schedule(database=state.database, claims=Claims(), clock=clock, plan=plan, start=started)


def test_of_two_processes_one_trains_and_the_next_is_a_week_away(state: State) -> None:
    clock, started = ManualClock(NOON), Started()
    one, other = schedule(state, clock, started), schedule(state, clock, started)
    for _ in range(3):
        one()
        other()
    assert len(started.runs) == 1
    started.runs[0].ended = 0
    with state.database.transaction() as connection:
        ModelRegistry().keep(connection, card("aaa1", clock.now()), MODEL)
    one()
    clock.advance(6 * DAY)
    one()
    other()
    assert len(started.runs) == 1
    clock.advance(DAY)
    other()
    one()
    assert len(started.runs) == 2


def test_a_model_of_other_features_than_are_computed_now_is_due_for_a_successor(state: State) -> None:
    clock, started = ManualClock(NOON), Started()
    earlier = msgspec.structs.replace(card("aaa1", NOON), features_hash="0" * 16)
    with state.database.transaction() as connection:
        ModelRegistry().keep(connection, earlier, MODEL)
        # The release before rests after its last training, under whichever name it had.
        for work in ("training", f"training {earlier.features_hash}"):
            Claims().take(connection, work, now=NOON, until=NOON + 7 * DAY)
    schedule(state, clock, started)()
    assert len(started.runs) == 1


def test_a_training_that_left_no_model_is_tried_again_a_day_later(state: State) -> None:
    clock, started = ManualClock(NOON), Started()
    one = schedule(state, clock, started)
    one()
    started.runs[0].ended = 1
    one()
    one()
    assert len(started.runs) == 1
    clock.advance(DAY)
    one()
    assert len(started.runs) == 2


def test_the_claim_of_a_process_that_died_runs_out(state: State) -> None:
    clock, started = ManualClock(NOON), Started()
    schedule(state, clock, started)()
    heir = schedule(state, clock, started)
    heir()
    assert len(started.runs) == 1
    clock.advance(TrainingPlan.longest)
    heir()
    assert len(started.runs) == 2


def test_a_training_under_way_ends_with_the_service_and_the_next_one_may_begin_anew(state: State) -> None:
    clock, started = ManualClock(NOON), Started()
    one = schedule(state, clock, started)
    one.close()
    one()
    one.close()
    assert started.runs[0].stopped
    schedule(state, clock, started)()
    assert len(started.runs) == 2


def test_a_training_that_made_the_same_model_again_is_not_repeated_every_day(state: State) -> None:
    clock, started = ManualClock(NOON), Started()
    with state.database.transaction() as connection:
        ModelRegistry().keep(connection, card("aaa1", NOON - 30 * DAY), MODEL)
    one = schedule(state, clock, started)
    one()
    started.runs[0].ended = 0
    one()
    for _ in range(6):
        clock.advance(DAY)
        one()
    assert len(started.runs) == 1
    clock.advance(DAY)
    one()
    assert len(started.runs) == 2
