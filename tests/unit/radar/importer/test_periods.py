"""Billing periods become contracts and how their terms ended."""

from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from radar.importer.errors import BadFile
from radar.importer.mapping import Lead, Periods, Table
from radar.importer.periods import Period, PeriodRows, terms
from radar.importer.rows import Rows

TABLE = Table(
    columns={
        "account_id": "customer",
        "data.contract_id": "customer",
        "data.starts_on": "from",
        "data.renews_on": "to",
        "data.mrr.amount": "amount",
        "data.seats": "seats",
    },
    constants={"type": "contract_updated", "data.mrr.currency": "EUR"},
)
JAN, FEB, MAR, APR, MAY = "2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"


def told(*rows: tuple[str, str, int] | tuple[str, str, int, str], rule: Periods) -> list[tuple[str, ...]]:
    maker = PeriodRows(Rows(TABLE), rule, time_zone="UTC", place="periods.csv")
    for number, (start, end, amount, *kind) in enumerate(rows, start=1):
        row = {
            "customer": "c1",
            "from": start,
            "to": end,
            "amount": str(amount),
            "kind": (kind or ["plan"])[0],
        }
        maker.event(row, number)
    return [short(msgspec.json.decode(line)) for _, line in maker.rest()]


def short(event: dict[str, Any]) -> tuple[str, ...]:
    data = event["data"]
    money = data.get("mrr") or data.get("new_mrr") or {}
    return (event["occurred_at"][:10], data.get("outcome", "agreed"), str(money.get("amount", "-")))


def test_a_period_that_another_one_follows_was_renewed_by_its_amount() -> None:
    rows = [(JAN, FEB, 10), (FEB, MAR, 10), (MAR, APR, 15), (APR, MAY, 5)]
    assert told(*rows, rule=Periods(known_until=date(2026, 4, 15))) == [
        (JAN, "agreed", "10.0"),
        (FEB, "renewed", "10.0"),
        (FEB, "agreed", "10.0"),
        (MAR, "expanded", "15.0"),
        (MAR, "agreed", "15.0"),
        (APR, "contracted", "5.0"),
        (APR, "agreed", "5.0"),
    ]


def test_a_period_that_none_follows_churned_unless_nobody_can_know_yet() -> None:
    churned = (FEB, "churned", "-")
    assert churned in told((JAN, FEB, 10), rule=Periods(known_until=date(2026, 2, 1)))
    assert churned not in told((JAN, FEB, 10), rule=Periods(known_until=date(2026, 1, 31)))


def test_without_a_day_all_is_known_until_the_last_period_of_the_file_began() -> None:
    assert told((JAN, FEB, 10), (MAR, APR, 10), rule=Periods())[-2:] == [
        (FEB, "churned", "-"),
        (MAR, "agreed", "10.0"),
    ]


def test_a_short_gap_may_count_as_a_renewal() -> None:
    rows = [(JAN, FEB, 10), ("2026-02-06", MAR, 10)]
    rule = Periods(grace_days=5, known_until=date(2026, 2, 20))
    assert (FEB, "renewed", "10.0") in told(*rows, rule=rule)
    rule = Periods(grace_days=4, known_until=date(2026, 2, 20))
    assert (FEB, "churned", "-") in told(*rows, rule=rule)


def test_add_ons_change_the_amount_and_decide_no_ending() -> None:
    rows = [(JAN, MAY, 10, "plan"), (FEB, MAR, 4, "add-on"), (MAY, "2026-06-01", 4, "add-on")]
    rule = Periods(known_until=date(2026, 6, 1), lead=Lead(column="kind", values=["plan"]))
    assert told(*rows, rule=rule) == [
        (JAN, "agreed", "10.0"),
        (FEB, "agreed", "14.0"),
        (MAR, "agreed", "10.0"),
        (MAY, "churned", "-"),
    ]


def test_loading_a_later_export_repeats_what_was_told_and_adds_the_rest() -> None:
    def ids(*rows: tuple[str, str, int]) -> set[str]:
        maker = PeriodRows(Rows(TABLE), Periods(), time_zone="UTC", place="periods.csv")
        for number, (start, end, amount) in enumerate(rows, start=1):
            maker.event({"customer": "c1", "from": start, "to": end, "amount": amount}, number)
        return {msgspec.json.decode(line)["id"] for _, line in maker.rest()}

    assert ids((JAN, FEB, 10)) < ids((JAN, FEB, 10), (FEB, MAR, 10))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"customer": "c1", "from": JAN}, "no renews_on"),
        ({"customer": "c1", "from": FEB, "to": JAN}, "before it has begun"),
        ({"customer": "c1", "from": "soon", "to": JAN}, "can't be read"),
    ],
)
def test_a_row_that_is_no_period_is_named(row: dict[str, str], said: str) -> None:
    maker = PeriodRows(Rows(TABLE), Periods(), time_zone="UTC", place="periods.csv")
    with pytest.raises(BadFile, match=f"periods.csv row 7: .*{said}"):
        maker.event(row, 7)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40), st.integers(0, 9), st.booleans()), max_size=8)
)
def test_terms_never_overlap_and_every_day_has_the_amount_of_the_rows_that_ran(
    drawn: list[tuple[int, int, int, bool]],
) -> None:
    first = date(2026, 1, 1)
    periods = [
        Period(
            start=first + timedelta(days=start),
            end=first + timedelta(days=start + length),
            amount=float(amount),
            leads=leads,
            event={},
        )
        for start, length, amount, leads in drawn
    ]
    found = terms(periods)
    for day in (first + timedelta(days=number) for number in range(100)):
        covering = [one for one in found if one.start <= day < one.end]
        assert len(covering) <= 1
        if covering:
            amount = [value for since, value in covering[0].amounts if since <= day][-1]
            assert amount == sum(one.amount for one in periods if one.start <= day < one.end)
