"""The health-score and alerts APIs as far as the console asks them, answered from a made-up portfolio."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from fastapi import APIRouter, Request, Response

from radar_chassis.access.guard import Access
from radar_chassis.contracts.health import HealthSnapshot, Override
from radar_chassis.errors import Conflict, InvalidRequest, NotFound, Unavailable
from radar_chassis.http.part import Part
from tests.support.fake_backtests import backtest_routes
from tests.support.fake_changes import fake_changes
from tests.support.fake_company import FakeAccount, FakeCompany
from tests.support.fake_metrics import MISSING, fake_metric_history
from tests.support.fake_outlook import outlook_routes
from tests.support.fake_portfolio import portfolio_routes

FAMILY = {
    "ancestors": ["acct-01"], "members": 3, "score": 61.0, "worst": {"account_id": "acct-02", "score": 20.0, "name": "Blue Harbour"},
    "arr": [{"amount": 9_000.0, "currency": "EUR"}], "arr_at_risk": [{"amount": 1_000.0, "currency": "EUR"}],
}  # fmt: skip


def answer(body: Any) -> Response:
    return Response(msgspec.json.encode(body), media_type="application/json")


def fake_apis(company: FakeCompany, access: Access) -> Part:  # noqa: C901, PLR0915 - a table of routes
    """Return both APIs as one part."""
    routes = APIRouter()

    async def guard(request: Request, scope: Any = "read") -> None:
        await access.require(scope)(request)
        company.asked_in.add(request.headers["Accept-Language"])
        if company.away:
            raise Unavailable("The database can't be reached.", retry_after=5)

    def account(account_id: str) -> FakeAccount:
        found = company.find(account_id)
        if found is None:
            raise NotFound("No account has this id.")
        return found

    def alert(alert_id: str) -> dict[str, Any]:
        found = company.alert(alert_id)
        if found is None:
            raise NotFound("No alert has this id.")
        return found

    @routes.get("/v1/accounts")
    async def accounts(request: Request) -> Response:
        await guard(request)
        return answer(_listing(company.accounts, request))

    @routes.get("/v1/renewals")
    async def renewals(request: Request) -> Response:
        await guard(request)
        within = int(request.query_params["within_days"])
        soon = [
            one.snapshot
            for one in company.accounts
            if one.snapshot.renewal and one.snapshot.renewal.days <= within
        ]
        arr = sum(one.renewal.arr.amount for one in soon if one.renewal and one.renewal.arr)
        totals = {"contracts": len(soon), "arr": [{"amount": arr, "currency": "EUR"}]}
        return answer({"items": [_due(one) for one in soon], "totals": totals})

    @routes.get("/v1/scorecards")
    async def scorecards(request: Request) -> Response:
        await guard(request)
        bands = {"healthy": 70, "watch": 48}
        return answer(
            {
                "items": [
                    {"name": name, "version": "1", "bands": bands} for name in ("key", "mid", "long_tail")
                ]
            }
        )

    @routes.get("/v1/accounts/{account_id}")
    async def one_account(request: Request, account_id: str) -> Response:
        await guard(request)
        one = account(account_id)
        body = {
            "account_id": one.account_id, "name": one.name, "segment": one.segment, "industry": "Logistics",
            "region": "DACH", "owner": one.owner, "family": FAMILY, "contracts": one.contracts, "health": one.snapshot,
        }  # fmt: skip
        return answer(body)

    @routes.get("/v1/accounts/{account_id}/health")
    async def health(request: Request, account_id: str) -> Response:
        await guard(request)
        asked = request.query_params.get("as_of")
        snapshot = account(account_id).snapshot
        return answer(
            msgspec.structs.replace(snapshot, as_of=datetime.fromisoformat(f"{asked}T23:59:59+00:00"))
            if asked
            else snapshot
        )

    @routes.get("/v1/accounts/{account_id}/health/history")
    async def history(request: Request, account_id: str) -> Response:
        await guard(request)
        one = account(account_id)
        days = [company.now - timedelta(days=back) for back in range(len(one.trend))][::-1]
        items = [
            {"day": day.date(), "as_of": day, "score": score, "band": _band(score)}
            for day, score in zip(days, one.trend, strict=True)
        ]
        return answer({"items": items})

    @routes.get("/v1/accounts/{account_id}/health/changes")
    async def changes(request: Request, account_id: str) -> Response:
        await guard(request)
        query = request.query_params
        if query.get("to", company.now.date().isoformat()) < query["from"]:
            raise InvalidRequest("`from` must not lie after `to`; swap them.")
        return answer(fake_changes(account(account_id).snapshot))

    @routes.get("/v1/accounts/{account_id}/metrics")
    async def metrics(request: Request, account_id: str) -> Response:
        await guard(request)
        items = [
            {
                "metric": driver.metric,
                "dimension": driver.dimension,
                "unit": driver.unit,
                "value": driver.value,
            }
            for driver in account(account_id).snapshot.drivers
        ]
        return answer({"items": [*items, MISSING]})

    @routes.get("/v1/metrics/catalogue")
    async def catalogue(request: Request) -> Response:
        await guard(request)
        return answer({"items": [{"metric": "seat_utilisation", "formula": "MAU / seats.", "note": "", "source": ["login"], "scorecards": [{"scorecard": "key", "share": 0.1}]}]})  # fmt: skip

    @routes.get("/v1/accounts/{account_id}/metrics/history")
    async def metric_history(request: Request, account_id: str) -> Response:
        await guard(request)
        return answer(fake_metric_history(account(account_id).snapshot, request.query_params))

    @routes.get("/v1/accounts/{account_id}/users")
    async def users(request: Request, account_id: str) -> Response:
        await guard(request)
        account(account_id)
        today = company.now.date()
        roles = ["decision_maker", "manager", "manager"] + ["executor"] * 8 + [None]
        items = [
            {
                "user_id": f"u-{at}",
                "name": f"Person {at}",
                "role": role,
                "last_active_on": today - timedelta(days=at * 4),
            }
            for at, role in enumerate(roles)
        ]
        findings = [{"kind": "decision_maker_quiet", "text": "Person 0, decision maker, has been quiet"}]
        return answer({"items": items, "people": {"findings": findings}})

    @routes.put("/v1/accounts/{account_id}/override")
    async def put_override(request: Request, account_id: str) -> Response:
        await guard(request, "act")
        one, wish = account(account_id), msgspec.json.decode(await request.body())
        one.snapshot = overridden(one.snapshot, wish, company.now)
        return answer({})

    @routes.delete("/v1/accounts/{account_id}/override")
    async def delete_override(request: Request, account_id: str) -> Response:
        await guard(request, "act")
        one = account(account_id)
        one.snapshot = msgspec.structs.replace(one.snapshot, override=None)
        return answer({})

    @routes.get("/v1/accounts/{account_id}/features")
    async def features(request: Request, account_id: str) -> Response:
        await guard(request)
        account(account_id)
        names = ("report.export", "dashboard.share", "api.sync", "alerts.rule")
        items = [
            {
                "feature": name,
                "key": at < 2,
                "total": 900 - at * 200,
                "uses_28d": 120 - at * 30,
                "users_28d": 12 - at * 3,
            }
            for at, name in enumerate(names)
        ]
        return answer({"items": items})

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
        return answer({"items": found, "next_cursor": None})

    @routes.get("/v1/alerts/{alert_id}")
    async def one_alert(request: Request, alert_id: str) -> Response:
        await guard(request)
        return answer(alert(alert_id))

    @routes.post("/v1/alerts/{alert_id}/{act}")
    async def act(request: Request, alert_id: str, act: str) -> Response:
        await guard(request, "act")
        _act(alert(alert_id), act, msgspec.json.decode(await request.body()), company.now)
        return answer(alert(alert_id))

    @routes.get("/v1/deliveries")
    async def deliveries(request: Request) -> Response:
        await guard(request)
        return answer({"items": company.deliveries, "next_cursor": None})

    return Part(
        name="fake",
        routers=[
            routes,
            outlook_routes(company, guard),
            portfolio_routes(company, guard),
            backtest_routes(any_made=bool(company.accounts), guard=guard),
        ],
    )


def overridden(snapshot: HealthSnapshot, wish: dict[str, Any], now: datetime) -> HealthSnapshot:
    """Return the snapshot with what a person set."""
    override = Override(
        band=wish["band"], score=None, author=wish["author"], reason=wish["reason"], valid_from=now, points=0.0,
        expires_at=datetime.fromisoformat(wish["expires_at"]), scorecard_band=snapshot.band, scorecard_score=snapshot.score,
    )  # fmt: skip
    return msgspec.structs.replace(snapshot, override=override, band=wish["band"])


def _due(snapshot: HealthSnapshot) -> dict[str, Any]:
    renewal = snapshot.renewal
    assert renewal
    return {
        "account_id": snapshot.account_id, "contract_id": renewal.contract_id, "renews_on": renewal.renews_on,
        "notice_by": renewal.renews_on - timedelta(days=30), "arr": renewal.arr, "probability": renewal.probability,
        "arr_at_risk": renewal.arr_at_risk, "score": snapshot.score, "band": snapshot.band, "drivers": snapshot.drivers,
    }  # fmt: skip


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


def _listing(accounts: Sequence[FakeAccount], request: Request) -> dict[str, Any]:
    query = request.query_params
    matching = [one for one in accounts if _wanted(one, query.get)]
    asked = query.getlist("standing")
    found = [one for one in matching if not asked or one.snapshot.account.standing in asked]
    rows = [_row(one) for one in found]
    sort = query.get("sort", "-arr_at_risk")
    rows.sort(key=lambda row: _sort_key(row, sort.lstrip("-")), reverse=sort.startswith("-"))
    begin, limit = int(query.get("cursor", "0")), int(query.get("limit", "50"))
    following = str(begin + limit) if begin + limit < len(rows) else None
    bands = [
        {"band": band, "accounts": len(mine), "arr_at_risk": _sum(mine, "arr_at_risk")}
        for band in ("at_risk", "watch", "healthy", "unknown")
        if (mine := [row for row in rows if row["band"] == band])
    ]
    totals = {
        "accounts": len(rows),
        "arr": _sum(rows, "arr"),
        "arr_at_risk": _sum(rows, "arr_at_risk"),
        "bands": bands,
        "standings": [
            {
                "standing": standing,
                "accounts": sum(1 for one in matching if one.snapshot.account.standing == standing),
            }
            for standing in ("customer", "prospect", "former")
        ],
    }
    return {"items": rows[begin : begin + limit], "next_cursor": following, "totals": totals}


def _wanted(one: FakeAccount, asked: Callable[[str], str | None]) -> bool:
    return (
        asked("segment") in {None, one.segment}
        and asked("band") in {None, one.snapshot.band}
        and asked("owner") in {None, one.owner.email if one.owner else ""}
        and (asked("q") or "").lower() in one.name.lower()
    )


def _row(one: FakeAccount) -> dict[str, Any]:
    snapshot, renewal = one.snapshot, one.snapshot.renewal
    return {
        "account_id": one.account_id, "name": one.name, "segment": one.segment, "owner": msgspec.to_builtins(one.owner),
        "standing": snapshot.account.standing,
        "score": snapshot.score, "band": snapshot.band, "renews_on": renewal.renews_on if renewal else None,
        "arr": msgspec.to_builtins(renewal.arr) if renewal else None,
        "arr_at_risk": msgspec.to_builtins(renewal.arr_at_risk) if renewal else None,
        "probability": renewal.probability if renewal else None,
        "top_driver": msgspec.to_builtins(next(iter(snapshot.drivers), None)), "trend": one.trend[-78::7],
    }  # fmt: skip


def _sort_key(row: dict[str, Any], name: str) -> tuple[bool, Any]:
    value = row[name]["amount"] if isinstance(row[name], dict) else row[name]
    return value is not None, value if value is not None else 0


def _sum(rows: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    known = [row[name]["amount"] for row in rows if row[name]]
    return [{"amount": sum(known), "currency": "EUR"}] if known else []


def _band(score: float | None) -> str:
    if score is None:
        return "unknown"
    return "at_risk" if score < 48 else "watch" if score < 70 else "healthy"
