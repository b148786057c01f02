"""The playbooks in force: the built-in ones, and the workspace's own, which replace those of the same name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from radar_alerts.domain.cases.case import Case
from radar_alerts.domain.messages.playbook_file import Playbook, read_playbook
from radar_chassis.errors import ConfigurationError
from radar_vocabulary.contracts.scalars import Cause
from radar_vocabulary.language.tags import Language

_SUFFIXES: Final = (".yaml", ".yml")


class PlaybooksInvalid(ConfigurationError):  # noqa: N818 - named for what the caller sees
    """Playbooks that can't be used; ``problems`` names every mistake by its file and place."""

    status = 422
    code = "playbooks_invalid"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("The playbooks have mistakes: " + "; ".join(problems) + ".")
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Playbooks:
    """Playbooks by their names; ``own`` has the names that the workspace wrote itself."""

    by_name: Mapping[str, Playbook]
    own: frozenset[str] = frozenset()

    def steps(self, name: str, language: Language) -> tuple[str, ...]:
        """Return the steps of a playbook; none where there is no such playbook."""
        found = self.by_name.get(name)
        return found.said(language) if found else ()

    def steps_for(self, case: Case, cause: Cause | None, language: Language) -> tuple[str, ...]:
        """Return the steps for a case whose leading cause is ``cause``."""
        for name in self._names(case, cause):
            if name in self.by_name:
                return self.steps(name, language)
        return ()

    def _names(self, case: Case, cause: Cause | None) -> list[str]:
        """Return the playbooks that fit, the first that exists counts.

        What kind of case it is comes first, then a playbook of the workspace's own that a rule asks for by a name that
        no cause has, then the leading cause, then what the rules ask for.
        """
        if case.kind == "passed":
            return ["renewal_passed"]
        if case.kind == "expansion":
            return ["expansion_ready"]
        if case.notice_given:
            return ["notice_given"]
        asked = [one.playbook for one in (*case.standing, *case.signals) if one.playbook]
        special = [one for one in asked if one in self.own and one not in built_in().by_name]
        return [*special, *([cause] if cause else []), *asked]


def load_playbooks(folder: Path | None) -> Playbooks:
    """Return the built-in playbooks with those of ``folder`` over them.

    Raises:
        PlaybooksInvalid: names every mistake of every file.
        ConfigurationError: there is no such folder, or a file can't be read.
    """
    if folder is None:
        return built_in()
    if not folder.is_dir():
        raise ConfigurationError(
            f"alerts.playbooks names {folder}, which doesn't exist; create it, or remove the setting."
        )
    own: dict[str, Playbook] = {}
    problems: list[str] = []
    for file in sorted(one for one in folder.iterdir() if one.suffix in _SUFFIXES):
        if file.stem in own:
            problems.append(f"{file.name}: there is another file for {file.stem}; keep one of them")
        own[file.stem], wrong = read_playbook(_text(file))
        problems += [f"{file.name}: {one}" for one in wrong]
    if problems:
        raise PlaybooksInvalid(problems)
    return Playbooks({**built_in().by_name, **own}, frozenset(own))


@cache
def built_in() -> Playbooks:
    """Return the playbooks that come with the product."""
    folder = resources.files("radar_alerts.domain.messages") / "playbooks"
    found, problems = {}, []
    for file in folder.iterdir():
        if file.name.endswith(_SUFFIXES):
            name = file.name.rsplit(".", 1)[0]
            found[name], wrong = read_playbook(file.read_text("utf-8"))
            problems += [f"{file.name}: {one}" for one in wrong]
    if problems:
        raise PlaybooksInvalid(problems)
    return Playbooks(found)


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"The playbook {file} can't be read; check its path and its rights."
        ) from error
