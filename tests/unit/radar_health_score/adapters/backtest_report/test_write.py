from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from radar_health_score.adapters.backtest_report import write_report
from radar_health_score.domain.forecast.backtest import Backtest
from radar_health_score.domain.forecast.baselines import BASELINES
from radar_health_score.domain.forecast.observation import Observation
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.service.forecast.backtesting import Backtesting
from tests.support.forecast import Watchful, company, observation

FILES = ["lift.svg", "reliability.svg", "report.html"]


def due(quarters: object) -> list[Observation]:
    first = date(2025, 7, 1)
    assert isinstance(quarters, tuple)
    return [
        observation(f"q{n}", churned=n < 3, renews_on=first + timedelta(days=n), lead=n, scorecard=0.2)
        for n in range(12)
    ]


@pytest.fixture(scope="module")
def backtest() -> Backtest:
    shy = Watchful([], name="model", title="Model", abstains="only <3> customers have churned")
    told = Backtesting(forecasters=(*BASELINES, shy), days=WorkspaceDays())
    return told.run(
        company(),
        split=date(2025, 6, 1),
        made_at=datetime(2026, 11, 21, tzinfo=UTC),
        progress=lambda *_: None,
        due=due,
    ).backtest


def test_a_report_is_a_page_and_its_pictures(backtest: Backtest, tmp_path: Path) -> None:
    written = write_report(backtest, tmp_path / "deep" / "report")
    assert sorted(file.name for file in written) == FILES
    page = (tmp_path / "deep" / "report" / "report.html").read_text()
    assert "Of 41 contracts due for renewal after 2025-06-01" in page
    assert "30 days before" in page
    assert "Key" in page
    assert "only &lt;3&gt; customers have churned" in page
    held = "Quarters forecast on their first day: ARR lost (EUR) was within the 80% interval in 1 of 1."
    assert page.count(held) == 2  # at the top, and beside its table
    assert page.count("<svg") == 2


def test_the_same_backtest_makes_the_same_files(backtest: Backtest, tmp_path: Path) -> None:
    first, again = write_report(backtest, tmp_path / "a"), write_report(backtest, tmp_path / "b")
    assert [one.read_bytes() for one in first] == [one.read_bytes() for one in again]
