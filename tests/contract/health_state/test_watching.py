"""What was seen of the champion is kept, shown to Prometheus, and forgotten with the champion, on both stores."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import generate_latest

from radar_health_score.domain.forecast.drift import FeatureShift, Watched
from radar_health_score.repositories.watch_book import WatchBook
from radar_health_score.service.forecast.watch_gauges import WatchGauges
from tests.support.health_state import State

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def watched(*, later: int = 0, version: str = "m1") -> Watched:
    return Watched(
        made_at=NOW + timedelta(hours=later), version=version, trained_until=datetime(2026, 6, 1, tzinfo=UTC),
        reference=900, recent=300, features=(FeatureShift(feature="silence", psi=0.31),), score_psi=0.12,
        outcomes=80, foretold=0.2, churned=0.25, surprise=1.1,
    )  # fmt: skip


@pytest.fixture
def state(store_url: str) -> Iterator[State]:
    state = State(store_url)
    yield state
    state.database.run(WatchBook().forget)
    shown(state)
    state.close()


def shown(state: State) -> list[str]:
    WatchGauges(database=state.database, book=WatchBook())()
    lines = generate_latest().decode().splitlines()
    return [line for line in lines if line.startswith("radar_forecast_")]


def keep(state: State, one: Watched) -> None:
    state.database.run(lambda connection: WatchBook().keep(connection, one))


def test_the_last_look_is_shown(state: State) -> None:
    keep(state, watched(later=2))
    keep(state, watched(later=1, version="older"))
    lines = shown(state)
    assert 'radar_forecast_feature_psi{feature="silence",model="m1"} 0.31' in lines
    assert any(line.startswith('radar_forecast_calibration_gap{model="m1"} 0.0') for line in lines)
    assert not any("older" in line for line in lines)


def test_another_champion_takes_the_place_of_the_one_before(state: State) -> None:
    keep(state, watched())
    shown(state)
    keep(state, watched(later=1, version="m2"))
    lines = shown(state)
    assert any('model="m2"' in line for line in lines)
    assert not any('model="m1"' in line for line in lines)


def test_without_a_champion_nothing_is_shown(state: State) -> None:
    keep(state, watched())
    assert shown(state)
    state.database.run(WatchBook().forget)
    assert shown(state) == []
