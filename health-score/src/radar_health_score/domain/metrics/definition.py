"""A metric's definition as its function tells it: the docstring is the one place where formula and source stand.

The first paragraph is the formula. "Unit: share, higher." names the unit and which way is healthier; "Source:
ticket_updated." lists the event types it is computed from; any further paragraph says what a reader of the formula
may still ask.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any, Final, Literal

Direction = Literal["higher", "lower", "neutral"]
_DIRECTIONS: Final[tuple[Direction, ...]] = ("higher", "lower", "neutral")
_MARK: Final = re.compile(r"\b(Unit|Source): ([^.]+)\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a metric is; ``source`` names event types, ``note`` is empty where the formula says it all.

    ``direction`` says which way is healthier (neutral: neither).
    """

    formula: str
    note: str
    unit: str
    direction: Direction
    source: tuple[str, ...]


def definition_of(function: Callable[..., Any]) -> Definition:
    """Return the definition in the docstring of ``function``.

    Raises:
        ValueError: the docstring does not name the unit, the direction or the source.
    """
    paragraphs = [" ".join(part.split()) for part in cleandoc(function.__doc__ or "").split("\n\n")]
    marks = {name: said for part in paragraphs for name, said in _MARK.findall(part)}
    told = [" ".join(_MARK.sub("", part).split()) for part in paragraphs]
    unit, _, better = marks.get("Unit", "").rpartition(", ")
    direction = next((one for one in _DIRECTIONS if one == better), None)
    if not unit or direction is None or "Source" not in marks:
        raise ValueError(
            f"the docstring of {function.__name__} must say: Unit: share, higher. Source: login."
        )
    return Definition(
        formula=told[0],
        note=" ".join(part for part in told[1:] if part),
        unit=unit,
        direction=direction,
        source=tuple(marks["Source"].split(", ")),
    )
