"""The champion is looked at when the last look is old or was at another model, by one process for all, on both stores."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from radar_chassis.clock import ManualClock
from radar_health_score.domain.forecast.drift import Watched
from radar_health_score.repositories.claims import Claims
from radar_health_score.repositories.model_registry import ModelRegistry
from radar_health_score.repositories.watch_book import WatchBook
from radar_health_score.service.forecast.plans import WatchPlan
from radar_health_score.service.forecast.schedule import Schedule
from radar_vocabulary.answers.models import ChampionPeriod
from tests.support.forecast_runs import Started
from tests.support.health_state import State

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class Rig:
    def __init__(self, state: State) -> None:
        self.state = state
        self.clock = ManualClock(NOW)
        self.started = Started()
        self.looks = self.started.runs

    def schedule(self) -> Schedule:
        plan = WatchPlan(registry=ModelRegistry(), book=WatchBook(), every=DAY)
        return Schedule(
            database=self.state.database, claims=Claims(), clock=self.clock, plan=plan, start=self.started
        )

    def set_champion(self, version: str) -> None:
        reign = ChampionPeriod(since=self.clock.now(), version=version, act="promoted", note="")
        self.state.database.run(lambda connection: ModelRegistry().set_champion(connection, reign))

    def watched(self, version: str) -> None:
        seen = Watched(
            made_at=self.clock.now(), version=version, trained_until=NOW, reference=0, recent=0, features=(),
            score_psi=None, outcomes=0, foretold=None, churned=None, surprise=None,
        )  # fmt: skip
        self.state.database.run(lambda connection: WatchBook().keep(connection, seen))


@pytest.fixture
def rig(store_url: str) -> Iterator[Rig]:
    state = State(store_url)
    yield Rig(state)
    state.close()


def test_without_a_champion_there_is_nothing_to_look_at(rig: Rig) -> None:
    rig.schedule()()
    assert rig.looks == []


def test_a_champion_is_looked_at_once_a_day_by_one_process(rig: Rig) -> None:
    rig.set_champion("m1")
    one, other = rig.schedule(), rig.schedule()
    one()
    other()
    one()
    assert len(rig.looks) == 1
    rig.watched("m1")
    rig.looks[0].ended = 0
    one()
    other()
    assert len(rig.looks) == 1
    rig.clock.advance(DAY)
    other()
    assert len(rig.looks) == 2


def test_a_new_champion_is_looked_at_without_waiting(rig: Rig) -> None:
    rig.set_champion("m1")
    rig.watched("m1")
    schedule = rig.schedule()
    schedule()
    assert rig.looks == []
    rig.clock.advance(timedelta(minutes=1))
    rig.set_champion("m2")
    schedule()
    assert len(rig.looks) == 1


def test_a_look_that_failed_is_not_repeated_at_once(rig: Rig) -> None:
    rig.set_champion("m1")
    schedule = rig.schedule()
    schedule()
    rig.looks[0].ended = 1
    schedule()
    schedule()
    assert len(rig.looks) == 1
    rig.clock.advance(timedelta(hours=2))
    schedule()
    assert len(rig.looks) == 2


def test_a_look_under_way_ends_with_the_service(rig: Rig) -> None:
    rig.set_champion("m1")
    schedule = rig.schedule()
    schedule()
    schedule.close()
    assert rig.looks[0].stopped
    rig.schedule()()
    assert len(rig.looks) == 2
