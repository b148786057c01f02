"""An account is scored again when a date that was told of it comes, not only when the sweep comes round."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from radar_health_score.domain.account.override_acts import OverrideAct
from radar_health_score.repositories.override_book import OverrideBook
from radar_vocabulary.contracts.health import HealthSnapshot
from tests.support.health_state import NOON, event, used
from tests.support.scoring_rig import ALL, HOUR, Rig

DAY = timedelta(days=1)
MIDNIGHT = NOON + 12 * HOUR
# No account grows so old in these tests that the sweep would come round to it.
NEVER = timedelta(days=1_000)


@pytest.fixture
def rig(store_url: str) -> Iterator[Rig]:
    rig = Rig(store_url)
    yield rig
    rig.state.close()


def woken(rig: Rig) -> int:
    return rig.rescoring.sweep(ALL, NEVER, 100)


def latest(rig: Rig) -> HealthSnapshot:
    found = rig.latest()
    assert found is not None
    return found


def test_an_invoice_that_falls_due_is_seen_when_its_day_is_over(rig: Rig) -> None:
    rig.state.fold(
        event("invoice_updated", invoice_id="i", due_on=str(NOON.date())), event(account="other", user="u")
    )
    rig.rescoring.pending(ALL)
    before = latest(rig)
    rig.clock.set(MIDNIGHT - timedelta(seconds=1))
    assert woken(rig) == 0
    rig.clock.set(MIDNIGHT)
    assert woken(rig) == 1
    assert woken(rig) == 0
    assert latest(rig).as_of == MIDNIGHT
    assert latest(rig) != before


def test_a_contract_is_looked_at_on_its_first_day_and_on_the_day_it_renews(rig: Rig) -> None:
    starts, renews = NOON.date() + 2 * DAY, NOON.date() + 30 * DAY
    rig.state.fold(
        event("contract_updated", contract_id="c", starts_on=str(starts), renews_on=str(renews), seats=3)
    )
    rig.rescoring.pending(ALL)
    scored = set()
    for hour in range(24 * 40):
        rig.clock.set(NOON + hour * HOUR)
        if woken(rig):
            scored.add((rig.clock.now() - MIDNIGHT) // DAY)
    # The midnight that begins each of the days, and the one that ends it.
    assert scored == {1, 2, 29, 30}


def test_what_is_told_of_tomorrow_counts_from_tomorrow_on(rig: Rig) -> None:
    tomorrow = NOON + 20 * HOUR
    rig.state.fold(
        event("account_updated", name="Acme"),
        event("account_updated", at=tomorrow, known=NOON, name="Acme & Sons"),
        used("report", at=NOON + 3 * DAY, known=NOON),
    )
    rig.rescoring.pending(ALL)
    assert latest(rig).account.name == "Acme"
    rig.clock.set(tomorrow)
    assert woken(rig) == 1
    assert latest(rig).account.name == "Acme & Sons"
    assert latest(rig).freshness.last_event_at is None
    rig.clock.set(NOON + 3 * DAY)
    assert woken(rig) == 1
    assert latest(rig).freshness.last_event_at is not None


def test_only_accounts_of_our_partitions_wake(rig: Rig) -> None:
    rig.state.fold(event("invoice_updated", invoice_id="i", due_on=str(NOON.date())))
    rig.rescoring.pending(ALL)
    rig.clock.set(MIDNIGHT)
    assert rig.rescoring.sweep(frozenset({1}), NEVER, 100) == 0
    assert rig.rescoring.sweep(frozenset({0}), NEVER, 100) == 1


def test_an_override_set_by_a_clock_ahead_of_ours_is_seen_once_its_moment_has_come(rig: Rig) -> None:
    ahead = rig.clock.now() + timedelta(seconds=8)
    act = OverrideAct(
        number=1,
        known_at=ahead,
        valid_from=ahead,
        expires_at=ahead + 5 * DAY,
        band="healthy",
        score=None,
        author="ann",
        reason="we talked",
    )
    rig.state.fold(used("report"))
    rig.state.database.run(lambda connection: OverrideBook().add(connection, 1, act))
    rig.rescoring.pending(ALL)
    assert latest(rig).override is None
    rig.clock.set(ahead)
    assert woken(rig) == 1
    assert latest(rig).override is not None
