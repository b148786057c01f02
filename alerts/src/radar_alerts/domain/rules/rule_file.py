"""Reading a rule from YAML: every mistake is named, all at once."""

import difflib
import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Final, get_args

import yaml

from radar_alerts.domain.rules.condition import (
    AllOf,
    AnyOf,
    Change,
    Comparison,
    Condition,
    LeastOf,
    Not,
    Number,
    OfReading,
    Operator,
    Value,
)
from radar_alerts.domain.rules.rule import Clear, Opens, RestsOn, Rule, Window
from radar_chassis.errors import ConfigurationError
from radar_vocabulary.contracts.alerts import CaseKind, Severity

FIELDS: Final = (
    "name", "enabled", "kind", "opens", "severity", "window", "held_days", "cap", "rests_on", "playbook", "when",
    "clear",
)  # fmt: skip
_NEVER: Final = Comparison(reading="", operator="is", value=Number(value=0.0))


class RulesInvalid(ConfigurationError):  # noqa: N818 - named for what the caller sees
    """Rules that can't be used; ``problems`` names every mistake by its place."""

    status = 422
    code = "rules_invalid"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The rules have mistakes: " + "; ".join(problems) + ".")
        self.problems = tuple(problems)


class RuleReader:
    """Reads what is there, notes what is wrong, and goes on.

    ``known`` has the names that a condition may read; empty: any name.
    """

    def __init__(self, known: Collection[str] = ()) -> None:
        self.problems: list[str] = []
        self._known = frozenset(known)

    def rule(self, text: str) -> tuple[Rule, bool] | None:
        """Return the rule in ``text`` and whether it is enabled; None where it is no mapping at all."""
        try:
            data = yaml.safe_load(text)
        except (yaml.YAMLError, RecursionError, ValueError) as error:
            self.problems.append(f"it is not YAML that can be read ({str(error).splitlines()[0]})")
            return None
        if not isinstance(data, Mapping):
            self.problems.append("a rule must be a mapping of fields, such as name, when, opens")
            return None
        self._unknown(data, FIELDS, "")
        rule = Rule(
            name=self._text(data, "name", needed=True),
            version=version_of(data),
            when=self._condition(data.get("when"), "when"),
            clear=self._clear(data.get("clear", {})),
            window=self._window(data["window"]) if "window" in data else None,
            held=timedelta(days=self._number(data.get("held_days", 0), "held_days", 0, 365)),
            cap=int(self._number(data.get("cap", 1), "cap", 1, 1000)),
            severity=self._choice(data.get("severity", "normal"), "severity", get_args(Severity)),
            opens=self._choice(data.get("opens", "evidence"), "opens", get_args(Opens)),
            kind=self._choice(data.get("kind", "renewal"), "kind", get_args(CaseKind)),
            playbook=self._text(data, "playbook"),
            rests_on=frozenset(self._choices(data.get("rests_on", []), "rests_on", get_args(RestsOn))),
            definition=text,
        )
        return rule, self._flag(data.get("enabled", True), "enabled")

    def _clear(self, data: object) -> Clear:
        if not isinstance(data, Mapping):
            self.problems.append("clear must be a mapping with when and held_days")
            return Clear()
        self._unknown(data, ("when", "held_days"), "clear.")
        condition = self._condition(data["when"], "clear.when") if "when" in data else None
        held = self._number(data.get("held_days", 0), "clear.held_days", 0, 365)
        return Clear(when=condition, held=timedelta(days=held))

    def _window(self, data: object) -> Window:
        if not isinstance(data, Mapping):
            self.problems.append(
                "window must be a mapping with earliest and latest, in days before the renewal"
            )
            return Window()
        self._unknown(data, ("earliest", "latest"), "window.")
        ends = {
            name: int(self._number(data[name], f"window.{name}", -3650, 3650))
            for name in ("earliest", "latest")
            if name in data
        }
        if len(ends) == 2 and ends["earliest"] < ends["latest"]:
            self.problems.append("window.earliest must be at least window.latest (days before the renewal)")
        return Window(**ends)

    def _condition(self, data: object, place: str) -> Condition:
        if not isinstance(data, Mapping) or not data:
            self.problems.append(f"{place} must be a condition: reading with a comparison, all, any or not")
            return _NEVER
        for name, many in (("all", AllOf), ("any", AnyOf)):
            if name in data:
                self._unknown(data, (name,), f"{place}.")
                return many(conditions=self._several(data[name], f"{place}.{name}"))
        if "not" in data:
            self._unknown(data, ("not",), f"{place}.")
            return Not(condition=self._condition(data["not"], f"{place}.not"))
        return self._leaf(data, place)

    def _several(self, data: object, place: str) -> tuple[Condition, ...]:
        if not isinstance(data, list) or not data:
            self.problems.append(f"{place} must be a list of at least one condition")
            return ()
        return tuple(self._condition(one, f"{place}[{at + 1}]") for at, one in enumerate(data))

    def _leaf(self, data: Mapping[str, Any], place: str) -> Condition:
        operators = get_args(Operator)
        self._unknown(data, ("reading", *operators, "fell_by", "rose_by", "within_days"), f"{place}.")
        reading = self._reading(data.get("reading"), f"{place}.reading")
        given = [name for name in (*operators, "fell_by", "rose_by") if name in data]
        if len(given) != 1:
            self.problems.append(
                f"{place} must have exactly one of {', '.join((*operators, 'fell_by', 'rose_by'))}"
            )
            return _NEVER
        if given[0] not in operators:
            days = int(self._number(data.get("within_days"), f"{place}.within_days", 1, 28))
            by = self._number(data[given[0]], f"{place}.{given[0]}", 0, 1e9)
            return Change(
                reading=reading,
                direction="fell" if given[0] == "fell_by" else "rose",
                by=by,
                within_days=days,
            )
        value = self._value(data[given[0]], f"{place}.{given[0]}")
        return Comparison(reading=reading, operator=given[0], value=value)

    def _value(self, data: object, place: str) -> Value:
        if isinstance(data, str):
            return OfReading(name=self._reading(data, place))
        if isinstance(data, Mapping) and "least_of" in data:
            self._unknown(data, ("least_of",), f"{place}.")
            several = data["least_of"] if isinstance(data["least_of"], list) else []
            if not several:
                self.problems.append(f"{place}.least_of must be a list of at least one value")
            return LeastOf(values=tuple(self._value(one, f"{place}.least_of") for one in several))
        if isinstance(data, Mapping):
            self._unknown(data, ("of", "times", "plus", "at_least", "at_most"), f"{place}.")
            numbers = {
                name: self._number(data[name], f"{place}.{name}", -1e9, 1e9)
                for name in ("times", "plus", "at_least", "at_most")
                if name in data
            }
            return OfReading(name=self._reading(data.get("of"), f"{place}.of"), **numbers)
        return Number(value=self._number(data, place, -1e12, 1e12))

    def _reading(self, data: object, place: str) -> str:
        if not isinstance(data, str) or not data:
            self.problems.append(f"{place} must name a reading")
            return ""
        if self._known and data not in self._known:
            self.problems.append(f"{place} names {data!r}, which is no reading{_nearest(data, self._known)}")
        return data

    def _number(self, data: object, place: str, least: float, most: float) -> float:
        if isinstance(data, bool) or not isinstance(data, int | float) or not least <= data <= most:
            self.problems.append(f"{place} must be a number from {least:g} to {most:g}")
            return max(least, min(most, 0.0))
        return float(data)

    def _text(self, data: Mapping[str, Any], name: str, *, needed: bool = False) -> str:
        value = data.get(name, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            self.problems.append(f"{name} must be a text")
            return ""
        return value.strip()

    def _flag(self, data: object, place: str) -> bool:
        if not isinstance(data, bool):
            self.problems.append(f"{place} must be true or false")
        return data is True

    def _choice(self, data: object, place: str, known: tuple[Any, ...]) -> Any:
        if data not in known:
            self.problems.append(f"{place} must be one of {', '.join(known)}{_nearest(str(data), known)}")
            return known[0]
        return data

    def _choices(self, data: object, place: str, known: tuple[Any, ...]) -> list[Any]:
        if not isinstance(data, list):
            self.problems.append(f"{place} must be a list of {', '.join(known)}")
            return []
        return [self._choice(one, place, known) for one in data]

    def _unknown(self, data: Mapping[Any, Any], known: tuple[str, ...], place: str) -> None:
        self.problems.extend(
            f"{place}{name} is not a field{_nearest(str(name), known)}" for name in data if name not in known
        )


def version_of(data: object) -> str:
    """Return a hash of what a rule says; comments and the order of fields don't matter."""
    canonical = json.dumps(data, sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _nearest(name: str, known: Collection[str]) -> str:
    found = difflib.get_close_matches(name, sorted(known), n=1)
    return f" (did you mean {found[0]}?)" if found else ""
