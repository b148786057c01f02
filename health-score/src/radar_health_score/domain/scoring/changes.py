"""Why a score changed between two moments: an exact split into time, behaviour and configuration.

We step from one snapshot to the other: the facts known at the first moment seen at the second (time), then the facts
known at the second (behaviour), then the scorecard and settings in force at the second (configuration). The steps
add up to the whole change, for the score and for each driver.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import fsum

from radar_chassis.errors import InvalidRequest
from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.history.aging import seen_later
from radar_health_score.domain.scoring.change_text import driver_change_sentence
from radar_health_score.domain.scoring.override_text import override_change_sentence
from radar_health_score.domain.scoring.score import weighs_alike
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_health_score.domain.scoring.snapshot import build_snapshot
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.answers.changes import Changes, DriverChange, OverrideChange
from radar_vocabulary.contracts.health import Driver, HealthSnapshot
from radar_vocabulary.language.tags import Language
from radar_vocabulary.reasons.sentence import driver_in, snapshot_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a snapshot is made from.

    Attributes:
        shown: what was shown of it at the time, where that is kept; it is the end of the change then. It may have
            seen a part of a day that ``facts``, which count whole days of the past, leave out.
    """

    facts: AccountFacts
    scorecard: Scorecard
    workspace: WorkspaceSettings
    shown: HealthSnapshot | None = None

    def snapshot(self) -> HealthSnapshot:
        """Return the snapshot of this basis."""
        return build_snapshot(self.facts, self.scorecard, self.workspace)


def split_change(
    earlier: Basis, later: Basis, informed: AccountFacts | None = None, *, language: Language = "en"
) -> Changes:
    """Return the change from ``earlier`` to ``later``, split.

    Args:
        earlier: where the change begins.
        later: where it ends.
        informed: the later facts as read under the earlier rules, where that is a difference.
        language: what drivers are worded in.

    Raises:
        InvalidRequest: they are the wrong way round.
    """
    if later.facts.as_of < earlier.facts.as_of:
        raise InvalidRequest("A change runs from the earlier moment to the later one; swap `from` and `to`.")
    aged = seen_later(earlier.facts, later.facts.as_of, later.facts.through)
    first, last = earlier.snapshot(), later.snapshot()
    steps = _Steps(
        cards=(earlier.scorecard, later.scorecard),
        first=first,
        aged=build_snapshot(aged, earlier.scorecard, earlier.workspace),
        informed=build_snapshot(informed or later.facts, earlier.scorecard, earlier.workspace),
        last=last,
        shown_first=snapshot_in(earlier.shown or first, language),
        shown_last=snapshot_in(later.shown or last, language),
        language=language,
    )
    drivers = steps.drivers()
    override = steps.override()
    set_by_hand = override.points_to - override.points_from if override else 0.0
    shift = steps.shown_last.scorecard.neutral - steps.shown_first.scorecard.neutral
    return Changes(
        earlier=steps.shown_first,
        later=steps.shown_last,
        behaviour=fsum(driver.behaviour for driver in drivers),
        time=fsum(driver.time for driver in drivers),
        configuration=shift + set_by_hand + fsum(driver.configuration for driver in drivers),
        drivers=drivers,
        override=override,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Steps:
    """The way from one snapshot to the other; the shown ones are its ends."""

    cards: tuple[Scorecard, Scorecard]
    first: HealthSnapshot
    aged: HealthSnapshot
    informed: HealthSnapshot
    last: HealthSnapshot
    shown_first: HealthSnapshot
    shown_last: HealthSnapshot
    language: Language

    def drivers(self) -> tuple[DriverChange, ...]:
        ends = (_by_metric(self.shown_first), _by_metric(self.shown_last))
        ways = [_points(step) for step in (self.first, self.aged, self.informed, self.last)]
        before = _Unseen.of(self.shown_first, self.first, self.cards[0])
        after = _Unseen.of(self.shown_last, self.last, self.cards[1])
        changes = []
        for metric, driver in self._named().items():
            first, aged, informed, last = (points.get(metric, 0.0) for points in ways)
            then, now = ends[0].get(metric), ends[1].get(metric)
            changes.append(
                DriverChange(
                    metric=metric,
                    dimension=driver.dimension,
                    points_from=then.points if then else 0.0,
                    points_to=now.points if now else 0.0,
                    time=aged - first,
                    behaviour=informed - aged + after.use.get(metric, 0.0) - before.use.get(metric, 0.0),
                    configuration=last
                    - informed
                    + after.other.get(metric, 0.0)
                    - before.other.get(metric, 0.0),
                    text=self._text(metric, then, now) or driver_in(driver, self.language).text,
                )
            )
        changes.sort(key=lambda change: (-abs(change.points_to - change.points_from), change.metric))
        return tuple(changes)

    def override(self) -> OverrideChange | None:
        before, now = self.shown_first.override, self.shown_last.override
        if before is None and now is None:
            return None
        return OverrideChange(
            points_from=before.points if before else 0.0,
            points_to=now.points if now else 0.0,
            text=override_change_sentence(before, now, self.language),
        )

    def _text(self, metric: str, then: Driver | None, now: Driver | None) -> str:
        counted, counts = (card.counts(metric) for card in self.cards)
        return driver_change_sentence(then, now, counted, counts, self.language)

    def _named(self) -> Mapping[str, Driver]:
        every = (self.first, self.aged, self.informed, self.last, self.shown_first, self.shown_last)
        return {driver.metric: driver for step in every for driver in step.drivers}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unseen:
    """By metric, the points in which a shown snapshot differs from its recomputation.

    Under the same scorecard that is use of a part of a day (``use``); under another, or as an earlier release weighed
    the dimensions, it is a setting (``other``).
    """

    use: Mapping[str, float]
    other: Mapping[str, float]

    @classmethod
    def of(cls, shown: HealthSnapshot, computed: HealthSnapshot, card: Scorecard) -> "_Unseen":
        seen, known = _points(shown), _points(computed)
        differences = {name: seen.get(name, 0.0) - known.get(name, 0.0) for name in seen | known}
        if shown.scorecard == computed.scorecard and weighs_alike(shown.dimensions, card):
            return cls(use=differences, other={})
        return cls(use={}, other=differences)


def _by_metric(snapshot: HealthSnapshot) -> Mapping[str, Driver]:
    return {driver.metric: driver for driver in snapshot.drivers}


def _points(snapshot: HealthSnapshot) -> dict[str, float]:
    return {driver.metric: driver.points for driver in snapshot.drivers}
