"""Reading a scorecard from YAML (or JSON, which is YAML): every mistake is named, all at once."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import get_args

from radar_chassis.errors import ConfigurationError
from radar_chassis.strict_yaml import UnreadableYaml, read_yaml
from radar_health_score.domain.metrics.catalogue import CATALOGUE
from radar_health_score.domain.scoring.scorecard import (
    Curve,
    Scorecard,
    ScoredDimension,
    ScoredMetric,
    WhenStale,
    version_of,
)
from radar_health_score.domain.scoring.traits import CONDITIONS, EVERYBODY, AppliesTo
from radar_vocabulary.contracts.scalars import Dimension

DIMENSIONS: tuple[Dimension, ...] = ("users", "behaviour", "outcomes")
_NEEDED = ("name", "bands", "min_coverage", "stale_after_days", "renewal", "dimensions")
_TOP = {*_NEEDED, "applies_to", "when_stale"}
_FLAT = Curve((0.0, 1.0), (0.0, 0.0))


class ScorecardInvalid(ConfigurationError):  # noqa: N818 - named for what the caller sees
    """A scorecard that can't be used; ``problems`` names every mistake by its place."""

    status = 422
    code = "scorecard_invalid"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The scorecard has mistakes: " + "; ".join(problems) + ".")
        self.problems = tuple(problems)


def parse_scorecard(text: str, *, usually: AppliesTo = EVERYBODY) -> Scorecard:
    """Return the scorecard in ``text``; ``usually``: whom it applies to where it doesn't say so.

    Raises:
        ScorecardInvalid: names every mistake in it.
    """
    try:
        data = read_yaml(text)
    except UnreadableYaml as error:
        raise ScorecardInvalid([str(error)]) from None
    reader = _Reader(usually)
    scorecard = reader.scorecard(data)
    if reader.problems:
        raise ScorecardInvalid(reader.problems)
    return replace(scorecard, version=version_of(scorecard.text()))


class _Reader:
    """Reads what is there, notes what is wrong, and goes on."""

    def __init__(self, usually: AppliesTo) -> None:
        self.problems: list[str] = []
        self._usually = usually

    def scorecard(self, data: object) -> Scorecard:
        top = self._mapping(data, "the scorecard", _TOP)
        name = top.get("name")
        if not isinstance(name, str) or not name.strip():
            self.problems.append("name must be a text")
        bands = self._mapping(top.get("bands"), "bands", {"healthy", "watch"})
        healthy = self._number(bands.get("healthy"), "bands.healthy", 0, 100)
        watch = self._number(bands.get("watch"), "bands.watch", 0, 100)
        if watch >= healthy and not self.problems:
            self.problems.append("bands.watch must be below bands.healthy")
        return Scorecard(
            name=str(name),
            version="",
            healthy_from=healthy,
            watch_from=watch,
            min_coverage=self._number(top.get("min_coverage"), "min_coverage", 0, 1),
            stale_after_days=int(self._number(top.get("stale_after_days"), "stale_after_days", 1, 3650)),
            renewal=self._rising(top.get("renewal")),
            dimensions=self._dimensions(top.get("dimensions")),
            when_stale=self._when_stale(top.get("when_stale", "keep")),
            applies_to=self._applies_to(top["applies_to"]) if "applies_to" in top else self._usually,
        )

    def _when_stale(self, data: object) -> WhenStale:
        for rule in get_args(WhenStale):
            if data == rule:
                return rule  # type: ignore[no-any-return]
        self.problems.append(f"when_stale must be one of {', '.join(get_args(WhenStale))}")
        return "keep"

    def _applies_to(self, data: object) -> AppliesTo:
        conditions = self._mapping(data, "applies_to", set(CONDITIONS))
        known = {name: conditions[name] for name in CONDITIONS if name in conditions}
        return AppliesTo(**{name: self._one_of(values, name) for name, values in known.items()})

    def _one_of(self, data: object, name: str) -> frozenset[str]:
        place, known = f"applies_to.{name}", CONDITIONS[name]
        if not isinstance(data, list) or not data:
            self.problems.append(f"{place} must be a list of at least one of {', '.join(known)}")
            return frozenset()
        self.problems.extend(
            f"{place} (value {at + 1}) must be one of {', '.join(known)}"
            for at, value in enumerate(data)
            if value not in known
        )
        return frozenset(value for value in data if value in known)

    def _dimensions(self, data: object) -> tuple[ScoredDimension, ...]:
        parts = self._mapping(data, "dimensions", set(DIMENSIONS))
        read = tuple(
            self._dimension(dimension, parts[dimension]) for dimension in DIMENSIONS if dimension in parts
        )
        if parts and not any(part.weight for part in read):
            self.problems.append("dimensions must have a weight above 0 somewhere")
        return read

    def _dimension(self, dimension: Dimension, data: object) -> ScoredDimension:
        place = f"dimensions.{dimension}"
        part = self._mapping(data, place, {"weight", "metrics"})
        metrics = self._mapping(part.get("metrics"), f"{place}.metrics", None)
        return ScoredDimension(
            dimension=dimension,
            weight=self._number(part.get("weight"), f"{place}.weight", 0, 1000),
            metrics=tuple(
                self._metric(dimension, str(name), metrics[name]) for name in sorted(metrics, key=str)
            ),
        )

    def _metric(self, dimension: Dimension, name: str, data: object) -> ScoredMetric:
        place = f"dimensions.{dimension}.metrics.{name}"
        metric = CATALOGUE.get(name)
        if metric is None:
            self.problems.append(f"{place} is not a metric")
        elif metric.dimension != dimension:
            self.problems.append(f"{place} belongs to the dimension {metric.dimension}")
        row = self._mapping(data, place, {"weight", "curve"})
        weight = self._number(row.get("weight"), f"{place}.weight", 0, 1000)
        if not weight:
            self.problems.append(f"{place}.weight must be above 0")
        return ScoredMetric(
            name=name, weight=weight, curve=self._curve(row.get("curve"), f"{place}.curve", 100)
        )

    def _rising(self, data: object) -> Curve:
        curve = self._curve(data, "renewal", 1)
        if list(curve.ys) != sorted(curve.ys):
            self.problems.append("renewal must not fall: a healthier account renews no less")
        return curve

    def _curve(self, data: object, place: str, top: float) -> Curve:
        if not isinstance(data, list) or len(data) < 2 or not all(_is_pair(pair) for pair in data):
            self.problems.append(f"{place} must be a list of at least two pairs [value, worth]")
            return _FLAT
        xs = [self._number(x, f"{place} (value {at + 1})", -1e12, 1e12) for at, (x, _) in enumerate(data)]
        ys = [self._number(y, f"{place} (worth {at + 1})", 0, top) for at, (_, y) in enumerate(data)]
        if any(right <= left for left, right in pairwise(xs)):
            self.problems.append(f"{place} must have rising values")
        return Curve(tuple(xs), tuple(ys))

    def _mapping(self, data: object, place: str, allowed: set[str] | None) -> Mapping[str, object]:
        if not isinstance(data, dict) or not data:
            self.problems.append(f"{place} must be a mapping that is not empty")
            return {}
        self.problems.extend(
            f"{key} is not known in {place}" for key in data if allowed is not None and key not in allowed
        )
        return data

    def _number(self, data: object, place: str, least: float, most: float) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float):
            self.problems.append(f"{place} must be a number")
            return least
        # Also refuses NaN and infinity, as no comparison with them holds.
        if not least <= data <= most:
            self.problems.append(f"{place} must be between {least:g} and {most:g}")
            return least
        return float(data)


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and len(pair) == 2
