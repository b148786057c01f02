"""What notifiers may use, where a test needs none of it."""

from typing import TYPE_CHECKING, cast

from radar_alerts.notifiers.package import Surroundings
from radar_chassis.clock import ManualClock
from tests.support.health import NOON

if TYPE_CHECKING:
    import httpx2

    from radar_alerts.service.case_acts import CaseActs


def surroundings() -> Surroundings:
    """Return surroundings in which nobody is known and nothing can be done."""
    return Surroundings(
        client=cast("httpx2.Client", None),
        clock=ManualClock(NOON),
        trusted=frozenset(),
        language="en",
        acts=cast("CaseActs", None),
        person=lambda _: None,
        first_time=lambda *_: True,
    )
