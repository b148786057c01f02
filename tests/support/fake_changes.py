"""A made-up change of an account's score, in the shape of the health-score service's answer."""

from math import fsum
from typing import Any

import msgspec

from radar_vocabulary.contracts.health import HealthSnapshot


def fake_changes(later: HealthSnapshot) -> dict[str, Any]:
    """Return a change towards ``later``: behaviour took from the first drivers, time from the last, the rest stood still."""
    count = len(later.drivers)
    drivers = []
    for at, driver in enumerate(later.drivers):
        behaviour = -2.5 + at if at < 4 else 0.0
        time = -1.25 if at >= count - 3 else 0.0
        drivers.append(
            {
                "metric": driver.metric,
                "points_from": driver.points - behaviour - time,
                "points_to": driver.points,
                "behaviour": behaviour,
                "time": time,
                "configuration": 0.0,
                "text": f"{driver.text}; before: no data",
            }
        )
    parts = {name: fsum(one[name] for one in drivers) for name in ("behaviour", "time", "configuration")}
    score = None if later.score is None else later.score - fsum(parts.values())
    return {"from": msgspec.structs.replace(later, score=score), "to": later, **parts, "drivers": drivers}
