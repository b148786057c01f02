"""Every contract coming up, on both stores: an account with several has a line for each, and its ARR is of all."""

from datetime import timedelta
from typing import Any

import pytest

from radar_chassis.http.paging import encode_cursor
from tests.support.account_events import contract, lived_in
from tests.support.health_service import HealthService, StartHealth
from tests.support.health_state import NOON, event
from tests.support.wait import eventually

DAY = timedelta(days=1)


ACME = [
    *lived_in("acme", segment="key", region="DACH", industry="Retail"),
    contract("acme", "suite", renews_in=30, mrr=1000, notice_days=10, auto_renew=True),
    contract("acme", "extra", renews_in=80, mrr=500),
    contract("acme", "abroad", renews_in=200, mrr=100, currency="USD"),
]
GLOBEX = [*lived_in("globex", region="Nordics"), contract("globex", "only", renews_in=30, mrr=50)]


def filled(service: HealthService) -> HealthService:
    service.publish(*ACME, *GLOBEX)
    for account in ("acme", "globex"):
        service.scored(account)
    eventually(lambda: service.get("/v1/renewals")["totals"]["contracts"] == 3)
    return service


def ids(answer: dict[str, Any]) -> list[str]:
    return [one["contract_id"] for one in answer["items"]]


def test_every_contract_has_a_line_with_totals_over_all(health_service: HealthService) -> None:
    answer = filled(health_service).get("/v1/renewals", within_days=90)
    assert ids(answer) == ["suite", "only", "extra"]
    suite = answer["items"][0]
    assert (suite["account_id"], suite["renews_on"], suite["notice_by"]) == (
        "acme",
        "2026-12-18",
        "2026-12-08",
    )
    assert (suite["auto_renew"], suite["region"], suite["renewal"]["days"]) == (True, "DACH", 30)
    assert suite["arr"] == {"amount": 12_000, "currency": "EUR"}
    assert suite["arr_at_risk"]["amount"] == pytest.approx(12_000 * (1 - suite["probability"]))
    assert suite["drivers"]
    assert answer["totals"]["contracts"] == 3
    assert answer["totals"]["arr"] == [{"amount": 18_600, "currency": "EUR"}]
    at_risk = sum(one["arr_at_risk"]["amount"] for one in answer["items"])
    assert answer["totals"]["arr_at_risk"][0]["amount"] == pytest.approx(at_risk)


def test_pages_follow_one_another_without_a_gap_or_a_repeat(health_service: HealthService) -> None:
    service = filled(health_service)
    seen, cursor = [], {}
    while True:
        page = service.get("/v1/renewals", within_days=365, limit=1, **cursor)
        seen += ids(page)
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert seen == ["suite", "only", "extra", "abroad"]
    foreign = encode_cursor(["arr", 1.0, 2, "x"])
    assert service.client.get("/v1/renewals", params={"cursor": foreign}).status_code == 422


def test_filters_narrow_the_list_and_its_totals(health_service: HealthService) -> None:
    service = filled(health_service)
    for query, found in (
        ({"region": "Nordics"}, ["only"]),
        ({"industry": "Retail"}, ["suite", "extra"]),
        ({"segment": "key", "within_days": 40}, ["suite"]),
        ({"owner": "nobody"}, []),
    ):
        answer = service.get("/v1/renewals", **query)
        assert (ids(answer), answer["totals"]["contracts"]) == (found, len(found)), query


def test_an_accounts_arr_is_of_all_its_contracts(health_service: HealthService) -> None:
    service = filled(health_service)
    listed = service.get("/v1/accounts", sort="-arr")
    acme = listed["items"][0]
    assert (acme["account_id"], acme["arr"]) == ("acme", {"amount": 18_000, "currency": "EUR"})
    assert [(one["currency"], one["arr"]) for one in acme["revenue"]] == [("EUR", 18_000), ("USD", 1_200)]
    assert listed["totals"]["accounts"] == 2
    assert listed["totals"]["arr"] == [
        {"amount": 18_600, "currency": "EUR"},
        {"amount": 1_200, "currency": "USD"},
    ]
    euros = service.get("/v1/portfolio")["total"]["money"][0]
    assert euros["arr"] == listed["totals"]["arr"][0]["amount"]


def test_with_a_rate_lists_speak_one_currency(start_health: StartHealth) -> None:
    service = filled(start_health(currency="EUR", rates={"USD": 0.5}))
    listed = service.get("/v1/accounts", sort="-arr")
    assert listed["items"][0]["arr"] == {"amount": 18_600, "currency": "EUR"}
    assert listed["totals"]["arr"] == [{"amount": 19_200, "currency": "EUR"}]
    abroad = service.get("/v1/renewals", within_days=365)["items"][-1]
    assert (abroad["arr"]["amount"], abroad["renewal"]["arr"]["amount"]) == (600, 1_200)


def test_a_contract_that_ends_leaves_the_list(health_service: HealthService) -> None:
    service = filled(health_service)
    on = NOON.date().isoformat()
    service.publish(event("contract_closed", account="acme", contract_id="suite", outcome="churned", on=on))
    eventually(lambda: ids(service.get("/v1/renewals")) == ["only", "extra"])
    assert service.get("/v1/accounts", q="acme")["items"][0]["arr"]["amount"] == 6_000
