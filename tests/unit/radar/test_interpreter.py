"""The collector is called less often once a process is set up."""

import gc
from collections.abc import Iterator

import pytest

from radar.interpreter import tune_garbage_collection


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    thresholds = gc.get_threshold()
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()


def test_what_was_made_at_start_is_set_aside_and_the_rest_is_collected_less_often() -> None:
    before = gc.get_threshold()[0]

    tune_garbage_collection()

    assert gc.get_freeze_count() > 0
    assert gc.get_threshold()[0] > 10 * before
    assert gc.isenabled(), "cycles are still found"
