"""Why a score changed between two moments: an exact split into time, behaviour and configuration.

We step from one snapshot to the other: the facts known at the first moment seen at the second (time), then the facts
known at the second (behaviour), then the scorecard and settings in force at the second (configuration). The steps
add up to the whole change, for the score and for each driver.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from radar_chassis.contracts.health import HealthSnapshot
from radar_chassis.contracts.scalars import Dimension
from radar_chassis.errors import InvalidRequest
from radar_health_score.domain.aging import seen_later
from radar_health_score.domain.facts import AccountFacts
from radar_health_score.domain.rules import WorkspaceRules
from radar_health_score.domain.scorecard import Scorecard
from radar_health_score.domain.snapshot import build_snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a snapshot is made from."""

    facts: AccountFacts
    scorecard: Scorecard
    rules: WorkspaceRules

    def snapshot(self) -> HealthSnapshot:
        """Return the snapshot of this basis."""
        return build_snapshot(self.facts, self.scorecard, self.rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverChange:
    """One metric's part of a change, in points: ``points_to`` - ``points_from`` is the sum of the three parts.

    A metric without data at one of the moments had no points there.
    """

    metric: str
    dimension: Dimension
    points_from: float
    points_to: float
    behaviour: float
    time: float
    configuration: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthChange:
    """A change of score with its parts; drivers with the largest change come first.

    Where one of the two snapshots has no score, the parts tell the difference from the neutral score.
    """

    earlier: HealthSnapshot
    later: HealthSnapshot
    behaviour: float
    time: float
    configuration: float
    drivers: Sequence[DriverChange]


def split_change(earlier: Basis, later: Basis) -> HealthChange:
    """Return the change from ``earlier`` to ``later``, split; raises InvalidRequest when they are the wrong way."""
    if later.facts.as_of < earlier.facts.as_of:
        raise InvalidRequest("A change runs from the earlier moment to the later one; swap from and to.")
    aged = seen_later(earlier.facts, later.facts.as_of, later.facts.through)
    steps = (
        earlier.snapshot(),
        build_snapshot(aged, earlier.scorecard, earlier.rules),
        build_snapshot(later.facts, earlier.scorecard, earlier.rules),
        later.snapshot(),
    )
    drivers = _drivers(steps)
    shift = later.scorecard.neutral - earlier.scorecard.neutral
    return HealthChange(
        earlier=steps[0],
        later=steps[3],
        behaviour=fsum(driver.behaviour for driver in drivers),
        time=fsum(driver.time for driver in drivers),
        configuration=shift + fsum(driver.configuration for driver in drivers),
        drivers=drivers,
    )


def _drivers(steps: Sequence[HealthSnapshot]) -> tuple[DriverChange, ...]:
    points = [{driver.metric: driver.points for driver in step.drivers} for step in steps]
    named = {driver.metric: driver for step in steps for driver in step.drivers}
    told = {driver.metric: driver.text for step in (steps[0], steps[3]) for driver in step.drivers}
    changes = []
    for metric, driver in named.items():
        first, aged, informed, last = (step.get(metric, 0.0) for step in points)
        changes.append(
            DriverChange(
                metric=metric,
                dimension=driver.dimension,
                points_from=first,
                points_to=last,
                time=aged - first,
                behaviour=informed - aged,
                configuration=last - informed,
                text=told.get(metric, driver.text),
            )
        )
    changes.sort(key=lambda change: (-abs(change.points_to - change.points_from), change.metric))
    return tuple(changes)
