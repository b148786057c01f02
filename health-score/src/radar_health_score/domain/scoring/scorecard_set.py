"""The scorecards in force together, and which of them speaks for an account.

Of the scorecards whose conditions an account meets, the most specific one speaks: the one that states most
conditions; among equals one about the stage goes before one about the kind of business, and that before one about
the segment. Scorecards come in layers: a workspace's own first, and the built-in ones only where none of those
matches.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from radar_chassis.errors import ConfigurationError
from radar_health_score.domain.scoring.scorecard import Scorecard
from radar_health_score.domain.scoring.traits import Traits, every_traits

Layer = tuple[Scorecard, ...]


class ScorecardsClash(ConfigurationError):  # noqa: N818 - named for what the caller sees
    """Scorecards that can't be in force together; ``problems`` names every pair."""

    status = 422
    code = "scorecards_clash"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("The scorecards don't go together: " + "; ".join(problems) + ".")
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Scorecards:
    """Scorecards in force together; raises ScorecardsClash unless exactly one speaks for every account.

    Built-in ones (the last of several layers) that speak for nobody are left out.
    """

    layers: tuple[Layer, ...]
    _by_traits: dict[Traits, Scorecard] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Decide once who speaks for whom."""
        best = {traits: _best(self.layers, traits) for traits in every_traits()}
        problems = [
            *_named_twice(self.layers),
            *_ambiguous(best),
            *_silent(best),
            *_unused(self.layers, best),
        ]
        if problems:
            raise ScorecardsClash(problems)
        object.__setattr__(self, "_by_traits", {traits: found[0] for traits, found in best.items()})
        object.__setattr__(self, "layers", _without_unused(self.layers, best))

    @classmethod
    def of(cls, *layers: Iterable[Scorecard]) -> "Scorecards":
        """Return these layers together, the first one asked first."""
        return cls(tuple(tuple(layer) for layer in layers))

    def scorecard_for_traits(self, traits: Traits) -> Scorecard:
        """Return the scorecard of accounts with these traits."""
        return self._by_traits[traits]

    def in_force(self) -> tuple[Scorecard, ...]:
        """Return all of them, in the order of their layers."""
        return tuple(one for layer in self.layers for one in layer)

    def version(self, version: str) -> Scorecard | None:
        """Return the scorecard in force with this version."""
        return next((one for one in self.in_force() if one.version == version), None)


def _best(layers: Iterable[Layer], traits: Traits) -> Layer:
    """Return the most specific matches of the first layer that has any; more than one is a clash."""
    for layer in layers:
        matching = [one for one in layer if one.applies_to.matches(traits)]
        if matching:
            most = max(one.applies_to.rank for one in matching)
            return tuple(one for one in matching if one.applies_to.rank == most)
    return ()


def _named_twice(layers: Iterable[Layer]) -> Iterator[str]:
    for layer in layers:
        names = [one.name for one in layer]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"{names.count(name)} of them are named {name}: give each a name of its own"


def _ambiguous(best: dict[Traits, Layer]) -> Iterator[str]:
    told: set[frozenset[str]] = set()
    for traits, (*found,) in best.items():
        names = frozenset(one.name for one in found)
        if len(found) > 1 and len(names) > 1 and names not in told:
            told.add(names)
            yield (
                f"{' and '.join(sorted(names))} both speak for {traits.text()}, and neither is more specific: "
                "state a further condition in one of them, or take the common values out"
            )


def _silent(best: dict[Traits, Layer]) -> Iterator[str]:
    silent = [traits for traits, found in best.items() if not found]
    if silent:
        yield f"none speaks for {silent[0].text()}: add one without applies_to, for everybody else"


def _unused(layers: tuple[Layer, ...], best: dict[Traits, Layer]) -> Iterator[str]:
    heard = _without_unused(layers, best)
    for one in itertools.chain.from_iterable(layers[:-1] or layers):
        if not any(one is other for layer in heard for other in layer):
            before = sorted({first.name for first in _before(one, best)})
            yield f"{one.name} can never speak, since {' and '.join(before)} always go before it"


def _before(one: Scorecard, best: dict[Traits, Layer]) -> Iterator[Scorecard]:
    for traits, found in best.items():
        if one.applies_to.matches(traits):
            yield from found


def _without_unused(layers: tuple[Layer, ...], best: dict[Traits, Layer]) -> tuple[Layer, ...]:
    """Return the layers without those that speak for nobody."""
    heard = {id(one) for found in best.values() for one in found}
    kept = (tuple(one for one in layer if id(one) in heard) for layer in layers)
    return tuple(layer for layer in kept if layer)
