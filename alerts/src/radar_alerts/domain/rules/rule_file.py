"""Reading a rule from YAML: every mistake is named, all at once."""

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any, Final, get_args

import yaml

from radar_alerts.domain.rules.condition_file import NOTHING, ConditionReader
from radar_alerts.domain.rules.field_reader import FieldReader, nearest
from radar_alerts.domain.rules.known import KNOWN_READINGS
from radar_alerts.domain.rules.rule import Clear, Opens, RestsOn, Rule, Window
from radar_chassis.errors import ConfigurationError
from radar_chassis.strict_yaml import UnreadableYaml, read_yaml
from radar_vocabulary.contracts.alerts import CaseKind, Severity
from radar_vocabulary.language.tags import LANGUAGES, Language

FIELDS: Final = (
    "name", "says", "enabled", "kind", "opens", "severity", "window", "held_days", "cap", "rests_on", "playbook",
    "when", "clear",
)  # fmt: skip
CLEAR_FIELDS: Final = ("when", "held_days")
WINDOW_FIELDS: Final = ("earliest", "latest")
LONGEST: Final = 200
# Of the fields of a rule, those that don't change what it asks for.
_NOT_ASKED: Final = frozenset({"enabled", "says"})
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,63}")


class RulesInvalid(ConfigurationError):  # noqa: N818 - named for what the caller sees
    """Rules that can't be used; ``problems`` names every mistake by its place."""

    status = 422
    code = "rules_invalid"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The rules have mistakes: " + "; ".join(problems) + ".")
        self.problems = tuple(problems)


class RuleReader:
    """Reads what is there, notes what is wrong, and goes on.

    ``known`` has the names that a condition may read; empty: any name. ``bases``: rules by name. A file without
    ``when`` changes the fields that it has of the rule of its name, and keeps the others.
    """

    def __init__(
        self, known: Collection[str] = KNOWN_READINGS, bases: Mapping[str, Rule] | None = None
    ) -> None:
        self._fields = FieldReader()
        self._conditions = ConditionReader(self._fields, known)
        self._bases = bases or {}

    @property
    def problems(self) -> list[str]:
        """Every mistake so far, each beginning with its field, and with its rule where that has a name."""
        return self._fields.problems

    def rule(self, text: str) -> tuple[Rule, bool] | None:
        """Return the rule in ``text`` and whether it is enabled; None where it is no mapping at all."""
        try:
            data = read_yaml(text)
        except UnreadableYaml as error:
            self.problems.append(str(error))
            return None
        if not isinstance(data, Mapping):
            self.problems.append("a rule must be a mapping of fields, such as name, when, opens")
            return None
        before = len(self.problems)
        found = self._rule(data, text)
        if found[0].name:
            self.problems[before:] = [f"rule {found[0].name}: {one}" for one in self.problems[before:]]
        return found

    def _rule(self, data: Mapping[Any, Any], text: str) -> tuple[Rule, bool]:
        self._fields.unknown(data, FIELDS, "")
        name = self._name(data.get("name"))
        whole = data if "when" in data else self._changed(name, data)
        definition = text if whole is data else yaml.safe_dump(whole, sort_keys=False, allow_unicode=True)
        enabled = self._fields.flag(whole.get("enabled", True), "enabled")
        return self._read(name, whole, definition), enabled

    def _read(self, name: str, data: Mapping[Any, Any], definition: str) -> Rule:
        fields = self._fields
        return Rule(
            name=name,
            version=version_of({key: value for key, value in data.items() if key not in _NOT_ASKED}),
            when=self._conditions.condition(data["when"], "when") if "when" in data else NOTHING,
            says=self._says(data["says"]) if "says" in data else {},
            clear=self._clear(data.get("clear", {})),
            window=self._window(data["window"]) if "window" in data else None,
            held=self._held(data.get("held_days", 0), "held_days"),
            cap=fields.number(data.get("cap", 1), "cap", 1, 1000, whole=True),
            severity=fields.choice(data.get("severity", "normal"), "severity", get_args(Severity)),
            opens=fields.choice(data.get("opens", "evidence"), "opens", get_args(Opens)),
            kind=fields.choice(data.get("kind", "renewal"), "kind", get_args(CaseKind)),
            playbook=fields.text(data["playbook"], "playbook") if "playbook" in data else "",
            rests_on=fields.choices(data.get("rests_on", []), "rests_on", get_args(RestsOn)),
            definition=definition,
        )

    def _name(self, data: object) -> str:
        name = self._fields.text(data, "name")
        if name and not _NAME.fullmatch(name):
            self._fields.wrong(
                "name", "must be small letters, digits and _, beginning with a letter (64 at most)"
            )
        return name

    def _says(self, data: object) -> dict[Language, str]:
        if not isinstance(data, Mapping) or not data:
            self._fields.wrong(
                "says", f"must be a mapping from a language ({', '.join(LANGUAGES)}) to its text"
            )
            return {}
        self._fields.unknown(data, LANGUAGES, "says.")
        found = {name: self._fields.text(data[name], f"says.{name}") for name in LANGUAGES if name in data}
        for name, text in found.items():
            if len(text) > LONGEST:
                self._fields.wrong(f"says.{name}", f"has {len(text)} characters; write at most {LONGEST}")
        return found

    def _changed(self, name: str, data: Mapping[Any, Any]) -> Mapping[Any, Any]:
        """Return the rule of that name with the fields of ``data`` in place of its own."""
        base = self._bases.get(name)
        if base is None:
            hint = nearest(name, self._bases) if name else ""
            self._fields.wrong("when", f"is missing; only a built-in rule can be changed without it{hint}")
            return data
        return {**read_yaml(base.definition), **data}

    def _clear(self, data: object) -> Clear:
        if not isinstance(data, Mapping):
            self._fields.wrong("clear", "must be a mapping with when and held_days")
            return Clear()
        self._fields.unknown(data, CLEAR_FIELDS, "clear.")
        condition = self._conditions.condition(data["when"], "clear.when") if "when" in data else None
        return Clear(when=condition, held=self._held(data.get("held_days", 0), "clear.held_days"))

    def _held(self, data: object, place: str) -> timedelta:
        return timedelta(days=self._fields.number(data, place, 0, 365))

    def _window(self, data: object) -> Window:
        if not isinstance(data, Mapping) or not data:
            self._fields.wrong(
                "window", "must be a mapping with earliest and latest, in days before the renewal"
            )
            return Window()
        self._fields.unknown(data, WINDOW_FIELDS, "window.")
        ends = {
            name: self._fields.number(data[name], f"window.{name}", -3650, 3650, whole=True)
            for name in WINDOW_FIELDS
            if name in data
        }
        if len(ends) == 2 and ends["earliest"] < ends["latest"]:
            self._fields.wrong("window.earliest", "must be at least window.latest (days before the renewal)")
        return Window(**ends)


def version_of(data: object) -> str:
    """Return a hash of what a rule says; comments, the order of fields and how a number is written don't matter."""
    canonical = json.dumps(_plain(data), sort_keys=True, default=str, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _plain(data: object) -> object:
    """Return the data with names as texts, so that they can be sorted, and numbers written one way."""
    if isinstance(data, Mapping):
        return {str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(one) for one in data]
    return float(data) if isinstance(data, int) and not isinstance(data, bool) else data
