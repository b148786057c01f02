from datetime import UTC, datetime, timedelta

from radar_health_score.repositories.list_records import HealthCount
from radar_health_score.service.queries.totals import portfolio_totals, weekly
from radar_vocabulary.contracts.scalars import Money

COUNTS = [
    HealthCount("customer", "key", "at_risk", None, 2, 0.0, 0.0),
    HealthCount("customer", "key", "at_risk", "EUR", 0, 100.0, 60.0),
    HealthCount("customer", "mid", "at_risk", None, 1, 0.0, 0.0),
    HealthCount("customer", "mid", "at_risk", "USD", 0, 50.0, 20.0),
    HealthCount("customer", "mid", "healthy", None, 3, 0.0, 0.0),
    HealthCount("customer", "mid", "healthy", "EUR", 0, 200.0, 10.0),
    HealthCount("prospect", "mid", "unknown", None, 4, 0.0, 0.0),
]
MONDAY = datetime(2026, 11, 16, tzinfo=UTC)


def test_money_is_summed_per_currency_and_band() -> None:
    totals = portfolio_totals(COUNTS)
    assert totals.accounts == 10
    assert totals.arr == [Money(amount=300.0, currency="EUR"), Money(amount=50.0, currency="USD")]
    assert {one.band: one.accounts for one in totals.bands} == {
        "at_risk": 3,
        "watch": 0,
        "healthy": 3,
        "unknown": 4,
    }
    assert totals.bands[0].arr_at_risk == [
        Money(amount=60.0, currency="EUR"),
        Money(amount=20.0, currency="USD"),
    ]


def test_former_customers_count_only_when_they_are_asked_for() -> None:
    gone = HealthCount("former", "mid", "at_risk", None, 9, 0.0, 0.0)
    usual, asked = portfolio_totals([*COUNTS, gone]), portfolio_totals([*COUNTS, gone], {"former"})
    assert (usual.accounts, usual.bands[0].accounts) == (10, 3)
    assert (asked.accounts, asked.bands[0].accounts, asked.arr) == (9, 9, [])
    for totals in (usual, asked):
        assert {one.standing: one.accounts for one in totals.standings} == {
            "customer": 6,
            "prospect": 4,
            "former": 9,
        }


def test_a_trend_has_the_last_score_of_each_week() -> None:
    kept = [
        (1, MONDAY, 70.0),
        (1, MONDAY + timedelta(days=6), 60.0),
        (1, MONDAY + timedelta(days=7), None),
        (2, MONDAY, 5.0),
    ]
    assert weekly(kept) == {1: (60.0, None), 2: (5.0,)}
