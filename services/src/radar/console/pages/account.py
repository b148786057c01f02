"""An account: its health now or on a past day, the reasons, and what may be done about it."""

import asyncio
from typing import Any

from fastapi import APIRouter, Request, Response

from radar.console.pages.page_context import PageContext
from radar.console.sessions import Visitor
from radar.console.views.account import (
    HISTORY,
    AsOf,
    as_of,
    dimensions,
    history_chart,
    metric_groups,
    terms,
)
from radar.console.views.alerts import DONE, alert_cards
from radar.console.views.changes import ChangeView, Span, changed, span
from radar.console.views.model_reasons import model_reasons
from radar.console.views.override_choices import OVERRIDE_BANDS, OVERRIDE_DAYS
from radar.console.views.people import people_list
from radar.console.views.reasons import reasons
from radar_chassis.errors import Conflict, InvalidRequest
from radar_vocabulary.answers.alerts import AlertDetail
from radar_vocabulary.answers.metrics import MetricHistory
from radar_vocabulary.answers.people import PeoplePage

ALERTS = 10
PEOPLE = 500


def router(context: PageContext) -> APIRouter:
    """Return the route."""
    routes = context.router()

    @routes.get("/accounts/{account_id:path}")
    async def account(request: Request, account_id: str) -> Response:
        query = request.query_params

        async def make(_visitor: Visitor) -> dict[str, Any]:
            at = as_of(query.get("as_of", ""), context.today())
            return {
                **await _health(context, account_id, at, every=query.get("reasons") == "all"),
                **await _changes(
                    context,
                    account_id,
                    span(query.get("from", ""), query.get("to", ""), at),
                    every=query.get("changes") == "all",
                ),
                **await _present(context, account_id, at),
                "done": DONE.get(query.get("done", "")),
                "here": request.url.path,
            }

        return await context.show(request, "portfolio", "account.html", make)

    return routes


async def _health(context: PageContext, account_id: str, at: AsOf, *, every: bool) -> dict[str, Any]:
    account = await context.health.account(account_id)
    asked = asyncio.gather(
        context.health.health(account_id, at.past),
        context.health.history(account_id, at.day - HISTORY, at.day),
        context.health.metrics(account_id, at.past),
        context.health.metric_history(account_id, at.day, days=91, every=7),
    )
    try:
        snapshot, history, metrics, moved = await asked
    except Conflict:
        if account.unscorable is None or at.past:
            raise
        # What is stored of it can't be read: what was known before is all there is.
        snapshot, history, metrics = account.health, (), ()
        moved = MetricHistory(account_id=account_id, as_of=snapshot.as_of, days=[], items=[])
    limits = await context.health.band_limits(snapshot.scorecard)
    return {
        "account": account,
        "contracts": terms(account, at.today),
        "at": at,
        "snapshot": snapshot,
        "dimensions": dimensions(snapshot),
        "reasons": reasons(snapshot, every=every),
        "foretold": model_reasons(snapshot.model),
        "by_hand": OVERRIDE_BANDS,
        "by_hand_days": OVERRIDE_DAYS,
        "chart": history_chart(history, at, limits),
        "metrics": metric_groups(metrics, moved),
    }


async def _changes(context: PageContext, account_id: str, days: Span, *, every: bool) -> dict[str, Any]:
    """Return the change between two days; days that can't be compared are answered with the reason."""
    found: ChangeView | None = None
    problem = None
    try:
        found = changed(await context.health.changes(account_id, days.first, days.until), every=every)
    except (InvalidRequest, Conflict) as error:
        problem = error.detail
    return {"span": days, "changed": found, "change_problem": problem}


async def _present(context: PageContext, account_id: str, at: AsOf) -> dict[str, Any]:
    """Return what is known of today only; a page about the past leaves it out."""
    if at.past:
        return {"people": None, "features": (), "alerts": ()}
    people, features, alerts = await asyncio.gather(
        _people(context, account_id),
        context.health.features(account_id),
        _alerts(context, account_id),
    )
    return {
        "people": people and people_list(people, at.today),
        "features": sorted(features, key=lambda one: (-one.uses_28d, one.feature)),
        "alerts": alert_cards(alerts, at.today, context.renderer.zone),
    }


async def _people(context: PageContext, account_id: str) -> PeoplePage | None:
    try:
        return await context.health.people(account_id, PEOPLE)
    except Conflict:
        return None


async def _alerts(context: PageContext, account_id: str) -> tuple[AlertDetail, ...]:
    page = await context.alerts.alerts({"account_id": account_id, "limit": ALERTS})
    return tuple(await asyncio.gather(*(context.alerts.alert(one.alert_id) for one in page.items)))
