"""The catalogue of metrics with the place that each has in the scorecards in force."""

from collections.abc import Sequence
from math import fsum

from msgspec import Struct

from radar_health_score.domain.metrics.catalogue import CATALOGUE, Metric
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_vocabulary.contracts.scalars import Dimension


class MetricUse(Struct, frozen=True, kw_only=True):
    """A scorecard that looks at a metric.

    ``applies_to`` says for whom the scorecard speaks (empty: everybody that no other one speaks for).
    ``weight`` counts within the metric's dimension; ``share`` is its part of the whole score where everything is known.
    """

    scorecard: str
    version: str
    applies_to: dict[str, list[str]]
    weight: float
    share: float


class CatalogueLine(Struct, frozen=True, kw_only=True):
    """A metric's definition; ``source`` names the event types it is computed from."""

    metric: str
    dimension: Dimension
    unit: str
    direction: str
    description: str
    formula: str
    note: str
    source: tuple[str, ...]
    scorecards: tuple[MetricUse, ...]


def catalogue_lines(scorecards: Sequence[Scorecard]) -> list[CatalogueLine]:
    """Return every metric there is, in the order of the catalogue."""
    return [_line(metric, scorecards) for metric in CATALOGUE.values()]


def _line(metric: Metric, scorecards: Sequence[Scorecard]) -> CatalogueLine:
    uses = (_use(metric, scorecard) for scorecard in scorecards)
    return CatalogueLine(
        metric=metric.name,
        dimension=metric.dimension,
        unit=metric.unit,
        direction=metric.direction,
        description=metric.description,
        formula=metric.formula,
        note=metric.note,
        source=metric.source,
        scorecards=tuple(use for use in uses if use is not None),
    )


def _use(metric: Metric, scorecard: Scorecard) -> MetricUse | None:
    whole = fsum(part.weight for part in scorecard.dimensions)
    for part in scorecard.dimensions:
        for scored in part.metrics:
            if scored.name == metric.name:
                share = scored.weight / fsum(one.weight for one in part.metrics)
                return MetricUse(
                    scorecard=scorecard.name,
                    version=scorecard.version,
                    applies_to=scorecard.applies_to.conditions(),
                    weight=scored.weight,
                    share=share * part.weight / whole,
                )
    return None
