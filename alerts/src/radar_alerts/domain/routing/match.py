"""What a route asks of a case, and whether a case is such a one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from radar_vocabulary.contracts.alerts import Severity, Tier
from radar_vocabulary.contracts.health import AccountRef
from radar_vocabulary.contracts.scalars import Owner
from radar_vocabulary.language.messages import Sentence, message

MatchField = Literal["segment", "industry", "region", "owner", "rule", "severity", "tier"]

_NOT_KNOWN: Final = message("{route}: no match: {field} is not known.")
_OTHER: Final = message("{route}: no match: {field} is {value}; asked for: {wanted}.")
_TOO_SMALL: Final = message("{route}: no match: ARR is {value}; asked for: at least {limit}.")
_TOO_LARGE: Final = message("{route}: no match: ARR is {value}; asked for: below {limit}.")


@dataclass(frozen=True, kw_only=True)
class RouteFacts:
    """What is known of a case when it is routed.

    Attributes:
        arr: of the whole account, per year, in its currency with the largest ARR; None where none is known.
        rule: the name of the rule that opened it.
        tier: whether it is to be told at once; None while nothing has decided that.
        assignee: who looks after the case in place of the account's owner.
    """

    account_id: str
    account: AccountRef
    arr: float | None = None
    rule: str | None = None
    severity: Severity | None = None
    tier: Tier | None = None
    assignee: Owner | None = None

    @property
    def owner(self) -> Owner | None:
        """Return who looks after it; an owner of whom nothing is known is none."""
        known = (one for one in (self.assignee, self.account.owner) if one is not None)
        return next((one for one in known if one.name or one.email or one.slack_id), None)

    def values(self, name: MatchField) -> tuple[str, ...]:
        """Return what it is called in one field; an owner by address, name or Slack id."""
        owner = self.owner or Owner()
        found: Mapping[MatchField, tuple[str | None, ...]] = {
            "segment": (self.account.segment,),
            "industry": (self.account.industry,),
            "region": (self.account.region,),
            "owner": (owner.name, owner.email, owner.slack_id),
            "rule": (self.rule,),
            "severity": (self.severity,),
            "tier": (self.tier,),
        }
        return tuple(value for value in found[name] if value)


@dataclass(frozen=True, kw_only=True)
class Match:
    """What is asked for: in each field one of several values, in any case; and an ARR from, and below, a limit."""

    wanted: Mapping[MatchField, tuple[str, ...]] = field(default_factory=dict)
    arr_at_least: float | None = None
    arr_below: float | None = None

    def mismatches(self, facts: RouteFacts, route: str = "") -> Iterator[Sentence]:
        """Yield in words everything that the case lacks for the ``route`` of that name; nothing: it matches."""
        for name, wanted in self.wanted.items():
            values = facts.values(name)
            if not values:
                yield Sentence(_NOT_KNOWN, route=route, field=name)
            elif _folded(values).isdisjoint(_folded(wanted)):
                yield Sentence(_OTHER, route=route, field=name, value=values[0], wanted=", ".join(wanted))
        yield from self._arr_mismatch(facts.arr, route)

    def covers(self, other: "Match") -> bool:
        """Return whether each case that matches ``other`` matches this too."""
        fields = all(
            name in other.wanted and _folded(other.wanted[name]) <= _folded(wanted)
            for name, wanted in self.wanted.items()
        )
        return fields and self._covers_arr(other)

    def _covers_arr(self, other: "Match") -> bool:
        least, below = self.arr_at_least, self.arr_below
        if least is not None and (other.arr_at_least is None or other.arr_at_least < least):
            return False
        return below is None or (other.arr_below is not None and other.arr_below <= below)

    def _arr_mismatch(self, arr: float | None, route: str) -> Iterator[Sentence]:
        least, below = self.arr_at_least, self.arr_below
        if arr is None:
            if least is not None or below is not None:
                yield Sentence(_NOT_KNOWN, route=route, field="ARR")
        elif least is not None and arr < least:
            yield Sentence(_TOO_SMALL, route=route, value=f"{arr:g}", limit=f"{least:g}")
        elif below is not None and arr >= below:
            yield Sentence(_TOO_LARGE, route=route, value=f"{arr:g}", limit=f"{below:g}")


def _folded(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(value.casefold() for value in values)
