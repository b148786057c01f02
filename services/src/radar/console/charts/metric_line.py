"""A metric over time, on a scale of its own that has zero in it: a line that breaks where nothing was known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil, expm1, floor, log10
from typing import Final

from radar.console.charts.picture import Dot, Picture, picture
from radar.console.charts.time_axis import RIGHT, WIDE, ChartSize, Tick, TimeAxis, runs
from radar.console.texts import text
from radar.console.words import measured, short_day, signed, unit_word

LEFT: Final = 62
LOG_RATIO: Final = "log ratio"
_STEPS: Final = 4


@dataclass(frozen=True, kw_only=True)
class Sample:
    """A metric on a day; ``points`` is what it gave the score, None where it doesn't count."""

    day: date
    value: float | None
    points: float | None


def metric_line(samples: Sequence[Sample], *, unit: str, size: ChartSize = WIDE) -> Picture | None:
    """Return the picture of ``samples`` (oldest first), values in ``unit``; None where none has a value."""
    known = [(one.day, one.value) for one in samples if one.value is not None]
    if not known:
        return None
    first, last = samples[0].day, samples[-1].day
    axis = TimeAxis(size=size, first=first, days=max(1, (last - first).days), left=LEFT)
    heights = [_height(value, unit) for _, value in known]
    marks = scale(min(heights), max(heights))
    low, reach = marks[0], marks[-1] - marks[0]
    stretches = [
        [
            (axis.x(one.day), axis.y((_height(one.value, unit) - low) / reach))
            for one in run
            if one.value is not None
        ]
        for run in runs(samples, lambda one: one.value is not None)
    ]
    places = [place for run in stretches for place in run]
    return picture(
        axis,
        stretches,
        dots=[
            _dot(place, one, unit, width=(size.width - LEFT - RIGHT) / len(samples))
            for place, one in zip(places, [one for one in samples if one.value is not None], strict=True)
        ],
        rows=[Tick(at=axis.y((mark - low) / reach), text=_mark(mark, unit)) for mark in marks],
        columns=axis.columns(last),
        summary=_summary(known, unit),
    )


def scale(least: float, most: float) -> tuple[float, ...]:
    """Return round marks, evenly apart, that hold both ends and zero; two at least."""
    low, high = min(0.0, least), max(0.0, most)
    if high - low < 1e-9:
        high = low + 1
    rough = (high - low) / _STEPS
    power = 10.0 ** floor(log10(rough))
    step = next(size * power for size in (1, 2, 2.5, 5, 10) if size * power >= rough * (1 - 1e-9))
    return tuple(step * at for at in range(floor(low / step + 1e-9), ceil(high / step - 1e-9) + 1))


def said(value: float, unit: str) -> str:
    """Return a value with its unit."""
    return f"{measured(value, unit)} {unit_word(value, unit)}".rstrip()


def _height(value: float, unit: str) -> float:
    """A log ratio is drawn as the change it stands for, so that its marks are round percents."""
    return expm1(value) if unit == LOG_RATIO else value


def _mark(mark: float, unit: str) -> str:
    return f"{signed(100 * mark, 0)}%" if unit == LOG_RATIO else measured(mark, unit)


def _dot(place: tuple[float, float], one: Sample, unit: str, *, width: float) -> Dot:
    assert one.value is not None
    when, value = short_day(one.day), said(one.value, unit)
    return Dot(
        x=place[0],
        y=place[1],
        strip_x=round(place[0] - width / 2, 1),
        strip_width=round(width, 1),
        band="plain",
        says=text("{day}: {value}", day=when, value=value)
        if one.points is None
        else text("{day}: {value}, {points} points", day=when, value=value, points=signed(one.points)),
    )


def _summary(known: Sequence[tuple[date, float]], unit: str) -> str:
    (start, before), (end, now) = known[0], known[-1]
    return text(
        "{before} on {first}, {now} on {last}.",
        before=said(before, unit),
        first=short_day(start),
        now=said(now, unit),
        last=short_day(end),
    )
