"""Small contract histories, told to the whole service: every answer over HTTP says the same of them."""

from datetime import UTC, datetime, timedelta
from typing import Any

from radar_vocabulary.contracts.event_record import EventRecord
from tests.support.health_service import HealthService, StartHealth
from tests.support.health_state import NOON, event
from tests.support.wait import eventually

ANNUAL = {"starts_on": "2025-12-15", "renews_on": "2026-12-15", "auto_renew": True}


def told(account: str, day: str, **says: Any) -> EventRecord:
    """Return what was said of the account's contract on a day: a closing where it names an outcome."""
    for name in ("mrr", "new_mrr"):
        if name in says:
            says[name] = {"amount": says[name], "currency": "EUR"}
    kind = "contract_closed" if "outcome" in says else "contract_updated"
    at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return event(kind, account=account, at=at, **{"contract_id": "c", **says})


def crm(account: str, renews_on: str, day: str, **says: Any) -> EventRecord:
    return told(account, day, contract_id="a", product="crm", renews_on=renews_on, **says)


STORIES = [
    told("reinstated", "2025-12-15", **ANNUAL, mrr=100.0),
    told("reinstated", "2026-06-01", outcome="churned", on="2026-12-15"),
    told("reinstated", "2026-07-01", **ANNUAL, mrr=100.0, cancelled=False),
    told("taken-back", "2025-12-15", **ANNUAL, mrr=100.0),
    told("taken-back", "2026-06-01", outcome="churned", on="2026-12-15"),
    told("taken-back", "2026-07-01", outcome=None),
    told("cancelled", "2025-12-15", **ANNUAL, mrr=100.0),
    told("cancelled", "2026-06-01", outcome="churned", on="2026-12-15"),
    *(told("cancelled", f"2026-06-{day:02}", **ANNUAL, mrr=100.0) for day in range(2, 9)),
    told("corrected", "2025-07-01", starts_on="2025-07-01", renews_on="2026-07-01", mrr=100.0),
    told("corrected", "2026-05-20", outcome="churned", on="2026-05-31"),
    told("corrected", "2026-05-25", outcome="churned", on="2026-06-30"),
    told("void", "2026-05-01", starts_on="2026-05-01", renews_on="2027-05-01", mrr=100.0),
    told("void", "2026-05-02", outcome="churned", on="2026-05-01"),
    crm("moved", "2026-06-01", "2025-06-01", mrr=100.0),
    told("moved", "2026-03-15", contract_id="a", outcome="churned", on="2026-03-15"),
    told("moved", "2026-03-20", contract_id="b", product="crm", renews_on="2027-03-20", mrr=120.0),
    crm("crosssold", "2026-06-01", "2025-06-01", mrr=100.0),
    told("crosssold", "2026-06-01", contract_id="a", outcome="renewed", on="2026-06-01"),
    told("crosssold", "2026-06-15", contract_id="b", product="mail", renews_on="2027-06-15", mrr=50.0),
    told("trial", "2025-11-20", trial=True, starts_on="2025-11-20", renews_on="2025-12-20", mrr=0.0),
    told("trial", "2025-12-20", outcome="churned", on="2025-12-20"),
    told("converted", "2025-11-20", trial=True, starts_on="2025-11-20", renews_on="2025-12-20", mrr=0.0),
    told("converted", "2025-12-20", outcome="expanded", on="2025-12-20", new_mrr=50.0),
    told("converted", "2025-12-20", trial=False, starts_on="2025-12-20", renews_on="2026-12-20", mrr=50.0),
    *(
        told("ramp", "2025-01-01", starts_on=f"{year}-01-01", renews_on=f"{year + 1}-01-01", mrr=mrr)
        for year, mrr in ((2025, 100.0), (2026, 150.0), (2027, 200.0))
    ),
    told("closed-alone", "2025-06-01", starts_on="2025-06-01", renews_on="2026-06-01", mrr=100.0, seats=10),
    told("closed-alone", "2026-06-01", outcome="renewed", on="2026-06-01"),
    told("extended", "2025-06-01", starts_on="2025-06-01", renews_on="2026-06-01", mrr=100.0),
    told("extended", "2026-05-20", renews_on="2026-09-01"),
    told("evergreen", "2025-06-01", starts_on="2025-06-01", renews_on=None, mrr=100.0),
    told("rolled", "2024-06-01", renews_on="2025-06-01", mrr=100.0),
    told("rolled", "2025-06-01", renews_on="2026-06-01"),
    told("rolled", "2026-06-01", renews_on="2027-06-01"),
    told("paused", "2025-01-01", starts_on="2025-01-01", renews_on="2027-01-01", mrr=100.0),
    told("paused", "2026-10-01", paused_from="2026-10-01", paused_until="2027-01-01"),
]
# Account: standing, terms lost, renewals, MRR now.
EXPECTED: dict[str, tuple[str, int | None, int | None, float | None]] = {
    "reinstated": ("customer", 0, 0, 100),
    "taken-back": ("customer", 0, 0, 100),
    "cancelled": ("customer", 0, 0, 100),
    "corrected": ("former", 1, 0, None),
    "void": ("prospect", None, None, None),
    "moved": ("customer", 0, 1, 120),
    "crosssold": ("customer", 0, 1, 150),
    "trial": ("prospect", 0, 0, None),
    "converted": ("customer", 0, 0, 50),
    "ramp": ("customer", 0, 0, 150),
    "closed-alone": ("customer", 0, 1, 100),
    "extended": ("customer", 0, 0, 100),
    "evergreen": ("customer", 0, 0, 100),
    "rolled": ("customer", 0, 2, 100),
    "paused": ("customer", 0, 0, 0),
}
# The same at the end of 2025-12-01, before most of it was told.
UNKNOWN = ("prospect", None, None, None)
FIRST_TERM = ("customer", 0, 0, 100)
AT_FIRST = {
    **dict.fromkeys(("reinstated", "taken-back", "cancelled", "void"), UNKNOWN),
    **dict.fromkeys(("corrected", "moved", "crosssold", "ramp", "closed-alone", "extended"), FIRST_TERM),
    **dict.fromkeys(("evergreen", "paused"), FIRST_TERM),
    **dict.fromkeys(("trial", "converted"), ("prospect", 0, 0, None)),
    "rolled": ("customer", 0, 1, 100),
}


