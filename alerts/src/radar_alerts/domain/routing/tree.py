"""The routing tree: which receivers a case goes to, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from radar_alerts.domain.routing.match import Match, RouteFacts
from radar_alerts.domain.routing.receiver import Receiver
from radar_alerts.domain.routing.receivers import OWNER, QUEUE, Receivers
from radar_vocabulary.language.messages import Sentence, message

_MATCH: Final = message("{route}: matches, to {receivers}.")
_AND_ON: Final = message("{route}: matches, to {receivers}; the search goes on (continue).")
_WITHIN: Final = message("{route}: matches; the routes within it are tried.")
_NONE_WITHIN: Final = message("{route}: no route within it matches, to {receivers}.")
_NOTHING: Final = message("{route}: no route within it matches, and it names no receiver.")
_FALLBACK: Final = message("No route matches: the fallback, to {receivers}.")
_NO_OWNER: Final = message("The account has no owner: the queue of its segment ({segment}) is told.")


@dataclass(frozen=True, kw_only=True)
class Node:
    """A route.

    Attributes:
        name: what the explanation calls it.
        to: names of receivers; with ``routes``, for cases that none of those matches.
        go_on: routes after this one are tried too (``continue`` in the file).
    """

    name: str
    match: Match = field(default_factory=Match)
    to: tuple[str, ...] = ()
    go_on: bool = False
    routes: tuple["Node", ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tree:
    """Routes, tried in order, and where a case goes that none of them matches. Without routes: the owner."""

    receivers: Receivers
    routes: tuple[Node, ...] = ()
    fallback: tuple[str, ...] = (OWNER,)


@dataclass(frozen=True, kw_only=True)
class Routed:
    """Whom a case goes to: at least one receiver, each once; and route by route why."""

    receivers: tuple[Receiver, ...]
    explanation: tuple[Sentence, ...]


def route(facts: RouteFacts, tree: Tree) -> Routed:
    """Return whom to tell of a case. Of routes side by side the first that matches decides, unless it goes on."""
    said: list[Sentence] = []
    names = list(_first_match(tree.routes, facts, said))
    if not names:
        names = list(tree.fallback)
        said.append(Sentence(_FALLBACK, receivers=_list(names)))
    if OWNER in names and facts.owner is None:
        said.append(Sentence(_NO_OWNER, segment=facts.account.segment))
        names = [QUEUE if name == OWNER else name for name in names]
    found = {one.id: one for one in (tree.receivers.of(name, facts) for name in names)}
    return Routed(receivers=tuple(found.values()), explanation=tuple(said))


def _first_match(routes: tuple[Node, ...], facts: RouteFacts, said: list[Sentence]) -> Iterator[str]:
    for node in routes:
        names = _of_node(node, facts, said)
        yield from names
        if names and not node.go_on:
            return


def _of_node(node: Node, facts: RouteFacts, said: list[Sentence]) -> tuple[str, ...]:
    lacking = next(node.match.mismatches(facts, node.name), None)
    if lacking is not None:
        said.append(lacking)
        return ()
    if not node.routes:
        said.append(Sentence(_AND_ON if node.go_on else _MATCH, route=node.name, receivers=_list(node.to)))
        return node.to
    said.append(Sentence(_WITHIN, route=node.name))
    within = tuple(_first_match(node.routes, facts, said))
    if within:
        return within
    nothing = Sentence(_NONE_WITHIN if node.to else _NOTHING, route=node.name, receivers=_list(node.to))
    said.append(nothing)
    return node.to


def _list(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(names)
