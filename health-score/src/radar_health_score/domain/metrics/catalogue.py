"""The catalogue: every metric there is, as its function defines it. Online scoring, replay and training all read it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from inspect import isfunction
from itertools import chain
from types import MappingProxyType, ModuleType
from typing import Final

from radar_health_score.domain.account.facts import AccountFacts
from radar_health_score.domain.metrics import (
    agreements,
    behaviour,
    outcomes,
    rfm,
    roles,
    support,
    surveys,
    user_lifecycle,
    users,
    year,
)
from radar_health_score.domain.metrics.contracts_held import PAUSED, is_on_pause
from radar_health_score.domain.metrics.definition import Direction, definition_of
from radar_health_score.domain.metrics.reading import Missing, Reading, Readings
from radar_health_score.domain.metrics.windows import AccountView, prepare
from radar_health_score.domain.workspace.workspace_settings import WorkspaceSettings
from radar_vocabulary.contracts.scalars import Dimension
from radar_vocabulary.reasons.sentence import DESCRIPTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A metric: the ``Definition`` of its function, with its dimension and a short description."""

    name: str
    dimension: Dimension
    unit: str
    direction: Direction
    description: str
    formula: str
    note: str
    source: tuple[str, ...]
    function: Callable[[AccountView], Reading]


# A metric is a function of one of these modules that has a description; the catalogue has their order.
_MODULES: Final[Mapping[Dimension, tuple[ModuleType, ...]]] = {
    "users": (users, user_lifecycle, roles),
    "behaviour": (behaviour, year, rfm),
    "outcomes": (outcomes, agreements, surveys, support),
}


def _metrics() -> Iterator[Metric]:
    for dimension, modules in _MODULES.items():
        for function in chain.from_iterable(map(_functions, modules)):
            defined = definition_of(function)
            yield Metric(
                name=function.__name__,
                dimension=dimension,
                unit=defined.unit,
                direction=defined.direction,
                description=DESCRIPTIONS[function.__name__].text,
                formula=defined.formula,
                note=defined.note,
                source=defined.source,
                function=function,
            )


def _functions(module: ModuleType) -> Iterator[Callable[[AccountView], Reading]]:
    for name, found in vars(module).items():
        if isfunction(found) and found.__module__ == module.__name__ and name in DESCRIPTIONS:
            yield found


CATALOGUE: Final[Mapping[str, Metric]] = MappingProxyType({metric.name: metric for metric in _metrics()})


# What use, or the lack of it, tells: nothing in a pause.
_OF_USE: Final = frozenset(
    name
    for name, metric in CATALOGUE.items()
    if metric.dimension != "outcomes" or metric.function is outcomes.north_star_vs_target
) - {"seats"}


def measure(facts: AccountFacts, workspace: WorkspaceSettings) -> Readings:
    """Return every metric of the catalogue by name: a float, or Missing with its reason."""
    view = prepare(facts, workspace)
    readings = {name: _read(metric, view) for name, metric in CATALOGUE.items()}
    if is_on_pause(view):
        readings |= dict.fromkeys(_OF_USE, PAUSED)
    return readings


def _read(metric: Metric, view: AccountView) -> Reading:
    reading = metric.function(view)
    return reading if isinstance(reading, Missing) else float(reading)