def test_every_answer_says_the_same_of_a_contract(health_service: HealthService) -> None:
    health_service.publish(*STORIES)
    eventually(
        lambda: {one["account_id"] for one in health_service.get("/v1/accounts")["items"]} == EXPECTED.keys()
    )
    eventually(lambda: _accounts(health_service) == EXPECTED)
    assert _accounts(health_service, as_of="2025-12-01") == AT_FIRST
    check_renewals(health_service)
    check_portfolio(health_service)
    check_forecast(health_service)


def _accounts(service: HealthService, **query: str) -> dict[str, Any]:
    found = {}
    for name in EXPECTED:
        metrics = service.get(f"/v1/accounts/{name}/metrics", **query)["items"]
        value = {one["metric"]: one["value"] for one in metrics}
        standing = service.get(f"/v1/accounts/{name}/health", **query)["account"]["standing"]
        found[name] = standing, value["terms_lost"], value["renewals_so_far"], value["mrr"]
    return found


def check_renewals(service: HealthService) -> None:
    answer = service.get("/v1/renewals", within_days=365)
    due = {
        one["account_id"]: (one["renews_on"], one["renewal"]["source"], one["renewal"]["term_id"])
        for one in answer["items"]
    }
    assert due["cancelled"] == ("2026-12-15", "told", "c:1:1")
    assert due["reinstated"][0] == "2026-12-15"
    assert due["reinstated"][1] != "told"
    assert due["rolled"] == ("2027-06-01", due["rolled"][1], "c:1:3")
    assert due.keys() == {
        "cancelled", "reinstated", "taken-back", "rolled", "paused", "moved", "crosssold", "converted", "extended",
    }  # fmt: skip
    assert (due["extended"][0], due["extended"][2]) == ("2026-09-01", "c:1:1")
    undated = {(one["account_id"], one["term_id"], one["arr"]["amount"]) for one in answer["date_unknown"]}
    assert undated == {("crosssold", "a:1:2", 1200), ("closed-alone", "c:1:2", 1200)}
    ramp = service.get("/v1/accounts/ramp/health")["renewal"]
    assert (ramp["renews_on"], ramp["term_id"]) == ("2028-01-01", "c:1:1")
    paused = next(one for one in answer["items"] if one["account_id"] == "paused")
    assert paused["arr"]["amount"] == 1200
    lines = service.get("/v1/accounts/paused")["contracts"]
    assert [(one["term_id"], one["paused"]) for one in lines] == [("c:1:1", True)]


def check_portfolio(service: HealthService) -> None:
    lost = service.get("/v1/losses", months=12)["items"]
    assert [(one["account_id"], one["lost_on"], one["term_id"]) for one in lost] == [
        ("corrected", "2026-06-30", "c:1:1")
    ]
    total = service.get("/v1/portfolio")["total"]
    (money,) = total["money"]
    mrr = sum(mrr or 0 for _, _, _, mrr in EXPECTED.values())
    assert (total["customers"], money["mrr"], total["customers_lost"]) == (12, mrr, 1)
    (growth,) = service.get("/v1/portfolio/growth")["items"]
    assert growth["monthly"][-1]["arr"] == 12 * mrr
    then = service.get("/v1/portfolio", as_of="2026-06-15")["total"]
    assert then["customers"] == 13
    cohorts = service.get("/v1/portfolio/cohorts", by="quarter")
    assert cohorts["unknown"] == 0
    assert sum(one["logos"] for one in cohorts["items"]) == 13
    last = [one["ages"][-1] for one in cohorts["items"]]
    assert sum(one["logos"] for one in last) == 12
    assert sum(amount["mrr"] for one in last for amount in one["money"]) == mrr


def check_forecast(service: HealthService) -> None:
    (euros,) = service.get("/v1/portfolio/forecast")["items"]
    cancelled = {
        one["quarter"]: source["contracts"]
        for one in euros["quarters"]
        for source in one["sources"]
        if source["source"] == "told"
    }
    assert cancelled == {"2026-Q4": 1}, "what was cancelled has no renewal a year later"


def test_a_churn_that_lies_ahead_counts_when_its_day_comes(start_health: StartHealth) -> None:
    health_service = start_health(sweep_seconds=0.2)
    on = (NOON + timedelta(days=2)).date().isoformat()
    health_service.publish(
        told("acme", "2025-12-15", **ANNUAL, mrr=100.0), told("acme", "2026-06-01", outcome="churned", on=on)
    )
    assert health_service.scored("acme")["account"]["standing"] == "customer"
    health_service.clock.advance(timedelta(days=2))
    eventually(lambda: health_service.get("/v1/accounts/acme")["standing"] == "former")
