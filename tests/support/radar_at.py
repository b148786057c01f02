"""``radar`` on another day: the product's clock starts at the moment given first and runs on from there.

For stores of earlier releases, whose answers must not depend on the day on which the tests run. It asks nothing of
the product but its clock and its command line, so it also runs the releases themselves.
"""

import sys
import time
from datetime import datetime, timedelta

from radar.cli import main
from radar_chassis.clock import SystemClock


def start_at(moment: datetime) -> None:
    """Let every clock of this process show ``moment`` now."""
    began = time.monotonic()
    SystemClock.now = lambda _: moment + timedelta(seconds=time.monotonic() - began)  # type: ignore[method-assign]


if __name__ == "__main__":
    start_at(datetime.fromisoformat(sys.argv.pop(1)))
    main()
