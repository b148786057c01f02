"""Lets a company live on: its events go out as their moment comes."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from radar.simulator.company import Company
from radar.simulator.native import NativeEvent

EVERY: Final = 5.0


def live(
    company: Company,
    since: datetime,
    send: Callable[[list[NativeEvent]], None],
    *,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    wait: Callable[[float], object] = time.sleep,
) -> None:
    """Hand to ``send`` what happens from ``since`` on, every few seconds, until interrupted."""
    while True:
        moment = now()
        if events := company.between(since, moment):
            send(events)
        since = moment
        wait(EVERY)
