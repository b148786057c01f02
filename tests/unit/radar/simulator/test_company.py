"""The made-up company is the same company every time, and its customers live as their stories say."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest

from radar.simulator.batches import batches
from radar.simulator.company import Company
from radar.simulator.native import NativeEvent, ndjson
from radar.simulator.stories import STORIES
from radar_vocabulary.contracts.event_record import decode_data

ANCHOR = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)


@pytest.fixture(scope="module")
def company() -> Company:
    return Company(anchor=ANCHOR)


@pytest.fixture(scope="module")
def events(company: Company) -> list[NativeEvent]:
    return [event for account in company.history(NOW) for event in account]


def of_story(company: Company, name: str) -> set[str]:
    return {account.account_id for account in company.customers if account.story.name == name}


def uses(events: list[NativeEvent], accounts: set[str], first: int, last: int) -> int:
    since, until = NOW - timedelta(days=first), NOW - timedelta(days=last)
    return sum(
        1
        for event in events
        if event.account_id in accounts
        and event.type == "feature_used"
        and since < event.occurred_at <= until
    )


def test_the_same_arguments_tell_the_same_story(events: list[NativeEvent]) -> None:
    again = [event for account in Company(anchor=ANCHOR).history(NOW) for event in account]
    assert ndjson(again) == ndjson(events)


def test_another_seed_tells_another_story(events: list[NativeEvent]) -> None:
    other = [event for account in Company(anchor=ANCHOR, seed=2).history(NOW) for event in account]
    assert not {event.id for event in other} & {event.id for event in events}


def test_no_id_comes_twice(events: list[NativeEvent]) -> None:
    assert len({event.id for event in events}) == len(events)


def test_every_event_fits_the_contract(events: list[NativeEvent]) -> None:
    for event in events:
        decode_data(event.type, msgspec.json.encode(event.data))
        assert event.occurred_at < NOW


def test_the_sample_is_small_enough_to_load_at_a_start(events: list[NativeEvent]) -> None:
    assert 30_000 <= len(events) <= 60_000
    assert len({event.account_id for event in events}) == 60


def test_told_in_two_parts_it_is_the_same_as_told_at_once(
    company: Company, events: list[NativeEvent]
) -> None:
    yesterday = NOW - timedelta(days=1, hours=3)
    early = [event for account in company.history(yesterday) for event in account]
    late = company.between(yesterday, NOW)
    assert late
    assert sorted(event.id for event in early + late) == sorted(event.id for event in events)


def test_it_lives_on_after_its_anchor(company: Company) -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    day = company.between(monday, monday + timedelta(days=1))
    assert {event.type for event in day} >= {"login", "feature_used"}
    assert [event.occurred_at for event in day] == sorted(event.occurred_at for event in day)


def test_more_customers_leave_the_first_ones_as_they_are() -> None:
    few, many = Company(accounts=20, anchor=ANCHOR), Company(accounts=200, anchor=ANCHOR)
    assert many.customers[:20] == few.customers
    assert len({account.account_id for account in many.customers}) == 200


def test_every_story_and_every_segment_is_there(company: Company) -> None:
    assert {account.story.name for account in company.customers} == {story.name for story in STORIES}
    assert {account.segment for account in company.customers} == {"key", "mid", "long_tail"}
    assert any(a.segment == "key" and a.story.name == "declining" for a in company.customers)


def test_declining_customers_use_less_and_less(company: Company, events: list[NativeEvent]) -> None:
    accounts = of_story(company, "declining")
    assert (
        uses(events, accounts, 28, 0) < 0.4 * uses(events, accounts, 56, 28) < uses(events, accounts, 118, 90)
    )


def test_growing_customers_use_more(company: Company, events: list[NativeEvent]) -> None:
    accounts = of_story(company, "growing")
    assert uses(events, accounts, 28, 0) > 1.2 * uses(events, accounts, 112, 84)


def test_a_decision_maker_who_is_gone_does_nothing_any_more(
    company: Company, events: list[NativeEvent]
) -> None:
    gone = {
        person.user_id
        for account in company.customers
        if account.story.name == "decision_maker_gone"
        for person in account.people
        if person.role == "decision_maker"
    }
    active = {event.user_id for event in events if event.occurred_at > NOW - timedelta(days=44)}
    assert gone
    assert not gone & active


def test_who_never_activates_never_touches_a_key_feature(company: Company, events: list[NativeEvent]) -> None:
    accounts = of_story(company, "never_activated")
    features = {
        event.data["feature"]
        for event in events
        if event.account_id in accounts and event.type == "feature_used"
    }
    assert features == {"dashboard.view", "search"}


def test_renewals_have_a_history(events: list[NativeEvent]) -> None:
    closings = [event for event in events if event.type == "contract_closed"]
    assert {event.data["outcome"] for event in closings} >= {"renewed", "expanded", "churned"}
    assert min(event.occurred_at for event in closings) < NOW - timedelta(days=300)


def test_history_is_told_account_by_account_in_order_of_time(company: Company) -> None:
    told = list(company.history(NOW))
    assert [{event.account_id for event in account} for account in told] == [
        {account.account_id} for account in company.customers
    ]
    for account in told:
        assert account == sorted(account, key=lambda event: event.occurred_at)
        assert account[0].type == "account_updated"


def test_requests_hold_whole_accounts_where_they_fit() -> None:
    def account(name: str, size: int) -> list[NativeEvent]:
        return [
            NativeEvent(id=f"{name}{n}", type="login", account_id=name, occurred_at=NOW, data={})
            for n in range(size)
        ]

    told = [account("a", 3), account("b", 2), account("c", 12), account("d", 1)]
    cut = list(batches(told, most=5))
    assert [len(batch) for batch in cut] == [5, 5, 5, 3]
    assert {event.account_id for event in cut[0]} == {"a", "b"}
    assert [event for batch in cut for event in batch] == [event for one in told for event in one]
