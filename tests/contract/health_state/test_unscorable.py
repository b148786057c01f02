"""An account whose stored facts can't be read or scored costs itself alone, is remembered, and is tried again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.repositories.health_lists import HealthLists
from radar_health_score.repositories.list_records import AccountFilter
from radar_health_score.repositories.unscorable_accounts import Unscorable, UnscorableAccounts
from radar_health_score.service.scoring.scorer import ScorecardScorer
from radar_health_score.service.scoring.unscorable import LONGEST_WAIT
from radar_vocabulary.contracts.health import HealthSnapshot
from tests.support.health_state import NOON, event, used
from tests.support.scoring_rig import ALL, CONFIGURATION, HOUR, Rig, kept

MINUTE = timedelta(minutes=1)
GOOD = ("first", "third", "last")


@pytest.fixture
def rig(store_url: str) -> Iterator[Rig]:
    rig = Rig(store_url)
    rig.state.fold(*(used("export", account=one) for one in (*GOOD, "odd")))
    rig.state.fold(
        *(event("ticket_updated", account=one, ticket_id="t", status="open") for one in (*GOOD, "odd"))
    )
    yield rig
    rig.state.close()


def spoil(rig: Rig, state: str = '{"status": ["lost"', account: str = "odd") -> None:
    """Write something into a stored fact that nobody can read, as a fault of an earlier release would."""
    write = text(
        "UPDATE entities SET state = :state WHERE kind = 'ticket' AND account_no ="
        " (SELECT account_no FROM accounts WHERE account_id = :account)"
    )
    rig.state.database.run(lambda connection: connection.execute(write, {"state": state, "account": account}))


def unscorable(rig: Rig) -> dict[str, Unscorable]:
    with rig.state.database.reading() as connection:
        rows = {name: rig.state.reader.find(connection, name) for name in (*GOOD, "odd")}
        known = UnscorableAccounts().among(connection, [row.account_no for row in rows.values() if row])
    return {name: known[row.account_no] for name, row in rows.items() if row and row.account_no in known}


class Refusing(ScorecardScorer):
    """Fails at an account that has been used, as long as nobody has told its name."""

    def snapshots(self, many: Sequence[AccountFacts]) -> list[HealthSnapshot]:
        if any(one.account_id == "odd" and one.usage and one.profile.name is None for one in many):
            raise OverflowError("date value out of range")
        return super().snapshots(many)


@pytest.mark.parametrize("fault", ["reading", "scoring"])
def test_it_keeps_no_other_waiting_and_is_remembered_with_the_reason(rig: Rig, fault: str) -> None:
    rescoring = rig.rescoring
    if fault == "reading":
        spoil(rig)
    else:
        rescoring = replace(rescoring, scorer=Refusing(CONFIGURATION))
    assert rescoring.pending(ALL) == 4
    assert {one.account_id for one in rig.topic.records} == set(GOOD)
    [(name, found)] = unscorable(rig).items()
    assert (name, found.since, found.tries, found.retry_at) == ("odd", NOON + HOUR, 1, NOON + HOUR + MINUTE)
    kind = "DecodeError" if fault == "reading" else "OverflowError"
    assert found.error.startswith(f"{kind}: ")


def test_it_is_listed_without_a_score_and_is_published_to_nobody(rig: Rig) -> None:
    spoil(rig)
    rig.rescoring.pending(ALL)
    with rig.state.database.reading() as connection:
        listed = HealthLists().accounts(connection, AccountFilter(q="odd"), "name", None, 10)
    [(_, snapshot)] = listed
    assert (snapshot.account_id, snapshot.score, snapshot.band) == ("odd", None, "unknown")
    assert "odd" not in {one.account_id for one in rig.topic.records}


def test_the_score_it_had_stays_in_the_list(rig: Rig) -> None:
    rig.rescoring.pending(ALL)
    before = rig.latest("odd")
    spoil(rig)
    rig.clock.advance(2 * HOUR)
    assert rig.rescoring.sweep(ALL, HOUR, 100) == 4
    assert rig.latest("odd") == before
    assert unscorable(rig).keys() == {"odd"}


def test_it_is_tried_again_at_growing_intervals_and_not_by_the_sweep(rig: Rig) -> None:
    spoil(rig)
    rig.rescoring.pending(ALL)
    waits = []
    for _ in range(12):
        found = unscorable(rig)["odd"]
        rig.clock.set(found.retry_at - timedelta(seconds=1))
        assert rig.rescoring.sweep(ALL, timedelta(days=365), 100) == 0
        rig.clock.set(found.retry_at)
        assert rig.rescoring.sweep(ALL, timedelta(days=365), 100) == 1
        waits.append(unscorable(rig)["odd"].retry_at - rig.clock.now())
    assert waits[:4] == [2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 16 * MINUTE]
    assert waits[-1] == LONGEST_WAIT
    assert unscorable(rig)["odd"].since == NOON + HOUR


def test_new_facts_are_tried_at_once_and_what_can_be_scored_is_no_longer_remembered(rig: Rig) -> None:
    rescoring = replace(rig.rescoring, scorer=Refusing(CONFIGURATION))
    rescoring.pending(ALL)
    rig.clock.advance(MINUTE / 2)
    rig.state.fold(event(account="odd", user="u"))
    assert rescoring.pending(ALL) == 1
    assert unscorable(rig)["odd"].tries == 2
    rig.state.fold(event("account_updated", account="odd", at=rig.clock.now(), name="Odd"))
    assert rescoring.pending(ALL) == 1
    assert unscorable(rig) == {}
    scored = rig.latest("odd")
    assert scored is not None
    assert (scored.account.name, scored.score is None) == ("Odd", False)
    assert kept(rig.topic.records[-1]) == scored


def test_many_of_them_cost_each_only_itself(rig: Rig) -> None:
    names = [f"bad-{number}" for number in range(300)]
    rig.state.fold(*(event("ticket_updated", account=one, ticket_id="t", status="open") for one in names))
    for name in names:
        spoil(rig, account=name)
    while rig.rescoring.pending(ALL):
        pass
    assert {one.account_id for one in rig.topic.records} == {*GOOD, "odd"}
    with rig.state.database.reading() as connection:
        assert UnscorableAccounts().count(connection, ALL) == 300
        assert UnscorableAccounts().count(connection, {7}) == 0
