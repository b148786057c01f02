"""How long imported history waits for the rest of it."""

from datetime import timedelta

import pytest

from radar_health_score.repositories.score_records import PendingImport
from radar_health_score.service.state.import_delay import ImportDelay, is_history
from tests.support.health_state import NOON, event

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
SETTLING = ImportDelay(quiet=5 * SECOND, longest=60 * SECOND)


@pytest.mark.parametrize(
    ("first", "last", "over"), [(9, 4, False), (9, 5, True), (59, 0, False), (60, 0, True)]
)
def test_it_is_over_after_a_silence_and_after_the_longest_wait(first: int, last: int, *, over: bool) -> None:
    untold = PendingImport(NOON - first * SECOND, NOON - last * SECOND)
    assert SETTLING.is_over(untold, NOON) is over


def test_history_is_what_was_known_more_than_a_day_before_it_came() -> None:
    assert is_history(event(known=NOON, received=NOON + DAY + SECOND))
    assert not is_history(event(known=NOON, received=NOON + DAY))
    assert not is_history(event(at=NOON - 900 * DAY, known=NOON))  # told late, but only known now
