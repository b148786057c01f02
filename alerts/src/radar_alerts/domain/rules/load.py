"""The rules in force: the built-in ones, and the workspace's own, which replace those of the same name."""

from collections.abc import Collection
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from radar_alerts.domain.rules.known import KNOWN_READINGS
from radar_alerts.domain.rules.rule import Rule, RuleSet
from radar_alerts.domain.rules.rule_file import RuleReader, RulesInvalid, version_of
from radar_chassis.errors import ConfigurationError
from radar_vocabulary.contracts.alerts import Severity

_ORDER: Final[dict[Severity, int]] = {"critical": 0, "high": 1, "normal": 2}
_SUFFIXES: Final = frozenset({".yaml", ".yml"})


def load_rules(folder: Path | None, known: Collection[str] = KNOWN_READINGS) -> RuleSet:
    """Return the built-in rules with those of ``folder`` over them.

    A file with ``when`` replaces the built-in rule of its name, or adds a rule. One without changes the fields that it
    has of the built-in rule of its name, and keeps the others; ``enabled: false`` switches the rule off.

    Raises:
        RulesInvalid: names every mistake of every file.
        ConfigurationError: there is no such folder, or a file can't be read.
    """
    if folder is None:
        return rule_set(built_in_rules())
    if not folder.is_dir():
        raise ConfigurationError(
            f"alerts.rules names {folder}, which doesn't exist; create it, or remove the setting."
        )
    return rules_with(files_of(folder), known)


def files_of(folder: Path) -> list[Path]:
    """Return the files in a folder that hold rules, by name."""
    return sorted(file for file in folder.iterdir() if file.suffix in _SUFFIXES)


def rules_with(files: Collection[Path], known: Collection[str] = KNOWN_READINGS) -> RuleSet:
    """Return the built-in rules with those of ``files`` over them. Raises RulesInvalid, ConfigurationError."""
    found = {rule.name: rule for rule in built_in_rules()}
    for rule, enabled in read_rules(files, known):
        found.pop(rule.name, None)
        if enabled:
            found[rule.name] = rule
    return rule_set(found.values())


def read_rules(files: Collection[Path], known: Collection[str] = KNOWN_READINGS) -> list[tuple[Rule, bool]]:
    """Return the rules in files, each with whether it is enabled. Raises RulesInvalid, ConfigurationError."""
    bases = {rule.name: rule for rule in built_in_rules()}
    found: dict[str, tuple[Rule, bool]] = {}
    problems: list[str] = []
    for file in files:
        reader = RuleReader(known, bases)
        read = reader.rule(_text(file))
        problems += [f"{file.name}: {one}" for one in reader.problems]
        if read is None:
            continue
        name = read[0].name
        if name and name in found:
            problems.append(f"{file.name}: rule {name}: name is used by another file too; rename one of them")
        found[name] = read
    if problems:
        raise RulesInvalid(problems)
    return list(found.values())


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"The rule {file} can't be read; check its path and its rights.") from error


@cache
def built_in_rules() -> tuple[Rule, ...]:
    """Return the rules that come with the product."""
    folder = resources.files("radar_alerts.domain.rules") / "builtin"
    reader = RuleReader()
    texts = (file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".yaml"))
    found = [reader.rule(text) for text in texts]
    if reader.problems:
        raise RulesInvalid(reader.problems)
    return tuple(rule for rule, _ in (one for one in found if one is not None))


def rule_set(rules: Collection[Rule]) -> RuleSet:
    """Return rules as a set: the most severe first, those of one severity by name."""
    ordered = tuple(sorted(rules, key=lambda one: (_ORDER[one.severity], one.name)))
    return RuleSet(ordered, version_of([(one.name, one.version, one.demoted) for one in ordered]))
