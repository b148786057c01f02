"""What ingest stores, on both kinds of store: who belongs to which account, and what was parked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from radar_chassis.store.database import Database
from radar_chassis.store.migrate import migrate
from radar_ingest.repositories.dead_letters import DeadLetters, insert_dead_letters
from radar_ingest.repositories.memberships import Membership, Memberships
from radar_ingest.repositories.stored_dead_letters import DeadLetterFilter, StoredDeadLetter
from radar_vocabulary.answers.dead_letters import ReplayOutcome
from radar_vocabulary.contracts.dead_letter import DeadLetter, Source

NOW = datetime(2026, 6, 1, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.fixture
def database(store_url: str) -> Iterator[Database]:
    database = Database(store_url, schema="ingest")
    migrate(database, "radar_ingest.repositories.migrations")
    yield database
    database.dispose()


def member(user: str, account: str, *, days: int = 0) -> Membership:
    return Membership(user_id=user, account_id=account, since=NOW + timedelta(days=days))


def letter(name: str, **changes: Any) -> DeadLetter:
    values: dict[str, Any] = {
        "step": "score",
        "code": "odd",
        "reason": "No.",
        "at": NOW,
        "original": b"\0\xff",
    }
    return DeadLetter(id=name, **{**values, **changes})


def store(database: Database, *letters: DeadLetter) -> None:
    database.run(lambda connection: insert_dead_letters(connection, letters))


def names(found: Any) -> list[str]:
    return [one.letter.id for one in found]


def test_the_latest_membership_wins_whatever_order_they_come_in(database: Database) -> None:
    memberships = Memberships(database)
    memberships.remember([member("u", "first"), member("v", "other")])
    memberships.remember([member("u", "third", days=2)])
    memberships.remember([member("u", "second", days=1)])
    assert memberships.accounts_of(["u", "v", "nobody"]) == {"u": "third", "v": "other"}


def test_very_many_users_can_be_asked_for_at_once(database: Database) -> None:
    memberships = Memberships(database)
    memberships.remember([member(f"u{number}", "a") for number in range(1200)])
    assert len(memberships.accounts_of([f"u{number}" for number in range(2000)])) == 1200


def test_a_letter_comes_back_as_it_was(database: Database) -> None:
    letters = DeadLetters(database)
    source = Source(topic="radar.events.v1", partition=2, offset=2**40)
    kept = letter("l", key=b"acme", account_id="acme", event_id="e", source=source, replay="record")
    store(database, kept)
    assert letters.find(["l"]) == [StoredDeadLetter(letter=kept, state="parked")]


def test_a_letter_that_comes_again_changes_nothing(database: Database) -> None:
    letters = DeadLetters(database)
    store(database, letter("l"))
    letters.record([ReplayOutcome(id="l", state="replayed")], NOW)
    store(database, letter("l", reason="Another."), letter("m"))
    found = {one.letter.id: one for one in letters.find(["l", "m"])}
    assert (found["l"].state, found["l"].letter.reason, found["l"].replayed_at) == ("replayed", "No.", NOW)
    assert found["m"].state == "parked"


def test_pages_go_on_where_the_last_one_ended_though_times_are_equal(database: Database) -> None:
    letters = DeadLetters(database)
    store(database, *(letter(f"l{number}") for number in range(3)), letter("old", at=NOW - timedelta(days=1)))
    first = letters.page(DeadLetterFilter(), after=None, limit=2)
    last = first[-1].letter
    rest = letters.page(DeadLetterFilter(), after=(last.at, last.id), limit=9)
    assert [*names(first), *names(rest)] == ["l2", "l1", "l0", "old"]


def test_letters_are_chosen_by_step_code_and_state(database: Database) -> None:
    letters = DeadLetters(database)
    store(database, letter("a"), letter("b", step="alerts"), letter("c", code="even"))
    letters.record([ReplayOutcome(id="a", state="replayed")], NOW)
    assert names(letters.oldest(DeadLetterFilter(step="score"), limit=9)) == ["c", "a"]
    assert names(letters.oldest(DeadLetterFilter(code="odd", state="parked"), limit=9)) == ["b"]


def test_letters_that_stay_bad_do_not_hide_the_rest_from_a_replay(database: Database) -> None:
    letters = DeadLetters(database)
    store(database, letter("a"), letter("b"), letter("c"))
    letters.record([ReplayOutcome(id="a", state="parked", reason="Still no.")], NOW)
    assert names(letters.oldest(DeadLetterFilter(), limit=2)) == ["b", "c"]


def test_a_letter_no_database_would_take_is_made_to_fit(database: Database) -> None:
    store(database, letter("l" * 300, reason="a\0b" * 9_000, account_id="\0" * 500))
    [found] = DeadLetters(database).oldest(DeadLetterFilter(), limit=9)
    assert found.letter.reason.startswith("abab")


def test_letters_are_forgotten_by_their_age(database: Database) -> None:
    letters = DeadLetters(database)
    store(database, letter("old", at=NOW - timedelta(days=91)), letter("young", at=NOW - timedelta(days=89)))
    assert letters.forget(NOW - timedelta(days=90)) == 1
    assert names(letters.page(DeadLetterFilter(), after=None, limit=10)) == ["young"]
