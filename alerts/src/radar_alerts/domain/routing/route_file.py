"""Reads a routing tree: every mistake is named with its place, all at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast, get_args

from radar_alerts.domain.routing.checked import Checked
from radar_alerts.domain.routing.match import Match, MatchField
from radar_alerts.domain.routing.receiver_file import read_receivers
from radar_alerts.domain.routing.receivers import BUILT_IN, ReceiverSettings
from radar_alerts.domain.routing.tree import Node
from radar_alerts.domain.rules.field_reader import nearest
from radar_chassis.errors import ConfigurationError
from radar_chassis.strict_yaml import UnreadableYaml, read_yaml
from radar_vocabulary.contracts.alerts import Channel, Severity, Tier
from radar_vocabulary.contracts.scalars import Segment

FIELDS: Final = ("receivers", "routes", "fallback")
NODE_FIELDS: Final = ("name", "match", "to", "continue", "routes")
MATCH_FIELDS: Final = (*get_args(MatchField), "arr")
_ARR_LIMITS: Final = ("at_least", "below")
_MOST: Final = 1e15
_DEEPEST: Final = 20


class RoutingInvalid(ConfigurationError):  # noqa: N818 - named for what the caller sees
    """A routing tree that can't be used; ``problems`` names every mistake by its place."""

    code = "routing_invalid"

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("The routing has mistakes: " + "; ".join(problems) + ".")
        self.problems = tuple(problems)


@dataclass(frozen=True, kw_only=True)
class Routing:
    """What a routing file says."""

    receivers: Mapping[str, ReceiverSettings]
    routes: tuple[Node, ...]
    fallback: tuple[str, ...]


def read_routing_text(
    text: str, *, channels: Sequence[Channel], time_zone: str, rules: Collection[str] = ()
) -> Routing:
    """Return the routing in a file's text, as ``read_routing`` does. Raises RoutingInvalid."""
    try:
        data = read_yaml(text)
    except UnreadableYaml as error:
        raise RoutingInvalid([str(error)]) from error
    return read_routing(data, channels=channels, time_zone=time_zone, rules=rules)


def read_routing(
    data: object, *, channels: Sequence[Channel], time_zone: str, rules: Collection[str] = ()
) -> Routing:
    """Return the routing that ``data`` describes.

    ``channels`` are all that there are; ``time_zone`` is the workspace's; ``rules`` are the names of all rules, empty:
    any name will do. Raises RoutingInvalid, which names every mistake.
    """
    reader = _Reader(channels, time_zone, rules)
    found = reader.routing(data)
    if reader.checked.problems:
        raise RoutingInvalid(reader.checked.problems)
    return found


