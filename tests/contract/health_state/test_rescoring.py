"""Accounts that events touched are scored, whatever fails on the way; those that time aged are, too."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from radar_chassis.bus.port import BusUnavailable
from radar_health_score.service.scoring.scoring_loop import ScoringLoop
from tests.support.health_state import NOON, event, incoming, used
from tests.support.scoring_rig import ALL, HOUR, Rig, kept


@pytest.fixture
def rig(store_url: str) -> Iterator[Rig]:
    rig = Rig(store_url)
    yield rig
    rig.state.close()


def test_many_batches_of_one_account_are_scored_once(rig: Rig) -> None:
    for user in range(5):
        rig.state.fold(used("export", user=f"u{user}"))
    assert rig.rescoring.pending(ALL) == 1
    assert rig.rescoring.pending(ALL) == 0
    assert len(rig.topic.records) == 1
    assert kept(rig.topic.records[0]) == rig.latest()
    assert rig.topic.records[0].caused_by == NOON


def test_nothing_is_forgotten_while_the_log_is_away(rig: Rig) -> None:
    rig.state.fold(used("export"))
    rig.topic.away = True
    with pytest.raises(BusUnavailable):
        rig.rescoring.pending(ALL)
    assert rig.latest() is None
    rig.topic.away = False
    assert rig.rescoring.pending(ALL) == 1
    assert kept(rig.topic.records[-1]) == rig.latest()


def test_a_change_nobody_would_notice_is_shown_but_not_published(rig: Rig) -> None:
    rig.state.fold(used("export"))
    rig.rescoring.pending(ALL)
    rig.clock.advance(HOUR)
    rig.state.fold(event("account_updated", at=NOON + HOUR, traits={"plan": "gold"}))
    rig.rescoring.pending(ALL)
    latest = rig.latest()
    assert latest is not None
    assert latest.as_of == NOON + 2 * HOUR
    assert (len(rig.topic.records), rig.count("snapshots")) == (1, 1)


def test_only_accounts_of_our_partitions_are_scored(rig: Rig) -> None:
    rig.state.fold_incoming(
        [
            incoming(event(account="ours", user="u"), 0, partition=0),
            incoming(event(account="theirs", user="u"), 0, partition=1),
        ]
    )
    assert rig.rescoring.pending(frozenset({0})) == 1
    assert rig.rescoring.sweep(frozenset({0}), HOUR, 100) == 0
    assert rig.latest("theirs") is None
    assert rig.rescoring.pending(frozenset({1})) == 1


def test_a_sweep_scores_what_is_old_and_only_that(rig: Rig) -> None:
    rig.state.fold(event(account="a", user="u"), event(account="b", user="u"))
    rig.rescoring.pending(ALL)
    assert rig.rescoring.sweep(ALL, HOUR, 100) == 0
    rig.clock.advance(2 * HOUR)
    assert rig.rescoring.sweep(ALL, HOUR, 1) == 1
    assert rig.rescoring.sweep(ALL, HOUR, 100) == 1
    assert rig.rescoring.sweep(ALL, HOUR, 100) == 0


def test_silence_lowers_the_score(rig: Rig) -> None:
    for back in range(60):
        rig.state.fold(*(used("export", user=f"u{n}", at=NOON - back * 24 * HOUR) for n in range(3)))
    rig.rescoring.pending(ALL)
    before = rig.latest()
    rig.clock.advance(40 * 24 * HOUR)
    rig.rescoring.sweep(ALL, HOUR, 100)
    after = rig.latest()
    assert before is not None and after is not None  # noqa: PT018
    assert before.score is not None and after.score is not None  # noqa: PT018
    assert after.score < before.score - 10


def test_a_sender_whose_clock_runs_ahead_is_heard_at_once(rig: Rig) -> None:
    ahead = rig.clock.now() + timedelta(seconds=2)
    rig.state.fold(event("account_updated", at=ahead, name="Acme"))
    rig.rescoring.pending(ALL)
    latest = rig.latest()
    assert latest is not None
    assert (latest.account.name, latest.as_of) == ("Acme", ahead)
    rig.state.fold(event("account_updated", at=ahead - timedelta(seconds=1), region="DACH"))
    rig.rescoring.pending(ALL)
    again = rig.latest()
    assert again is not None
    assert (again.account.region, again.as_of) == ("DACH", ahead)


def test_the_loop_scores_events_first_and_then_what_time_aged(rig: Rig) -> None:
    def new_loop() -> ScoringLoop:
        return ScoringLoop(rig.rescoring, lambda: ALL, sweep_every=HOUR, sweep_accounts=10)

    rig.state.fold(used("export"))
    new_loop()()
    first = rig.latest()
    assert first is not None
    rig.clock.advance(2 * HOUR)
    new_loop()()
    second = rig.latest()
    assert second is not None
    assert (second.as_of, second.caused_by) == (first.as_of + 2 * HOUR, None)


def test_without_partitions_nothing_is_scored(rig: Rig) -> None:
    rig.state.fold(used("export"))
    loop = ScoringLoop(rig.rescoring, frozenset, sweep_every=HOUR, sweep_accounts=10)
    assert loop() > 0
    assert rig.latest() is None


def test_who_is_silent_is_scored_while_others_keep_sending(rig: Rig) -> None:
    rig.state.fold(event(account="silent", user="u"))
    rig.rescoring.pending(ALL)
    rig.clock.advance(2 * HOUR)
    rig.state.fold(used("export", account="busy"))
    ScoringLoop(rig.rescoring, lambda: ALL, sweep_every=HOUR, sweep_accounts=10)()
    silent = rig.latest("silent")
    assert silent is not None
    assert silent.as_of == rig.clock.now()


def test_where_rounds_take_longer_than_they_should_everybody_has_a_turn(rig: Rig) -> None:
    names = [f"account-{number}" for number in range(6)]
    for name in names:
        rig.state.fold(event(account=name, user="u"))
    seen = set()
    for _ in range(3):
        rig.clock.advance(HOUR)
        rig.rescoring.sweep(ALL, HOUR, 2)
        seen |= {name for name in names if rig.latest(name) is not None}
    assert seen == set(names)
