"""While an upgrade goes on, the console reads answers of services of the release before.

``answers-of-0.1.0.json`` has an answer of 0.1.0 for each question, with every field that it always had. A field that was
added since is absent there, so it needs a default.
"""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from radar_vocabulary.answers.accounts import AccountDetail, AccountPage
from radar_vocabulary.answers.alerts import AlertDetail, AlertLine
from radar_vocabulary.answers.backtests import BacktestAnswer
from radar_vocabulary.answers.changes import Changes
from radar_vocabulary.answers.dead_letters import DeadLetterLine, ReplayAnswer
from radar_vocabulary.answers.deliveries import DeliveryLine
from radar_vocabulary.answers.features import FeatureDetail, FeatureLine, FeaturePage
from radar_vocabulary.answers.growth import Cohorts, GrowthAnswer
from radar_vocabulary.answers.health_history import HealthPoint
from radar_vocabulary.answers.losses import Losses
from radar_vocabulary.answers.metrics import CatalogueLine, MetricHistory, Metrics
from radar_vocabulary.answers.models import ModelPage
from radar_vocabulary.answers.page import Page
from radar_vocabulary.answers.people import PeoplePage
from radar_vocabulary.answers.portfolio import Portfolio
from radar_vocabulary.answers.portfolio_forecast import PortfolioForecast
from radar_vocabulary.answers.receipts import Receipt
from radar_vocabulary.answers.renewals import Renewals
from radar_vocabulary.answers.scorecards import ScorecardLine

RELEASE = json.loads(Path(__file__).with_name("answers-of-0.1.0.json").read_text())
TYPES: dict[str, Any] = {
    "GET /v1/accounts": AccountPage,
    "GET /v1/accounts/{id}": AccountDetail,
    "GET /v1/accounts/{id}/features": Page[FeatureLine],
    "GET /v1/accounts/{id}/health/changes": Changes,
    "GET /v1/accounts/{id}/health/history": Page[HealthPoint],
    "GET /v1/accounts/{id}/metrics": Metrics,
    "GET /v1/accounts/{id}/metrics/history": MetricHistory,
    "GET /v1/accounts/{id}/users": PeoplePage,
    "GET /v1/alerts": Page[AlertLine],
    "GET /v1/alerts/{id}": AlertDetail,
    "GET /v1/backtests/{id}": BacktestAnswer,
    "GET /v1/dead-letters": Page[DeadLetterLine],
    "GET /v1/deliveries": Page[DeliveryLine],
    "GET /v1/features": FeaturePage,
    "GET /v1/features/{name}": FeatureDetail,
    "GET /v1/losses": Losses,
    "GET /v1/metrics/catalogue": Page[CatalogueLine],
    "GET /v1/models": ModelPage,
    "GET /v1/portfolio": Portfolio,
    "GET /v1/portfolio/cohorts": Cohorts,
    "GET /v1/portfolio/forecast": PortfolioForecast,
    "GET /v1/portfolio/growth": GrowthAnswer,
    "GET /v1/renewals": Renewals,
    "GET /v1/scorecards": Page[ScorecardLine],
    "POST /v1/dead-letters/replay": ReplayAnswer,
    "POST /v1/events": Receipt,
}


@pytest.mark.parametrize("question", TYPES)
def test_an_answer_of_the_last_release_is_read(question: str) -> None:
    msgspec.convert(RELEASE[question], TYPES[question])
