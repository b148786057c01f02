"""A metric's definition as its function tells it: the docstring is the one place where formula and source stand.

The first paragraph is the formula and names the unit ("Unit: share."); "Source: ticket_updated." lists the event
types it is computed from; any further paragraph says what a reader of the formula may still ask.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from inspect import cleandoc
from typing import Any, Final

_MARK: Final = re.compile(r"\b(Unit|Source): ([^.]+)\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a metric is; ``source`` names event types, ``note`` is empty where the formula says it all."""

    formula: str
    note: str
    unit: str
    source: tuple[str, ...]


def definition_of(function: Callable[..., Any]) -> Definition:
    """Return the definition in the docstring of ``function``."""
    paragraphs = [" ".join(part.split()) for part in cleandoc(function.__doc__ or "").split("\n\n")]
    marks = {name: said for part in paragraphs for name, said in _MARK.findall(part)}
    told = [" ".join(_MARK.sub("", part).split()) for part in paragraphs]
    return Definition(
        formula=told[0],
        note=" ".join(part for part in told[1:] if part),
        unit=marks.get("Unit", ""),
        source=tuple(marks["Source"].split(", ")) if "Source" in marks else (),
    )
