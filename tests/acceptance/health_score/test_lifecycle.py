"""Where accounts stand on their way, over HTTP: the stage of each, and lists by stage."""

from datetime import timedelta
from typing import Any

from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_service import HealthService
from tests.support.health_state import NOON, event, used
from tests.support.wait import eventually

DAY = timedelta(days=1)


def contract(account: str, ends_in: int, **known: Any) -> EventRecord:
    data = {"contract_id": "c1", "renews_on": (NOON + ends_in * DAY).date(), **known}
    return event("contract_updated", account=account, at=NOON - 30 * DAY, **data)


def paid(account: str, ends_in: int) -> EventRecord:
    return contract(account, ends_in, mrr={"amount": 100.0, "currency": "EUR"})


def test_accounts_are_listed_by_the_stage_they_are_in(health_service: HealthService) -> None:
    health_service.publish(
        event("account_updated", account="known", name="Known"),
        event(account="came", user="u1"),
        contract("tries", 10, starts_on=(NOON - 20 * DAY).date()),
        paid("pays", 300),
        *(paid("serves", 300), used("export", account="serves")),
        paid("renews", 40),
        *(paid("left", 300), closed("left")),
    )
    stages = {
        "known": "acquire",
        "came": "activate",
        "tries": "trial",
        "pays": "pay",
        "serves": "serve",
        "renews": "renew",
        "left": "win_back",
    }
    eventually(lambda: listed(health_service) == stages)
    assert listed(health_service, stage="serve") == {"serves": "serve"}
    assert listed(health_service, stage=["trial", "pay"]) == {"tries": "trial", "pays": "pay"}
    assert health_service.get("/v1/accounts/renews")["stage"] == "renew"
    assert health_service.get("/v1/accounts/renews/health")["account"]["stage"] == "renew"
    assert health_service.client.get("/v1/accounts", params={"stage": "limbo"}).status_code == 422
    check_funnel(health_service)


def check_funnel(service: HealthService) -> None:
    funnel = service.get("/v1/portfolio/funnel")
    steps = {one["step"]: one["accounts"] for one in funnel["steps"]}
    assert steps == {"acquisition": 6, "activation": 2, "retention": 0, "referral": None, "revenue": 3}
    referral = next(one for one in funnel["steps"] if one["step"] == "referral")
    assert "milestone_reached" in referral["missing"]
    assert {one["stage"]: one["accounts"] for one in funnel["stages"]} == {
        "acquire": 1, "activate": 1, "trial": 1, "pay": 1, "serve": 1, "renew": 1, "win_back": 1,
    }  # fmt: skip
    assert service.get("/v1/portfolio/funnel", standing="former")["accounts"] == 1
    assert service.get("/v1/portfolio/funnel", stage="serve")["steps"][1]["share"] == 1
    assert service.get("/v1/accounts/serves")["reached"] == ["acquisition", "activation", "revenue"]


def closed(account: str) -> EventRecord:
    churned: dict[str, Any] = {"contract_id": "c1", "outcome": "churned", "on": (NOON - DAY).date()}
    return event("contract_closed", account=account, at=NOON - DAY, **churned)


def listed(service: HealthService, **query: Any) -> dict[str, str]:
    items = service.get("/v1/accounts", **query)["items"]
    return {item["account_id"]: item["stage"] for item in items}
