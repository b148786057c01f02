"""A rule, and the set of rules in force."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Literal

from radar_alerts.domain.rules.condition import Condition, compared
from radar_vocabulary.contracts.alerts import CaseKind, Severity
from radar_vocabulary.language.tags import Language

Opens = Literal["case", "evidence", "digest"]
RestsOn = Literal["use", "contracts", "tickets", "promises", "incidents"]


@dataclass(frozen=True, kw_only=True)
class Window:
    """Days before the renewal in which a rule may speak, both inclusive; None: without an end on that side."""

    earliest: int | None = None
    latest: int | None = None

    def includes(self, days: float | None) -> bool | None:
        """Return whether so many days before the renewal lie within; None where the days aren't known."""
        if days is None:
            return None
        before_it = self.earliest is None or days <= self.earliest
        return before_it and (self.latest is None or days >= self.latest)


@dataclass(frozen=True, kw_only=True)
class Clear:
    """When a signal is over: this condition, held for so long. None: as soon as the rule's own fails."""

    when: Condition | None = None
    held: timedelta = timedelta(0)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When a renewal calls for somebody.

    Attributes:
        version: a hash of what the rule asks for; how it words its finding doesn't matter.
        says: what it has found, a sentence without a full stop, by language.
        window: days before the renewal in which it may speak; None: always.
        held: for how long the condition must hold before the signal is raised.
        cap: how often it may be raised in a term.
        opens: a case; evidence on a running one only; or a line in the digest.
        kind: of the case that it opens or speaks to.
        rests_on: what must be coming in for its readings to mean anything.
        definition: the rule as it is written, for people.
        demoted: why it is evidence although it is written as opening a case; None where it isn't.
    """

    name: str
    version: str
    when: Condition
    says: Mapping[Language, str] = field(default_factory=dict)
    clear: Clear = field(default_factory=Clear)
    window: Window | None = None
    held: timedelta = timedelta(0)
    cap: int = 1
    severity: Severity = "normal"
    opens: Opens = "evidence"
    kind: CaseKind = "renewal"
    playbook: str = ""
    rests_on: frozenset[RestsOn] = frozenset()
    definition: str = ""
    demoted: str | None = None


@dataclass(frozen=True)
class RuleSet:
    """The rules in force, in the order in which they are looked at. ``version`` is a hash over all of them."""

    rules: tuple[Rule, ...]
    version: str

    @cached_property
    def compared(self) -> frozenset[str]:
        """Return the names of the readings whose past days must be kept."""
        found = [compared(one.when) for one in self.rules]
        found += [compared(one.clear.when) for one in self.rules if one.clear.when]
        return frozenset().union(*found)

    @cached_property
    def by_name(self) -> dict[str, Rule]:
        """Return the rules by name."""
        return {one.name: one for one in self.rules}