class _Reader:
    def __init__(self, channels: Sequence[Channel], time_zone: str, rules: Collection[str]) -> None:
        self.checked = Checked()
        self._channels = channels
        self._time_zone = time_zone
        self._rules = rules
        self._names: tuple[str, ...] = BUILT_IN

    def routing(self, given: object) -> Routing:
        data = self.checked.fields(given, "", FIELDS)
        receivers = read_receivers(
            data.get("receivers", {}),
            "receivers",
            self.checked,
            channels=self._channels,
            time_zone=self._time_zone,
        )
        self._names = tuple(dict.fromkeys((*BUILT_IN, *receivers)))
        routes = self._nodes(data.get("routes", []), "routes", 1)
        if "fallback" not in data and isinstance(given, Mapping):
            self.checked.problems.append(
                "fallback is missing: who is told of cases that no route matches, such as [owner]"
            )
        fallback = self._to(data["fallback"], "fallback") if "fallback" in data else ()
        return Routing(receivers=receivers, routes=routes, fallback=fallback)

    def _nodes(self, given: object, place: str, depth: int) -> tuple[Node, ...]:
        if not isinstance(given, list):
            self.checked.problems.append(f"{place} must be a list of routes")
            return ()
        if depth > _DEEPEST:
            self.checked.problems.append(f"{place} lies too deep; {_DEEPEST} levels of routes are enough")
            return ()
        nodes = [self._sound_node(one, f"{place}[{at}]", depth) for at, one in enumerate(given, 1)]
        self._unreachable(nodes, place)
        return tuple(node for node, _ in nodes)

    def _sound_node(self, given: object, place: str, depth: int) -> tuple[Node, bool]:
        """Return a route, and whether it was read without a mistake."""
        before = len(self.checked.problems)
        node = self._node(given, place, depth)
        return node, len(self.checked.problems) == before

    def _node(self, given: object, place: str, depth: int) -> Node:
        data = self.checked.fields(given, place, NODE_FIELDS)
        if data and not {"to", "routes"} & set(data):
            self.checked.problems.append(f"{place}.to is missing: who is told")
        return Node(
            name=self.checked.text(data["name"], f"{place}.name") if "name" in data else place,
            match=self._match(data.get("match", {}), f"{place}.match"),
            to=self._to(data["to"], f"{place}.to") if "to" in data else (),
            go_on=self.checked.flag(data.get("continue", False), f"{place}.continue"),
            routes=self._nodes(data["routes"], f"{place}.routes", depth + 1) if "routes" in data else (),
        )

    def _unreachable(self, nodes: Sequence[tuple[Node, bool]], place: str) -> None:
        """Note routes behind one that takes all of theirs; what a mistaken route takes nobody can tell."""
        takers: list[tuple[int, Match]] = []
        for at, (node, sound) in enumerate(nodes, 1):
            first = next((number for number, match in takers if match.covers(node.match)), None)
            if first is not None and sound:
                self.checked.problems.append(
                    f"{place}[{at}] is never reached: {place}[{first}] comes first and matches all that it "
                    "matches (move it up, or say continue: true there)"
                )
            if sound and node.to and not node.go_on:
                takers.append((at, node.match))

    def _to(self, given: object, place: str) -> tuple[str, ...]:
        names = [
            self.checked.text(one, f"{place}[{at}]")
            for at, one in enumerate(self.checked.items(given, place), 1)
        ]
        if not names and isinstance(given, list):
            self.checked.problems.append(f"{place} must name at least one receiver")
        for name in names:
            if name and name not in self._names:
                self.checked.problems.append(
                    f"{place}: there is no receiver {name}{nearest(name, self._names)}; receivers are "
                    f"{', '.join(self._names)}"
                )
        return tuple(dict.fromkeys(names))

    def _match(self, given: object, place: str) -> Match:
        data = self.checked.fields(given, place, MATCH_FIELDS)
        limits = self._arr(data["arr"], f"{place}.arr") if "arr" in data else {}
        wanted = {
            cast("MatchField", name): self._values(name, data[name], f"{place}.{name}")
            for name in get_args(MatchField)
            if name in data
        }
        return Match(wanted=wanted, **limits)

    def _values(self, name: str, given: object, place: str) -> tuple[str, ...]:
        values = self.checked.items(given, place)
        if not values and isinstance(given, list):
            self.checked.problems.append(f"{place} must name at least one value")
        known = self._known_values().get(name)
        if known:
            return tuple(self.checked.choice(one, place, known) for one in values)
        return tuple(self.checked.text(one, place) for one in values)

    def _known_values(self) -> Mapping[str, tuple[str, ...]]:
        return {
            "segment": get_args(Segment),
            "severity": get_args(Severity),
            "tier": get_args(Tier),
            "rule": tuple(sorted(self._rules)),
        }

    def _arr(self, given: object, place: str) -> dict[str, Any]:
        data = self.checked.fields(given, place, _ARR_LIMITS)
        if isinstance(given, Mapping) and not data:
            self.checked.problems.append(f"{place} must have at_least, below or both")
        limits = {
            f"arr_{name}": self.checked.number(data[name], f"{place}.{name}", 0, _MOST)
            for name in _ARR_LIMITS
            if name in data
        }
        if len(limits) == 2 and limits["arr_at_least"] >= limits["arr_below"]:
            self.checked.problems.append(f"{place}.at_least must lie below {place}.below, or nothing matches")
        return limits
