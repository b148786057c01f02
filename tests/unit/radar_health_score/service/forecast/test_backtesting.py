import random
from collections.abc import Sequence
from datetime import UTC, date, datetime

import msgspec
import pytest

from radar_health_score.domain.forecast.baselines import BASELINES
from radar_health_score.domain.forecast.forecaster import Forecaster
from radar_health_score.domain.forecast.observation import Observation
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.service.forecast.backtesting import Backtesting, Run, TooFewOutcomes, default_split
from tests.support.forecast import Watchful, company, midnight, observation

NOW = datetime(2026, 11, 21, tzinfo=UTC)
SPLIT = date(2025, 6, 1)


def run(
    observations: Sequence[Observation],
    forecasters: Sequence[Forecaster] = BASELINES,
    split: date | None = SPLIT,
) -> Run:
    told = Backtesting(forecasters=forecasters, days=WorkspaceDays())
    return told.run(observations, split=split, made_at=NOW, progress=lambda *_: None)


def test_nobody_learns_from_an_outcome_that_was_not_known_at_the_split() -> None:
    watchful = Watchful([])
    late = observation("late", churned=True, renews_on=date(2025, 1, 1), known_at=midnight(date(2025, 6, 2)))
    open_ = observation("open", churned=None, renews_on=date(2025, 1, 1))
    run([*company(), late, open_], [watchful])
    assert watchful.seen
    assert all(one.label_known_at and one.label_known_at <= midnight(SPLIT) for one in watchful.seen)
    assert not {"late", "open"} & {one.account_id for one in watchful.seen}


def test_only_what_was_observed_from_the_split_on_is_judged() -> None:
    seen = run(company()).observations
    assert seen
    assert all(one.observed_at >= midnight(SPLIT) and one.churned is not None for one in seen)


def test_an_end_between_the_split_and_its_lead_is_in_neither_part() -> None:
    watchful = Watchful([])
    between = observation("between", renews_on=date(2025, 6, 10), lead=30)
    judged = run([*company(), between], [watchful]).observations
    assert "between" not in {one.account_id for one in [*judged, *watchful.seen]}


def test_the_order_of_rows_changes_nothing() -> None:
    observations = company()
    shuffled = random.Random(1).sample(observations, len(observations))
    one, other = run(observations), run(shuffled)
    assert msgspec.json.encode(one.backtest) == msgspec.json.encode(other.backtest)


def test_who_abstains_says_why_and_is_not_asked() -> None:
    def asked(observations: Sequence[Observation]) -> None:
        raise AssertionError(len(observations))

    shy = Watchful([], abstains="only 3 customers have churned so far", answer=asked)
    found = run(company(), [shy]).backtest
    assert found.scorers[0].abstains == "only 3 customers have churned so far"
    assert {row.n for row in found.rows} == {0}


def test_by_default_two_thirds_of_the_outcomes_were_known_by_the_split() -> None:
    observations = company(100)
    split = default_split(observations, WorkspaceDays())
    known = sum(
        one.label_known_at is not None and one.label_known_at <= midnight(split) for one in observations
    )
    assert known / len(observations) == pytest.approx(0.65, abs=0.01)
    assert run(observations, split=None).backtest.split_chosen == "by_outcomes"


def test_too_few_outcomes_are_said_in_numbers() -> None:
    with pytest.raises(TooFewOutcomes, match=r"0 churned and 2 didn't.*earlier --split"):
        run([observation("a", renews_on=date(2026, 1, 1)), observation("b", renews_on=date(2026, 2, 1))])
    with pytest.raises(TooFewOutcomes, match="send contract_closed"):
        run([observation("a", churned=None)], split=None)


def test_an_end_is_counted_once_however_often_it_was_observed() -> None:
    tested = run(company()).backtest.tested_on
    assert tested.observations > tested.ends
    assert tested.ends == len({one.contract_id for one in run(company()).observations})
