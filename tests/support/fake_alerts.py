"""The alerts API as far as the console asks it, answered from a made-up portfolio."""

from datetime import datetime
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from radar_chassis.errors import Conflict, InvalidRequest, NotFound
from radar_vocabulary.answers.alerts import AlertDetail, AlertLine
from radar_vocabulary.answers.deliveries import DeliveryLine
from radar_vocabulary.answers.page import Page
from tests.support.fake_answers import Guard, answer
from tests.support.fake_company import FakeCompany


def alert_routes(company: FakeCompany, guard: Guard) -> APIRouter:
    """Return the routes of alerts and deliveries."""
    routes = APIRouter()

    def alert(alert_id: str) -> dict[str, Any]:
        found = company.alert(alert_id)
        if found is None:
            raise NotFound("No alert has this id.")
        return found

    @routes.get("/v1/alerts")
    async def alerts(request: Request) -> Response:
        await guard(request)
        wanted = request.query_params
        found = [
            {name: value for name, value in one.alert.items() if name != "timeline"}
            for one in company.accounts
            if one.alert
            and wanted.get("account_id", one.account_id) == one.account_id
            and wanted.get("state", one.alert["state"]) == one.alert["state"]
        ]
        return answer(Page[AlertLine], items=found)

    @routes.get("/v1/alerts/{alert_id}")
    async def one_alert(request: Request, alert_id: str) -> Response:
        await guard(request)
        return answer(AlertDetail, **alert(alert_id))

    @routes.post("/v1/alerts/{alert_id}/{act}")
    async def act(request: Request, alert_id: str, act: str) -> Response:
        await guard(request, "act")
        _act(alert(alert_id), act, msgspec.json.decode(await request.body()), company.now)
        return answer(AlertDetail, **alert(alert_id))

    @routes.get("/v1/deliveries")
    async def deliveries(request: Request) -> Response:
        await guard(request)
        return answer(Page[DeliveryLine], items=company.deliveries)

    return routes


def _act(alert: dict[str, Any], act: str, wish: dict[str, Any], now: datetime) -> None:
    if alert["state"] == "resolved":
        raise Conflict("This alert is resolved already.")
    states = {"acknowledge": "acknowledged", "snooze": "snoozed", "resolve": "resolved"}
    if act not in states or (act == "snooze" and datetime.fromisoformat(wish["until"]) <= now):
        raise InvalidRequest("That can't be done.")
    alert["state"] = states[act]
    alert["acknowledged_by"] = wish.get("by") if act == "acknowledge" else None
    alert["snoozed_until"] = wish.get("until")
    alert["resolved_at"], alert["outcome"] = (now, wish["outcome"]) if act == "resolve" else (None, None)
    note = wish.get("note") or wish.get("reason")
    step = {"sequence": len(alert["timeline"]) + 1, "change": states[act], "state": states[act]}
    alert["timeline"].append({**step, "at": now, "actor": wish.get("by"), "note": note})
