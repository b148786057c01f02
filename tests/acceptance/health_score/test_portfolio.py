"""The portfolio's economics over HTTP, on both stores: what was true on a day, and known by then."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_service import HealthService, StartHealth
from tests.support.health_state import NOON, event
from tests.support.wait import eventually

DAY = timedelta(days=1)
BEGAN, ENDED, NEXT = date(2025, 4, 1), date(2026, 4, 1), date(2027, 4, 1)


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=NOON.tzinfo)


def money(amount: float, currency: str = "EUR") -> dict[str, Any]:
    return {"amount": amount, "currency": currency}


def account(name: str, amount: float, *, outcome: str | None = None, after: float | None = None, begins: date = BEGAN, currency: str = "EUR", **profile: Any) -> list[EventRecord]:  # fmt: skip
    """Return an account with a term of a year, how it ended, and the term after it."""

    def said(kind: str, day: date, **data: Any) -> EventRecord:
        return event(kind, account=name, at=moment(day), **data)

    first = begins.replace(year=begins.year + 1)
    records = [
        said("account_updated", begins, name=name.title(), **profile),
        said("contract_updated", begins, contract_id="c1", starts_on=begins, renews_on=first, mrr=money(amount, currency)),
    ]  # fmt: skip
    if outcome is not None:
        records.append(said("contract_closed", first, contract_id="c1", outcome=outcome, on=first))
    if after is not None:
        following = first.replace(year=first.year + 1)
        records.append(said("contract_updated", first, contract_id="c1", starts_on=first, renews_on=following, mrr=money(after, currency)))  # fmt: skip
    return records


COMPANY = {
    "steady": account("steady", 100, outcome="renewed", after=100, segment="mid", region="DACH"),
    "growing": account("growing", 200, outcome="expanded", after=300, segment="mid", region="DACH"),
    "shrinking": account("shrinking", 100, outcome="contracted", after=60, segment="mid", region="Nordics"),
    "leaving": account("leaving", 5000, outcome="churned", region="DACH"),
    "overdue": account("overdue", 100, segment="mid"),
    "newcomer": account("newcomer", 80, begins=ENDED, segment="long_tail"),
    "abroad": account("abroad", 400, outcome="renewed", after=400, currency="USD", segment="mid"),
}


def filled(service: HealthService) -> HealthService:
    service.publish(*(record for records in COMPANY.values() for record in records))
    eventually(lambda: len(service.get("/v1/accounts")["items"]) == len(COMPANY))
    for name in COMPANY:
        service.scored(name)
    return service


def money_of(group: dict[str, Any], currency: str = "EUR") -> dict[str, Any]:
    return next(one for one in group["money"] if one["currency"] == currency)


def test_a_year_in_total_and_by_segment(health_service: HealthService) -> None:
    answer = filled(health_service).get("/v1/portfolio")
    assert (answer["first_day"], answer["last_day"], answer["months"]) == ("2025-11-18", "2026-11-18", 12)
    total, euros = answer["total"], money_of(answer["total"])
    assert (total["accounts"], total["customers_before"], total["customers"], total["customers_lost"]) == (
        7,
        6,
        6,
        1,
    )
    assert total["renewals"] == {"renewed": 4, "churned": 1, "overdue": 1}
    assert total["renewal_rate"] == pytest.approx(4 / 5)
    assert total["logo_churn"] == pytest.approx(1 / 6)
    assert (euros["mrr"], euros["arr"], euros["arpa"]) == (640, 7680, 128)
    assert euros["nrr"] == pytest.approx(560 / 5500)
    assert euros["grr"] == pytest.approx(460 / 5500)
    assert euros["ltv"] == pytest.approx(128 * 72)
    assert (euros["ltv_to_cac"], "health.cac" in euros["missing"]["ltv_to_cac"]) == (None, True)
    assert money_of(total, "USD")["nrr"] == 1
    groups = {one["group"]: one for one in answer["groups"]}
    assert groups.keys() == {"key", "mid", "long_tail"}
    assert money_of(groups["key"])["movement"]["churned"] == 5000
    assert groups["key"]["money"][0]["missing"]["arpa"] == "no paying accounts"


def test_by_region_those_of_whom_it_is_not_known_are_a_group_too(health_service: HealthService) -> None:
    answer = filled(health_service).get("/v1/portfolio", by="region", as_of="2026-11-18")
    assert {one["group"]: one["accounts"] for one in answer["groups"]} == {"DACH": 3, "Nordics": 1, None: 3}


def test_a_past_day_knows_nothing_of_what_came_later(health_service: HealthService) -> None:
    service = filled(health_service)
    then = service.get("/v1/portfolio", as_of="2026-03-31", months=3)
    assert (then["first_day"], then["last_day"]) == ("2025-12-31", "2026-03-31")
    assert money_of(then["total"])["mrr"] == 5500
    assert then["total"]["renewal_rate"] is None
    assert then["total"]["missing"]["renewal_rate"] == "no term ended in the period"
    assert then["total"]["accounts"] == 6
    assert service.get("/v1/portfolio", as_of="2020-01-01")["total"]["missing"]["mrr"]


def test_rates_make_one_currency_of_several_and_cac_gives_ltv_to_cac(start_health: StartHealth) -> None:
    service = filled(start_health(currency="EUR", rates={"USD": 0.5}, cac={"EUR": 1000}))
    answer = service.get("/v1/portfolio")
    (euros,) = answer["total"]["money"]
    assert (answer["currency"], answer["rates"]) == ("EUR", {"USD": 0.5})
    assert euros["mrr"] == 840
    assert euros["ltv_to_cac"] == pytest.approx(140 * 72 / 1000)


def test_an_answer_is_kept_for_half_a_minute(health_service: HealthService) -> None:
    service = filled(health_service)
    before = service.get("/v1/portfolio")
    service.publish(*account("late", 1, begins=ENDED))
    service.scored("late")
    assert service.get("/v1/portfolio") == before
    service.clock.advance(timedelta(seconds=31))
    assert service.get("/v1/portfolio")["total"]["accounts"] == 8


def test_who_asks_wrongly_is_told(health_service: HealthService) -> None:
    client = health_service.client
    for query in ({"as_of": "2030-01-01"}, {"by": "colour"}, {"months": 0}):
        assert client.get("/v1/portfolio", params=query).status_code == 422, query
    with health_service.client_for("ingest") as other:
        assert other.get("/v1/portfolio").status_code == 403
