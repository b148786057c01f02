"""Wait for a condition instead of sleeping for a time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def eventually(probe: Callable[[], T], *, within: float = 15.0, every: float = 0.02, what: str = "") -> T:
    """Return the first truthy answer of ``probe``; fail with the last answer or error after ``within`` seconds.

    AssertionError and OSError raised by the probe count as "not yet".
    """
    deadline = time.monotonic() + within
    while True:
        last: object
        try:
            answer = probe()
        except (AssertionError, OSError) as error:
            last = error
        else:
            if answer:
                return answer
            last = answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {within} s: {what or probe}: last seen {last!r}")
        time.sleep(every)
