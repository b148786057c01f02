"""What the page about one metric of an account shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from radar.console.charts.metric_line import Sample, metric_line, said
from radar.console.charts.picture import Picture
from radar.console.charts.time_axis import FULL, NARROW
from radar.console.texts import Names
from radar.console.words import DIMENSIONS, metric_name
from radar_vocabulary.answers.metrics import MetricHistory, MetricSeries
from radar_vocabulary.language.messages import message

SPANS: Final = Names({"28": message("4 weeks"), "91": message("13 weeks"), "364": message("1 year")})
USUAL_SPAN: Final = 91
_DAILY_UP_TO: Final = 91
_WAYS: Final = Names(
    {
        "higher": message("Higher is healthier."),
        "lower": message("Lower is healthier."),
        "neither": message("Neither higher nor lower is healthier."),
    }
)


@dataclass(frozen=True, kw_only=True)
class Step:
    """A stretch of days over which the metric stood still, with what it gave the score at its end."""

    first: date
    last: date
    value: str | None
    points: float | None
    missing: str | None


@dataclass(frozen=True, kw_only=True)
class MetricPage:
    """A metric over time: two sizes of one picture, and the steps as a table, the latest first."""

    name: str
    dimension: str
    description: str
    way: str
    now: str | None
    points: float | None
    missing: str | None
    wide: Picture | None
    narrow: Picture | None
    steps: tuple[Step, ...]


def span_of(asked: str) -> int:
    """Return the days that an address's ``days`` asks for."""
    return int(asked) if asked in SPANS else USUAL_SPAN


def every_for(days: int) -> int:
    """Return the days from one point to the next, so that the picture has room for them."""
    return 1 if days <= _DAILY_UP_TO else 4


def metric_page(history: MetricHistory) -> MetricPage:
    """Return the page of the answer's only metric."""
    (series,) = history.items
    samples = [
        Sample(day=day, value=point.value, points=point.points)
        for day, point in zip(history.days, series.points, strict=True)
    ]
    last = series.points[-1]
    return MetricPage(
        name=metric_name(series.metric, series.description),
        dimension=DIMENSIONS.get(series.dimension, series.dimension),
        description=series.description,
        way=_WAYS.get(series.direction, ""),
        now=None if last.value is None else said(last.value, series.unit),
        points=last.points,
        missing=last.missing,
        wide=metric_line(samples, unit=series.unit, size=FULL),
        narrow=metric_line(samples, unit=series.unit, size=NARROW),
        steps=tuple(reversed(_steps(history.days, series))),
    )


def _steps(days: Sequence[date], series: MetricSeries) -> list[Step]:
    steps: list[Step] = []
    for day, point in zip(days, series.points, strict=True):
        value = None if point.value is None else said(point.value, series.unit)
        same = bool(steps) and (steps[-1].value, steps[-1].missing) == (value, point.missing)
        first = steps.pop().first if same else day
        steps.append(Step(first=first, last=day, value=value, points=point.points, missing=point.missing))
    return steps
