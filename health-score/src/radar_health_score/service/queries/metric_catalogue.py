"""The catalogue of metrics with the place that each has in the scorecards in force."""

from collections.abc import Sequence
from math import fsum

from radar_health_score.domain.metrics.catalogue import CATALOGUE, Metric
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_vocabulary.answers.metrics import CatalogueLine, MetricUse


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
