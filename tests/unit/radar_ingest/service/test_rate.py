"""A rate per key."""

import pytest

from radar_chassis.errors import RateLimited
from radar_ingest.service.rate import Rate


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_large_batch_is_taken_and_paid_off_over_time() -> None:
    watch = Watch()
    rate = Rate(10, watch)
    rate.take("k", 100)
    with pytest.raises(RateLimited) as refusal:
        rate.take("k", 1)
    assert refusal.value.retry_after is not None
    watch.now += refusal.value.retry_after
    rate.take("k", 1)


def test_a_steady_sender_at_the_rate_is_never_refused() -> None:
    watch = Watch()
    rate = Rate(10, watch)
    for _ in range(100):
        rate.take("k", 10)
        watch.now += 1


def test_one_key_does_not_pay_for_another() -> None:
    rate = Rate(1, Watch())
    rate.take("a", 100)
    rate.take("b", 1)


def test_without_a_rate_nothing_is_refused() -> None:
    rate = Rate(None, Watch())
    for _ in range(100):
        rate.take("k", 10_000)
