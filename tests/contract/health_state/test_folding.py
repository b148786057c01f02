"""Events become state, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from radar_chassis.worker.handler import Decoded
from radar_health_score.domain.account.facts import LOGIN, SESSION
from radar_health_score.service.state.events import read_event
from radar_vocabulary.contracts.scalars import Money
from tests.support.comparable import comparable
from tests.support.health_state import NOON, State, event, incoming, used

DAY = timedelta(days=1)
TONIGHT = datetime(2026, 11, 19, tzinfo=UTC)


@pytest.fixture
def state(store_url: str) -> Iterator[State]:
    state = State(store_url)
    yield state
    state.close()


def test_use_is_counted_per_day_feature_and_user(state: State) -> None:
    state.fold(
        event("login", user="ann"),
        used("export", user="ann", count=3, seconds=1.5),
        used("export", user="bob", seconds=0.25),
        event("session_ended", user="bob", seconds=60),
        used("export", user=None),
    )
    (day,) = state.facts(TONIGHT).usage
    assert day.day == NOON.date()
    assert {name: use.uses for name, use in day.features.items()} == {LOGIN: 1, "export": 5, SESSION: 1}
    assert day.features["export"].seconds == 1.75
    assert len(day.features["export"].users) == 2
    assert sorted(day.uses_by_user.values()) == [2, 2]


def test_batches_add_up(state: State) -> None:
    for hour in range(3):
        state.fold(used("export", user=f"u{hour}", at=NOON + timedelta(hours=hour)))
    (day,) = state.facts(TONIGHT).usage
    assert day.features["export"].uses == 3
    assert len(day.users) == 3


def test_an_event_counts_once_however_often_it_comes(state: State) -> None:
    again = used("export")
    state.fold(again, again)
    state.fold(again, used("export"))
    state.fold(again, logged=NOON + 7 * DAY)
    assert state.facts(TONIGHT).usage[0].features["export"].uses == 2


def test_the_same_id_of_another_account_is_another_event(state: State) -> None:
    state.fold(event(account="a", event_id="1", user="x"), event(account="b", event_id="1", user="x"))
    for account in ("a", "b"):
        assert state.facts(TONIGHT, account).usage[0].features[LOGIN].uses == 1


def test_a_new_process_goes_on_where_the_old_one_stopped(state: State, store_url: str) -> None:
    state.fold(used("export", user="ann"), used("import", user="bob"))
    other = State(store_url)
    other.fold(used("report", user="bob"), used("export", user="cleo"))
    facts = other.facts(TONIGHT)
    other.close()
    assert [person.number for person in facts.people] == [0, 1, 2]
    assert set(facts.usage[0].features) == {"export", "import", "report"}
    assert len(facts.usage[0].features["export"].users) == 2


def test_a_roll_back_leaves_nothing_behind_once_discarded(state: State) -> None:
    record = incoming(used("export", user="ghost"), 0)
    with pytest.raises(ZeroDivisionError), state.database.transaction() as connection:
        state.folder.fold(connection, [Decoded(record, read_event(record))])
        raise ZeroDivisionError
    state.folder.discard([record.partition])
    state.fold(used("import", user="ann"))
    facts = state.facts(TONIGHT)
    assert [person.user_id for person in facts.people] == ["ann"]
    assert list(facts.usage[0].features) == ["import"]


def test_days_are_cut_in_the_workspace_zone(store_url: str) -> None:
    state = State(store_url, zone="America/Los_Angeles")
    state.fold(used("export", at=datetime(2026, 11, 19, 7, 59, tzinfo=UTC)))
    facts = state.facts(datetime(2026, 11, 19, 8, 0, tzinfo=UTC))
    state.close()
    assert facts.usage[0].day == facts.through == date(2026, 11, 18)


def test_an_older_update_fills_history_and_does_not_overwrite(state: State) -> None:
    state.fold(event("account_updated", name="Acme", region="DACH"))
    state.fold(event("account_updated", at=NOON - DAY, known=NOON, name="Acne", industry="Retail"))
    profile = state.facts(TONIGHT).profile
    assert (profile.name, profile.region, profile.industry) == ("Acme", "DACH", "Retail")


def test_null_clears_and_silence_keeps(state: State) -> None:
    state.fold(event("account_updated", name="Acme", region="DACH"))
    state.fold(event("account_updated", at=NOON + timedelta(hours=1), region=None))
    profile = state.facts(TONIGHT).profile
    assert (profile.name, profile.region) == ("Acme", None)


def test_what_became_known_later_is_not_seen_earlier(state: State) -> None:
    state.fold(used("export", user="ann"))
    state.fold(used("export", user="bob", known=NOON + 3 * DAY))
    state.fold(event("account_updated", known=NOON + 3 * DAY, name="Acme"))
    then, now = state.facts(TONIGHT), state.facts(TONIGHT + 4 * DAY)
    assert (then.usage[0].features["export"].uses, then.profile.name) == (1, None)
    assert [person.user_id for person in then.people] == ["ann"]
    assert (now.usage[0].features["export"].uses, now.profile.name) == (2, "Acme")


def test_a_moment_inside_a_day_sees_that_day_so_far(state: State) -> None:
    state.fold(used("export"))
    assert len(state.facts(NOON + timedelta(hours=1)).usage) == 1


def test_a_contract_has_one_entry_per_term(state: State) -> None:
    def term(start: date, end: date, seats: int) -> None:
        state.fold(
            event(
                "contract_updated",
                at=datetime(start.year, start.month, start.day, tzinfo=UTC),
                contract_id="c1",
                starts_on=start,
                renews_on=end,
                seats=seats,
                mrr={"amount": 10.0 * seats, "currency": "EUR"},
            )
        )

    term(date(2025, 1, 1), date(2026, 1, 1), 5)
    state.fold(
        event(
            "contract_closed",
            at=datetime(2026, 1, 1, tzinfo=UTC),
            contract_id="c1",
            outcome="expanded",
            on="2026-01-01",
        )
    )
    term(date(2026, 1, 1), date(2027, 1, 1), 8)
    ended, present = state.facts(TONIGHT).contracts
    assert ended.closing is not None
    assert (ended.closing.outcome, ended.seats, ended.renews_on) == ("expanded", 5, date(2026, 1, 1))
    assert (present.closing, present.seats, present.mrr) == (None, 8, Money(amount=80.0, currency="EUR"))


def test_a_contract_that_churned_is_closed_even_before_its_date(state: State) -> None:
    state.fold(event("contract_updated", at=NOON - 90 * DAY, contract_id="c1", renews_on="2027-01-01"))
    state.fold(event("contract_closed", contract_id="c1", outcome="churned", on=NOON.date()))
    (contract,) = state.facts(TONIGHT).contracts
    assert contract.closing is not None
    assert contract.closing.outcome == "churned"


def test_an_account_asleep_for_longer_than_the_window_still_knows_when_it_was_last_seen(state: State) -> None:
    state.fold(used("export", user="ann"), event("account_updated", name="Acme"))
    later = TONIGHT + 200 * DAY
    facts = state.facts(later)
    assert (facts.usage, facts.last_event_at, facts.people[0].last_day) == ((), NOON, NOON.date())
    assert comparable(facts) | {"usage": []} == comparable(state.facts_from_history(later))


def test_every_kind_of_signal_reaches_the_facts(state: State) -> None:
    state.fold(
        event("user_updated", user="dora", role="decision_maker", name="Dora"),
        event("ticket_updated", ticket_id="t1", status="open", severity="high", complaint=True),
        event("ticket_updated", at=NOON + timedelta(hours=1), ticket_id="t1", status="solved", severity=None),
        event("survey_answered", kind="nps", score=9),
        event("invoice_updated", invoice_id="i1", due_on="2026-11-01"),
        event("milestone_reached", name="live"),
        event("request_updated", request_id="r1", kind="blocks_use"),
        event("promise_updated", promise_id="p1", due_on="2026-12-01"),
        event("incident_updated", incident_id="x1", severity="critical", started_at=NOON),
    )
    facts = state.facts(TONIGHT)
    assert (facts.people[0].role, facts.people[0].name, facts.people[0].first_day) == (
        "decision_maker",
        "Dora",
        None,
    )
    assert (facts.tickets[0].status, facts.tickets[0].severity, facts.tickets[0].complaint) == (
        "solved",
        "normal",
        True,
    )
    assert (facts.surveys[0].score, facts.invoices[0].due_on) == (9, date(2026, 11, 1))
    assert facts.milestones == ("live",)
    assert (facts.requests[0].kind, facts.promises[0].due_on) == ("blocks_use", date(2026, 12, 1))
    assert (facts.incidents[0].severity, facts.incidents[0].started_at) == ("critical", NOON)
