"""Reading a playbook from YAML: every mistake is named, all at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from radar_chassis.strict_yaml import UnreadableYaml, read_yaml
from radar_vocabulary.language.tags import LANGUAGES, Language

STEPS_AT_MOST: Final = 5
LONGEST: Final = 300


@dataclass(frozen=True, kw_only=True)
class Playbook:
    """The next steps for a cause, in order, each in one language or more."""

    steps: tuple[Mapping[Language, str], ...]

    def said(self, language: Language) -> tuple[str, ...]:
        """Return the steps in ``language``; one that isn't written in it in English, else as it is written."""
        return tuple(one.get(language) or one.get("en") or next(iter(one.values())) for one in self.steps)


def read_playbook(text: str) -> tuple[Playbook, tuple[str, ...]]:
    """Return the playbook in ``text`` and every mistake in it; with any mistake the playbook is of no use."""
    try:
        data = read_yaml(text)
    except UnreadableYaml as error:
        return Playbook(steps=()), (str(error),)
    problems = tuple(_problems(data))
    if problems:
        return Playbook(steps=()), problems
    return Playbook(steps=tuple({name: one[name].strip() for name in one} for one in data["steps"])), ()


def _problems(data: Any) -> Iterator[str]:
    if not isinstance(data, Mapping):
        yield "a playbook must be a mapping with the field steps"
        return
    for name in data:
        if name != "steps":
            yield f"{name!r} is not a field; a playbook has steps"
    steps = data.get("steps")
    if not isinstance(steps, list) or not 1 <= len(steps) <= STEPS_AT_MOST:
        yield f"steps must be a list of 1 to {STEPS_AT_MOST} steps"
        return
    for at, step in enumerate(steps, start=1):
        yield from _of_step(step, f"steps[{at}]")


def _of_step(step: Any, place: str) -> Iterator[str]:
    if not isinstance(step, Mapping) or not step:
        yield f"{place} must be a mapping from a language ({', '.join(LANGUAGES)}) to its text"
        return
    for language, text in step.items():
        if language not in LANGUAGES:
            yield f"{place}.{language}: the languages are {', '.join(LANGUAGES)}"
        elif not isinstance(text, str) or not text.strip():
            yield f"{place}.{language} must be a text"
        elif len(text.strip()) > LONGEST:
            yield f"{place}.{language} has {len(text.strip())} characters; write at most {LONGEST}"
