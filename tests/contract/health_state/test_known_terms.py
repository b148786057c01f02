"""A contract of many years isn't read anew at each score, and a score is the same as if it were."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from radar_health_score.service.state import known_terms
from radar_health_score.service.state.inactive_users_cache import InactiveUsersCache
from tests.support.comparable import comparable
from tests.support.health_state import NOON, State, event


@pytest.fixture
def state(store_url: str) -> Iterator[State]:
    made = State(store_url)
    yield made
    made.close()


def test_whatever_is_told_of_contracts_is_seen_at_the_next_score(
    state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_terms, "WORTH_IT", 2)
    gone, chance, recalled = InactiveUsersCache(), random.Random(5), 0
    brief, begun = state.reader.counting(gone), date(2020, 1, 1)
    for number in range(40):
        on = begun + timedelta(days=30 * number)
        contract = f"c{chance.randrange(2)}"
        terms = {"starts_on": str(on), "renews_on": str(on + timedelta(days=30))}
        price = {"amount": chance.randrange(3), "currency": "EUR"}
        if chance.random() < 0.7:
            state.fold(event("contract_updated", contract_id=contract, mrr=price, **terms))
        else:
            outcome = chance.choice(["renewed", "churned"])
            state.fold(event("contract_closed", contract_id=contract, outcome=outcome, on=str(on)))
        for _ in range(2):
            with state.database.reading() as connection:
                (known,) = brief.read_now(connection, [1], NOON + timedelta(hours=1))
            assert known.facts.contracts == state.facts(NOON + timedelta(hours=1)).contracts
            assert comparable(known.facts) == comparable(state.facts(known.facts.as_of))
        recalled += any(gone.terms._known)
    assert recalled > 30


def test_what_is_remembered_is_bounded() -> None:
    terms = known_terms.KnownTerms(most=25)
    for account_no in range(5):
        terms.remember(account_no, b"told", 10, ())
    assert [no for no in range(5) if terms.of(no, b"told") is not None] == [3, 4]
    assert terms.of(4, b"told otherwise") is None
