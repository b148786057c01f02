"""Past moments are judged by the cut that the portfolio would have had then, on both stores."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from radar_health_score.domain.scoring.configuration import Configuration
from radar_health_score.domain.scoring.scorecard_defaults import built_in_scorecards
from radar_health_score.domain.workspace.segment_cut import Cut
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_health_score.repositories.fact_rows import FactRows
from radar_health_score.repositories.scan_rows import ScanRows
from radar_health_score.service.forecast.observing import Observing
from radar_health_score.service.portfolio.cutting_past import CuttingPast
from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_state import NOON, State, event, used

START, END = date(2026, 1, 1), date(2026, 7, 1)
PRESENT = Configuration(scorecards=built_in_scorecards(), workspace=WorkspaceSettings(segments="pareto"))


def at(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def agreed(account: str, mrr: float, *, said: date = START) -> EventRecord:
    return event(
        "contract_updated",
        account=account,
        at=at(said),
        contract_id="c1",
        starts_on=said.isoformat(),
        renews_on=END.isoformat(),
        mrr={"amount": mrr, "currency": "EUR"},
    )


@pytest.fixture
def state(store_url: str) -> Iterator[State]:
    state = State(store_url)
    yield state
    state.close()


def cutting(state: State, present: Configuration = PRESENT) -> CuttingPast:
    return CuttingPast(
        database=state.database,
        scan=ScanRows(state.bulk),
        days=state.days,
        configuration=present,
        until=NOON,
    )


def segments(state: State) -> dict[tuple[str, int], str]:
    seen = Observing(
        database=state.database,
        rows=FactRows(state.bulk),
        reader=state.reader,
        scan=ScanRows(state.bulk),
        configuration=cutting(state),
        until=NOON,
    ).every((90, 30))
    return {(one.account_id, one.lead_days): one.segment for one in seen}


def test_a_portfolio_is_cut_as_its_contracts_stood(state: State) -> None:
    paid = {"acme": 70.0, "birch": 15.0, "cedar": 10.0, "dogwood": 5.0}
    state.fold(*(agreed(name, mrr) for name, mrr in paid.items()))
    assert cutting(state)(at(START)).workspace.cuts == {"EUR": Cut(key=180.0, mid=120.0)}
    assert cutting(state)(at(START) - timedelta(days=1)).workspace.cuts == {}


def test_who_comes_later_moves_nobody_before(state: State) -> None:
    state.fold(used("report", at=at(START)), agreed("acme", 70.0), agreed("birch", 20.0))
    assert segments(state) == {
        ("acme", 90): "key", ("acme", 30): "key", ("birch", 90): "key", ("birch", 30): "key",
    }  # fmt: skip
    state.fold(agreed("whale", 5_000.0, said=date(2026, 5, 20)))
    assert segments(state) == {
        ("acme", 90): "key",
        ("acme", 30): "long_tail",
        ("birch", 90): "key",
        ("birch", 30): "long_tail",
        ("whale", 30): "key",
    }


def test_a_cut_that_the_present_goes_by_is_not_that_of_the_past(state: State) -> None:
    state.fold(agreed("acme", 70.0))
    noted = replace(PRESENT, workspace=replace(PRESENT.workspace, cuts={"EUR": Cut(key=9e9, mid=9e8)}))
    assert cutting(state, noted)(at(END)) == cutting(state)(at(END))


def test_where_segments_follow_no_cut_none_is_made(state: State) -> None:
    state.fold(agreed("acme", 70.0))
    fixed = replace(PRESENT, workspace=replace(PRESENT.workspace, segments="fixed"))
    assert cutting(state, fixed)(at(END)) is fixed
