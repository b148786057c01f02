from datetime import UTC, date, datetime

import numpy as np

from radar_health_score.domain.forecast.headline import headline
from radar_health_score.domain.forecast.simple_rules import RULES
from radar_health_score.domain.workspace_days import WorkspaceDays
from radar_health_score.service.forecast.backtesting import Backtesting
from tests.support.forecast import Watchful, company


def said(*more: Watchful) -> str:
    told = Backtesting(forecasters=[*RULES, *more], days=WorkspaceDays())
    run = told.run(
        company(),
        split=date(2025, 6, 1),
        made_at=datetime(2026, 11, 21, tzinfo=UTC),
        progress=lambda *_: None,
    )
    return " ".join(headline(run.backtest))


def test_a_backtest_is_told_in_sentences() -> None:
    text = said()
    assert text.startswith("Of 41 contracts that came up for renewal after 2025-06-01,")
    assert "30 days before, the fifth of them that the scorecard found riskiest held" in text


def test_the_model_speaks_first_where_it_speaks() -> None:
    knowing = Watchful(
        [],
        name="model",
        title="Model",
        answer=lambda cases: np.array([0.9 if one.churned else 0.1 for one in cases]),
    )
    text = said(knowing)
    assert "that the model found riskiest" in text
    assert "100% of the time, better than the best of the others" in text


def test_who_abstains_is_named_with_the_reason() -> None:
    text = said(Watchful([], name="model", title="Model", abstains="only 3 customers have churned so far"))
    assert "The model says nothing here: only 3 customers have churned so far." in text
    assert "that the scorecard found riskiest" in text
