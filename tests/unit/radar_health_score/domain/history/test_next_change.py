"""An account wakes at the next date that was told of it, and no metric moves by a date before that."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from radar_health_score.domain.account.facts import AccountFacts, Closing, Contract, Invoice, Promise, Ticket
from radar_health_score.domain.account.override_acts import OverrideAct
from radar_health_score.domain.history.aging import seen_later
from radar_health_score.domain.history.next_change import day_after, earlier_of, next_change_at
from radar_health_score.domain.metrics.catalogue import CATALOGUE, measure
from radar_health_score.domain.workspace.workspace_days import WorkspaceDays
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings

NOW = datetime(2026, 11, 18, 12, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
UTC_DAYS = WorkspaceDays()
# What the calendar moves every day, whatever was told: it waits for the sweep.
DAILY = {"days_to_renewal", "tenure_days", "longest_overdue_days"}


def facts(**told: object) -> AccountFacts:
    return AccountFacts(account_id="acme", as_of=NOW, through=TODAY, **told)  # type: ignore[arg-type]


def at(day: date, zone: str = "UTC") -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def test_an_invoice_wakes_the_account_when_its_day_begins_and_when_it_is_late() -> None:
    due = TODAY + 3 * DAY
    told = facts(invoices=(Invoice(invoice_id="i", due_on=due),))
    first = next_change_at(told, UTC_DAYS)
    assert first == at(due)
    assert next_change_at(seen_later(told, first, due - DAY), UTC_DAYS) == at(due + DAY)
    assert next_change_at(seen_later(told, at(due + DAY), due), UTC_DAYS) is None


def test_days_are_the_workspaces() -> None:
    told = facts(promises=(Promise(promise_id="p", due_on=TODAY),))
    assert next_change_at(told, WorkspaceDays("Asia/Tokyo")) == at(TODAY + DAY, "Asia/Tokyo")


def test_the_earliest_of_all_dates_ahead_counts() -> None:
    later, sooner_, soonest = (TODAY + days * DAY for days in (20, 10, 5))
    told = facts(
        contracts=(
            Contract(contract_id="a", starts_on=TODAY - 400 * DAY, renews_on=later),
            Contract(contract_id="b", starts_on=sooner_, renews_on=sooner_ + 365 * DAY),
            Contract(contract_id="c", closing=Closing(on=soonest, outcome="churned")),
        )
    )
    assert next_change_at(told, UTC_DAYS) == at(soonest)


def test_moments_count_to_the_second() -> None:
    solved, expires = NOW + timedelta(hours=2), NOW + timedelta(hours=1)
    act = OverrideAct(
        number=1,
        known_at=NOW,
        valid_from=NOW,
        expires_at=expires,
        band="healthy",
        score=None,
        author="",
        reason="",
    )
    ticket = Ticket(ticket_id="t", status="open", solved_at=solved)
    assert next_change_at(facts(tickets=(ticket,)), UTC_DAYS) == solved
    assert next_change_at(facts(tickets=(ticket,), overrides=(act,)), UTC_DAYS) == expires


def test_where_nothing_lies_ahead_nothing_wakes_it() -> None:
    assert next_change_at(facts(), UTC_DAYS) is None
    assert next_change_at(facts(invoices=(Invoice(invoice_id="i", due_on=TODAY - DAY),)), UTC_DAYS) is None
    assert next_change_at(facts(promises=(Promise(promise_id="p", due_on=date.max),)), UTC_DAYS) is None


def test_of_two_moments_the_sooner_one_counts_if_there_is_any() -> None:
    assert earlier_of(None, None) is None
    assert earlier_of(NOW, None) == earlier_of(None, NOW) == earlier_of(NOW + DAY, NOW) == NOW


def test_use_of_a_later_day_is_seen_just_past_its_midnight() -> None:
    moment = day_after(TODAY.toordinal(), UTC_DAYS)
    assert UTC_DAYS.through(moment) == TODAY.toordinal() + 1
    assert UTC_DAYS.through(moment - timedelta(microseconds=1)) == TODAY.toordinal()


days_near = st.integers(-6, 12).map(lambda days: TODAY + days * DAY)
told_of = st.builds(
    facts,
    invoices=st.lists(
        st.builds(Invoice, invoice_id=st.just("i"), due_on=days_near, paid_on=st.none() | days_near),
        max_size=2,
    ).map(tuple),
    promises=st.lists(
        st.builds(
            Promise, promise_id=st.just("p"), due_on=st.none() | days_near, kept_on=st.none() | days_near
        ),
        max_size=2,
    ).map(tuple),
    contracts=st.lists(
        st.builds(
            Contract,
            contract_id=st.just("c"),
            starts_on=days_near,
            renews_on=st.none() | days_near,
            seats=st.integers(1, 9),
            closing=st.none()
            | st.builds(Closing, on=days_near, outcome=st.sampled_from(["churned", "renewed"])),
        ),
        max_size=2,
    ).map(tuple),
)


@given(told=told_of, hours=st.integers(1, 200))
def test_before_it_wakes_no_date_has_moved_a_metric(told: AccountFacts, hours: int) -> None:
    moment, workspace = NOW + timedelta(hours=hours), WorkspaceSettings()
    wakes = next_change_at(told, UTC_DAYS)
    if wakes is not None and wakes <= moment:
        moment = wakes - timedelta(seconds=1)
    later = seen_later(told, moment, date.fromordinal(UTC_DAYS.through(moment)))
    before, after = measure(told, workspace), measure(later, workspace)
    assert {name: after[name] for name in CATALOGUE.keys() - DAILY} == {
        name: before[name] for name in CATALOGUE.keys() - DAILY
    }
