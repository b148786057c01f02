"""Every metric, from raw events that come late, repeated and in any order, equals a slow and obvious count of them.

And nothing that happened or became known after a moment changes what is said of it.
"""

import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from radar_health_score.domain.metrics.catalogue import CATALOGUE, measure
from radar_health_score.domain.metrics.reading import Missing, Readings
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_state import State
from tests.support.raw_histories import BUSY_DAY, START, moments, raw_histories
from tests.support.raw_story import Story
from tests.support.reference_outcomes import OUTCOME_METRICS
from tests.support.reference_use import KEY, NORTH_STAR, USE_METRICS

REFERENCE = {**USE_METRICS, **OUTCOME_METRICS}
RULES = WorkspaceSettings(key_features=KEY, north_star={"default": NORTH_STAR})
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@contextmanager
def folded(batches: Sequence[Sequence[EventRecord]]) -> Iterator[State]:
    with tempfile.TemporaryDirectory() as folder:
        state = State(f"sqlite:///{Path(folder) / 'health.db'}", key_features=KEY)
        try:
            for batch in batches:
                state.fold(*batch)
            yield state
        finally:
            state.close()


def value(readings: Readings, name: str) -> float | None:
    reading = readings[name]
    return None if isinstance(reading, Missing) else reading


def test_every_metric_has_a_reference() -> None:
    assert set(CATALOGUE) == set(REFERENCE)


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(history=raw_histories, seed=st.integers(0, 2**16), moment=moments, every=st.integers(1, 9))
def test_every_metric_equals_a_count_over_raw_events(
    history: list[EventRecord], seed: int, moment: datetime, every: int
) -> None:
    dice = random.Random(seed)
    log = history + dice.choices(history, k=len(history) // 2)
    dice.shuffle(log)
    with folded([log[at : at + every] for at in range(0, len(log), every)]) as state:
        for as_of in (moment, START + timedelta(days=600)):
            story = Story(history, as_of)
            expected = {name: count(story) for name, count in REFERENCE.items()}
            for facts in (state.facts(as_of), state.facts_from_history(as_of)):
                readings = measure(facts, RULES)
                told = {
                    name: value(readings, name) for name, one in expected.items() if one is not NotImplemented
                }
                assert told == pytest.approx({name: expected[name] for name in told})


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(history=raw_histories, back=st.integers(-20, 90))
def test_what_comes_later_changes_no_metric(history: list[EventRecord], back: int) -> None:
    midnight = START + timedelta(days=BUSY_DAY - back)
    then = [one for one in history if max(one.known_at, one.occurred_at) < midnight]
    if not then:
        return
    with folded([then]) as young, folded([history]) as old:
        assert measure(old.facts(midnight), RULES) == measure(young.facts(midnight), RULES)
