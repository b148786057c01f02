"""What pages show, from what the APIs answer."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from radar.console.views.account import as_of, history_chart
from radar.console.views.alerts import alert_cards
from radar.console.views.people import people_list
from radar.console.views.portfolio import Filters, overview
from radar.console.views.reasons import reasons
from radar_vocabulary.answers.accounts import PortfolioTotals
from radar_vocabulary.answers.alerts import AlertLine
from radar_vocabulary.answers.health_history import HealthPoint
from radar_vocabulary.answers.people import PeoplePage
from radar_vocabulary.answers.renewals import RenewalTotals
from radar_vocabulary.contracts.health import Driver
from radar_vocabulary.contracts.scalars import Money
from tests.support.health import DRIVERS, snapshot
from tests.support.samples import sample

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 21, 14, 5, tzinfo=BERLIN)
TODAY = NOW.date()


def many_drivers(count: int) -> tuple[Driver, ...]:
    return tuple(
        Driver(
            metric=f"m{at}",
            dimension="users",
            value=1,
            unit="days",
            points=(-1) ** at * (at + 1) / 7,
            text=f"Reason {at}",
        )
        for at in range(count)
    )


@pytest.mark.parametrize("every", [False, True])
def test_reasons_add_up_from_neutral_to_the_score_however_many_are_shown(*, every: bool) -> None:
    drivers = many_drivers(30)
    score = 60 + sum(driver.points for driver in drivers)
    shown = reasons(snapshot(score, drivers=drivers), every=every)
    assert shown is not None
    assert shown.neutral + shown.total == pytest.approx(shown.score)
    assert sum(row.points for row in shown.rows) + shown.rest_points == pytest.approx(shown.total)
    assert len(shown.rows) + shown.rest_count == 30
    assert (shown.rest_count == 0) is every


def test_the_weightiest_reason_comes_first() -> None:
    shown = reasons(snapshot(43.0, drivers=DRIVERS[::-1]))
    assert shown is not None
    assert shown.rows[0].text == "Usage down 34% vs the previous 4 weeks"


def test_without_a_score_there_is_nothing_to_explain() -> None:
    assert reasons(snapshot(None)) is None


def test_a_past_day_looks_back() -> None:
    assert as_of("2026-10-25", TODAY).past == date(2026, 10, 25)


@pytest.mark.parametrize("asked", ["", "2026-11-21", "2027-01-01", "yesterday", "0001-01-01"])
def test_anything_but_a_past_day_means_now(asked: str) -> None:
    at = as_of(asked, TODAY)
    assert (at.day, at.past) == (TODAY, None)


def test_history_covers_ninety_days_at_most_and_two_weeks_at_least() -> None:
    point = sample(HealthPoint, day=TODAY, as_of=NOW, score=50.0, band="watch")
    chart = history_chart([point], as_of("", TODAY), None)
    assert chart is not None
    assert len(chart.wide.dots) == 1
    assert chart.wide.columns[0].text == "9 Nov"
    assert history_chart([], as_of("", TODAY), None) is None


def test_unknown_filters_are_dropped_and_the_rest_goes_into_the_address() -> None:
    filters = Filters.read(
        {
            "segment": "huge",
            "standing": "fiend",
            "band": "at_risk",
            "sort": "score; drop",
            "q": " acme ",
            "cursor": "abc",
        }
    )
    assert filters.but() == {"band": "at_risk", "q": "acme"}
    assert filters.but(cursor="next") == {"band": "at_risk", "q": "acme", "cursor": "next"}


def test_a_second_click_on_a_heading_turns_the_order_round() -> None:
    filters = Filters.read({"sort": "score"})
    assert (filters.direction("health"), filters.next_sort("health")) == ("ascending", "-score")
    assert (filters.direction("arr"), filters.next_sort("arr")) == ("none", "-arr")


def test_a_share_at_risk_is_only_given_where_there_is_one_currency() -> None:
    def share(*arr: Money) -> float | None:
        at_risk = [Money(amount=25, currency="EUR")]
        totals = sample(PortfolioTotals, accounts=2, arr=arr, arr_at_risk=at_risk)
        return overview(totals, sample(RenewalTotals)).at_risk_share

    assert share(Money(amount=100, currency="EUR")) == 0.25
    assert share(Money(amount=100, currency="EUR"), Money(amount=1, currency="USD")) is None


def test_people_are_grouped_by_role_and_who_left_is_left_out() -> None:
    people = sample(
        PeoplePage,
        items=[
            {"user_id": "e1", "role": "executor", "last_active_on": TODAY},
            {"user_id": "d1", "role": "decision_maker", "last_active_on": TODAY - timedelta(days=20)},
            {"user_id": "d2", "role": "decision_maker", "left_at": NOW},
            {"user_id": "x"},
        ],
    )
    shown = people_list(people, TODAY)
    assert [(group.title, group.active, group.count) for group in shown.groups] == [
        ("Decision makers", 0, 1),
        ("Executors", 1, 1),
        ("Role unknown", 0, 1),
    ]
    assert shown.groups[0].people[0].last_seen == "20 days ago"


def test_alerts_that_wait_come_before_those_somebody_has() -> None:
    def alert(state: str, risk: float) -> AlertLine:
        money = Money(amount=risk, currency="EUR")
        return sample(
            AlertLine,
            alert_id=f"{state}{risk}",
            account_id="a",
            state=state,
            arr_at_risk=money,
            renews_on=date(2026, 12, 1),
        )

    alerts = [alert("snoozed", 9), alert("open", 1), alert("resolved", 5), alert("open", 2)]
    cards = alert_cards(alerts, TODAY, BERLIN)
    assert [card.alert.alert_id for card in cards] == ["open2", "open1", "snoozed9", "resolved5"]
    assert cards[0].days == 10
