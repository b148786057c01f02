"""Whatever the order, the batches and the repeats: the state is that of a naive reading of what was known."""

import random
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from radar_chassis.bus.port import Partition
from radar_vocabulary.contracts.event_record import EventRecord
from radar_vocabulary.contracts.topics import EVENTS
from tests.support.comparable import comparable
from tests.support.health_state import State, event
from tests.support.naive_facts import naive_facts

START = datetime(2025, 9, 1, tzinfo=UTC)
PARTITION = Partition(EVENTS, 0)
KEY = frozenset({"export", "import"})
SECONDS = 450 * 86_400
# A few busy days, a season, and more than a year.
when = st.one_of(
    st.integers(200 * 86_400, 204 * 86_400), st.integers(0, SECONDS // 4), st.integers(0, SECONDS)
).map(lambda seconds: START + timedelta(seconds=seconds))
delay = st.one_of(st.just(0), st.integers(0, 12 * 86_400))
users = st.sampled_from(["ann", "bob", "cleo", None])


@st.composite
def uses(draw: st.DrawFn) -> EventRecord:
    at = draw(when)
    known = at + timedelta(seconds=draw(delay))
    kind = draw(st.sampled_from(["login", "feature_used", "session_ended"]))
    data: dict[str, Any] = {}
    if kind == "feature_used":
        data = {
            "feature": draw(st.sampled_from(["export", "import", "report"])),
            "count": draw(st.integers(0, 3)),
        }
    if kind != "login":
        data["seconds"] = draw(st.integers(0, 5000)) / 1000
    return event(kind, user=draw(users), at=at, known=known, **data)


@st.composite
def patches(draw: st.DrawFn) -> EventRecord:
    at = draw(when)
    known = at + timedelta(seconds=draw(delay))
    kind = draw(st.sampled_from(["account", "user", "ticket"]))
    name = draw(st.sampled_from(["one", "two", None]))
    if kind == "account":
        return event("account_updated", at=at, known=known, name=name)
    if kind == "user":
        who = draw(st.sampled_from(["ann", "dora"]))
        return event("user_updated", user=who, at=at, known=known, name=name)
    status = draw(st.sampled_from(["open", "solved"]))
    return event(
        "ticket_updated", at=at, known=known, ticket_id=draw(st.sampled_from(["t1", "t2"])), status=status
    )


def _one_of_a_moment(records: Sequence[EventRecord]) -> list[EventRecord]:
    """Attribute events of the very same moment are told apart by their place in the log, so keep one of each."""
    kept: dict[Any, EventRecord] = {}
    for record in records:
        kept.setdefault(record.occurred_at if "updated" in record.type else record.id, record)
    return list(kept.values())


histories = st.lists(st.one_of(uses(), uses(), patches()), min_size=1, max_size=25).map(_one_of_a_moment)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories, seed=st.integers(0, 2**16), moment=when, every=st.integers(1, 9))
def test_any_order_any_batches_any_repeats(
    history: list[EventRecord], seed: int, moment: datetime, every: int
) -> None:
    dice = random.Random(seed)
    log = history + dice.choices(history, k=len(history) // 2)
    dice.shuffle(log)
    with tempfile.TemporaryDirectory() as folder:
        state = State(f"sqlite:///{Path(folder) / 'health.db'}", key_features=KEY)
        try:
            for start in range(0, len(log), every):
                if dice.random() < 0.3:
                    state.folder.discard([PARTITION])
                state.fold(*log[start : start + every])
            end = START + timedelta(days=500)
            for as_of in (moment, end):
                expected = naive_facts(history, as_of, KEY)
                assert comparable(state.facts_from_history(as_of)) == expected
                assert comparable(state.facts(as_of)) == expected
        finally:
            state.close()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=histories, moment=when)
def test_the_past_is_answered_as_it_was_then(history: list[EventRecord], moment: datetime) -> None:
    """A system that had only received what was known by then gives the same facts (whole days for use)."""
    midnight = moment.replace(hour=0, minute=0, second=0)
    then = [record for record in history if max(record.known_at, record.occurred_at) < midnight]
    if not then:
        return
    with tempfile.TemporaryDirectory() as folder:
        young, old = (
            State(f"sqlite:///{Path(folder) / name}.db", key_features=KEY) for name in ("then", "now")
        )
        try:
            young.fold(*then)
            old.fold(*history)
            assert comparable(old.facts(midnight)) == comparable(young.facts(midnight))
        finally:
            young.close()
            old.close()
