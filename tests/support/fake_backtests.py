"""The answers about backtests: a real backtest over made-up contract ends."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from fastapi import APIRouter, Request, Response
from msgspec import structs

from radar_chassis.errors import NotFound
from radar_health_score.domain.forecast.baselines import BASELINES
from radar_health_score.domain.forecast.headline import headline, translated_titles
from radar_health_score.domain.forecast.observation import Observation
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.service.forecast.backtesting import Backtesting
from radar_vocabulary.answers.backtests import BacktestAnswer
from radar_vocabulary.answers.models import ModelPage
from radar_vocabulary.answers.page import Page
from radar_vocabulary.language.tags import Language, accepted
from tests.support.fake_answers import Guard, answer, sent
from tests.support.forecast import Watchful, company, observation

NAME = "20261121-120000-abcd1234"


def _due(quarters: Sequence[tuple[date, date]]) -> list[Observation]:
    """Return ten contracts of a year, due in the last of the quarters, seen on the first day of each."""
    renews_on = quarters[-1][0]
    return [
        observation(f"d{n}", churned=n < 2, renews_on=renews_on, lead=(renews_on - first).days, term=365)
        for n in range(10)
        for first, _ in quarters[-3:]
    ]


@cache
def backtest(language: Language) -> BacktestAnswer:
    """Return a backtest whose model abstains, told in ``language``."""
    shy = Watchful([], name="model", title="Model", abstains="only 3 customers have churned so far")
    made = Backtesting(forecasters=(*BASELINES, shy), days=WorkspaceDays()).run(
        company(),
        split=date(2025, 6, 1),
        made_at=datetime(2026, 11, 21, 12, tzinfo=UTC),
        progress=lambda *_: None,
        due=_due,
    )
    words = {
        "headline": headline(made.backtest, language),
        "scorers": translated_titles(made.backtest.scorers, language),
    }
    return BacktestAnswer(id=NAME, **{**structs.asdict(made.backtest), **words})


def _read_in(request: Request) -> Language:
    return accepted(request.headers.get("Accept-Language")) or "en"


def _models(any_made: bool) -> dict[str, Any]:
    if not any_made:
        return {"champion": None, "items": []}
    reign = {"since": "2026-10-01T12:00:00Z", "version": "4c1d"}
    return {"champion": reign, "items": [{"version": "4c1d", "champion": True, "fits": True}]}


def backtest_routes(*, any_made: bool, guard: Guard) -> APIRouter:
    """Return the routes of ``GET /v1/backtests`` and ``/v1/models``."""
    routes = APIRouter(prefix="/v1")

    @routes.get("/models")
    async def models(request: Request) -> Response:
        await guard(request)
        return answer(ModelPage, **_models(any_made))

    @routes.get("/backtests")
    async def backtests(request: Request) -> Response:
        await guard(request)
        return sent(Page(items=[backtest(_read_in(request))] if any_made else []))

    @routes.get("/backtests/{name}")
    async def one(request: Request, name: str) -> Response:
        await guard(request)
        if not any_made or name not in {"latest", NAME}:
            raise NotFound("There is no such backtest; `radar backtest` makes one.")
        return sent(backtest(_read_in(request)))

    return routes
