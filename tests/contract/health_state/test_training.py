"""What training keeps and promotes."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from radar_chassis.clock import ManualClock
from radar_health_score.adapters.forecast.learner import InstalledLearner
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_health_score.service.forecast.registry import rolled_back
from radar_health_score.service.forecast.training import Promote, Trained, Training
from tests.support.health_state import State
from tests.support.learnable import learnable

REGISTRY = ModelRegistry()
CASES = learnable(140, strength=3.0)


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    state = State(f"sqlite:///{tmp_path / 'store.db'}")
    yield state
    state.close()


def trained(state: State, clock: ManualClock, promote: Promote = "auto") -> Trained:
    training = Training(
        database=state.database,
        registry=REGISTRY,
        learner=InstalledLearner(),
        champion=lambda: None,
        scorecards=("49cb",),
        days=WorkspaceDays(),
        clock=clock,
    )
    return training.run(CASES, split=None, promote=promote, note="", progress=lambda *_: None)


def test_what_was_rolled_back_is_not_promoted_again_by_the_schedule(state: State) -> None:
    clock = ManualClock(datetime(2026, 11, 21, tzinfo=UTC))
    first = trained(state, clock, "force")
    assert first.card is not None, first.abstains
    assert first.champion_period is not None
    clock.advance(timedelta(hours=1))
    state.database.run(lambda connection: rolled_back(REGISTRY, connection, at=clock.now(), note="odd"))
    again = trained(state, clock)
    assert again.card is not None
    assert (again.card.version, again.champion_period) == (first.card.version, None)
    assert "rolled back before" in again.objections[-1]
