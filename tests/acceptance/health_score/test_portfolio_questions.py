"""Cohorts, growth, losses and the quarters to come over HTTP, on both stores."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_service import HealthService, StartHealth
from tests.support.health_state import NOON, event, used
from tests.support.wait import eventually

DAY = timedelta(days=1)
BEGAN, ENDED, NEXT = date(2025, 4, 1), date(2026, 4, 1), date(2027, 4, 1)


def said(kind: str, account: str, day: date, **data: Any) -> EventRecord:
    return event(
        kind, account=account, at=datetime(day.year, day.month, day.day, 12, tzinfo=NOON.tzinfo), **data
    )


def contract(account: str, begins: date, ends: date, mrr: float) -> EventRecord:
    money = {"amount": mrr, "currency": "EUR"}
    return said(
        "contract_updated", account, begins, contract_id="c1", starts_on=begins, renews_on=ends, mrr=money
    )


def closed(account: str, outcome: str, **why: Any) -> EventRecord:
    return said("contract_closed", account, ENDED, contract_id="c1", outcome=outcome, on=ENDED, **why)


def used_daily(account: str) -> list[EventRecord]:
    return [
        used("export", account=account, user=f"u{back % 3}", at=NOON - back * DAY) for back in range(1, 60)
    ]


COMPANY = [
    # 100,000 a month renewed at 120,000; in use, so that its renewal next April has a probability.
    said("account_updated", "steady", BEGAN, name="Steady", region="DACH", business_model="tool"),
    contract("steady", BEGAN, ENDED, 100_000),
    closed("steady", "expanded"),
    contract("steady", ENDED, NEXT, 120_000),
    *used_daily("steady"),
    # 80,000 a month lost to a competitor, 20,000 to the price, 50 without a word.
    said("account_updated", "leaving", BEGAN, name="Leaving", region="DACH"),
    contract("leaving", BEGAN, ENDED, 80_000),
    closed("leaving", "churned", reason="features", competitor="Initech"),
    contract("cheap", BEGAN, ENDED, 20_000),
    closed("cheap", "churned", reason="price"),
    contract("quiet", BEGAN, ENDED, 50),
    closed("quiet", "churned"),
]


def filled(service: HealthService) -> HealthService:
    service.publish(*COMPANY)
    for account in ("steady", "leaving", "cheap", "quiet"):
        service.scored(account)
    eventually(lambda: service.get("/v1/renewals", within_days=365)["totals"]["contracts"] == 1)
    return service


def test_the_triangle_shows_who_is_left_of_each_cohort(health_service: HealthService) -> None:
    answer = filled(health_service).get("/v1/portfolio/cohorts")
    (row,) = answer["items"]
    assert (row["cohort"], row["logos"], row["mrr"]) == ("2025-Q2", 4, {"EUR": 200_050})
    assert [one["logos"] for one in row["ages"]] == [4, 4, 4, 4, 1, 1, 1]
    last = row["ages"][-1]
    assert (last["day"], last["retention"]) == ("2026-11-18", 0.25)
    (euros,) = last["money"]
    assert euros["nrr"] == pytest.approx(120_000 / 200_050)
    assert euros["grr"] == pytest.approx(100_000 / 200_050)
    assert len(health_service.get("/v1/portfolio/cohorts", by="month")["items"][0]["ages"]) == 20


def test_arr_is_held_against_t2d3_from_the_day_it_reached_the_base(start_health: StartHealth) -> None:
    service = filled(start_health(growth_from=2_400_000))
    (euros,) = service.get("/v1/portfolio/growth")["items"]
    assert (euros["began_on"], euros["arr_then"]) == ("2025-04-01", 2_400_600)
    first, second, *_ = euros["years"]
    assert (first["day"], first["target"], first["actual"]) == ("2026-04-01", 7_201_800, 1_440_000)
    assert (second["day"], second["actual"]) == ("2027-04-01", None)
    assert euros["monthly"][-1] == {"day": "2026-11-18", "arr": 1_440_000}
    (small,) = service.get("/v1/portfolio/growth", as_of="2025-03-31")["items"] or [None]
    assert small is None


def test_small_portfolios_are_told_what_is_missing(health_service: HealthService) -> None:
    health_service.publish(contract("tiny", BEGAN, NEXT, 10))
    health_service.scored("tiny")
    (euros,) = health_service.get("/v1/portfolio/growth")["items"]
    assert "2,000,000 EUR" in euros["missing"]["t2d3"]


def test_losses_come_with_reason_competitor_and_whom_to_win_back(health_service: HealthService) -> None:
    service = filled(health_service)
    answer = service.get("/v1/losses")
    assert [one["account_id"] for one in answer["items"]] == ["leaving", "cheap", "quiet"]
    assert answer["items"][0]["competitor"] == "Initech"
    assert [(one["label"], one["losses"]) for one in answer["reasons"]] == [
        ("features", 1),
        ("price", 1),
        (None, 1),
    ]
    assert answer["total"]["mrr"] == [{"amount": 100_050, "currency": "EUR"}]
    assert [one["label"] for one in answer["competitors"]] == ["Initech", None]
    price = service.get("/v1/losses", reason="Price")
    assert ([one["account_id"] for one in price["items"]], price["total"]["losses"]) == (["cheap"], 1)
    assert service.get("/v1/losses", since="won_back")["items"] == []
    page = service.get("/v1/losses", limit=2)
    assert [
        one["account_id"] for one in service.get("/v1/losses", limit=2, cursor=page["next_cursor"])["items"]
    ] == ["quiet"]
    assert service.get("/v1/losses", as_of="2026-03-31")["items"] == []


def test_the_quarters_to_come_add_up_with_the_renewals(health_service: HealthService) -> None:
    service = filled(health_service)
    (renewal,) = service.get("/v1/renewals", within_days=365)["items"]
    answer = service.get("/v1/portfolio/forecast")
    (euros,) = answer["items"]
    assert euros["arr"] == 1_440_000
    assert [(one["quarter"], one["partial"]) for one in euros["quarters"]] == [
        ("2026-Q4", True),
        ("2027-Q1", False),
        ("2027-Q2", False),
        ("2027-Q3", False),
        ("2027-Q4", False),
    ]
    due = euros["quarters"][2]
    assert (due["contracts"], due["due_arr"]) == (1, 1_440_000)
    assert due["sources"] == [{"source": "scorecard", "contracts": 1, "arr": 1_440_000}]
    assert due["arr_at_risk"]["expected"] == pytest.approx(renewal["arr_at_risk"]["amount"])
    assert due["grr"]["expected"] == pytest.approx(renewal["probability"])
    assert due["nrr"] is None
    assert "20 renewals" in due["missing"]["nrr"]
    assert (answer["assumptions"]["renewals_known"], answer["unpriced_contracts"]) == (1, 0)
    assert answer["assumptions"]["later_renewals"] == "same"  # no model has learned of any
    assert service.get("/v1/portfolio/forecast", region="Nordics")["items"] == []


def test_the_portfolio_is_grouped_by_cohort_stage_and_kind_of_business(health_service: HealthService) -> None:
    service = filled(health_service)
    groups = {
        by: {one["group"]: one["accounts"] for one in service.get("/v1/portfolio", by=by)["groups"]}
        for by in ("cohort", "stage", "business_model", "owner")
    }
    assert groups["cohort"] == {"2025-Q2": 4}
    assert groups["stage"]["win_back"] == 3
    assert groups["business_model"] == {"tool": 1, None: 3}
    assert groups["owner"] == {None: 4}
    then = service.get("/v1/portfolio", by="stage", as_of="2026-03-31")["groups"]
    assert [one["group"] for one in then] == [None]
