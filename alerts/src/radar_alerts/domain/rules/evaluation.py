"""One step of a rule over one renewal: pure, so that the past can be told again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from msgspec import structs

from radar_alerts.domain.rules.condition import holds, readings
from radar_alerts.domain.rules.inputs import TermInputs
from radar_alerts.domain.rules.memory import RuleMemory
from radar_alerts.domain.rules.rule import Rule

DAYS: Final = "days_to_renewal"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What a rule has to say; ``evidence`` has the values of the readings that it looked at."""

    kind: Literal["raised", "cleared"]
    evidence: Mapping[str, float]


def step(rule: Rule, memory: RuleMemory, inputs: TermInputs) -> tuple[RuleMemory, Finding | None]:
    """Return what the rule remembers after this moment, and what it finds, if anything.

    A condition that isn't known to hold or to fail neither raises nor clears, and breaks no dwell. The window says when
    a rule may speak; how long its condition has held counts from before it too. A moment that is not later than the
    last changes nothing.
    """
    if memory.at is not None and inputs.at <= memory.at:
        return memory, None
    memory = structs.replace(memory, at=inputs.at)
    return _active(rule, memory, inputs) if memory.active else _inactive(rule, memory, inputs)


def _inactive(rule: Rule, memory: RuleMemory, inputs: TermInputs) -> tuple[RuleMemory, Finding | None]:
    condition = holds(rule.when, inputs)
    if condition is None:
        return memory, None
    if not condition:
        return structs.replace(memory, holding_since=None), None
    since = memory.holding_since or inputs.at
    memory = structs.replace(memory, holding_since=since)
    due = memory.raised < rule.cap and _long_enough(since, inputs.at, rule.held)
    if not (due and _may_speak(rule, inputs)):
        return memory, None
    raised = structs.replace(memory, active=True, raised=memory.raised + 1)
    return raised, Finding(kind="raised", evidence=_evidence(rule, inputs))


def _active(rule: Rule, memory: RuleMemory, inputs: TermInputs) -> tuple[RuleMemory, Finding | None]:
    over = _is_over(rule, inputs)
    if over is None:
        return memory, None
    if not over:
        return structs.replace(memory, clearing_since=None), None
    since = memory.clearing_since or inputs.at
    if not _long_enough(since, inputs.at, rule.clear.held):
        return structs.replace(memory, clearing_since=since), None
    cleared = structs.replace(memory, active=False, holding_since=None, clearing_since=None)
    return cleared, Finding(kind="cleared", evidence=_evidence(rule, inputs))


def _may_speak(rule: Rule, inputs: TermInputs) -> bool:
    return rule.window is None or rule.window.includes(inputs.values.get(DAYS)) is True


def _is_over(rule: Rule, inputs: TermInputs) -> bool | None:
    if rule.clear.when is not None:
        return holds(rule.clear.when, inputs)
    condition = holds(rule.when, inputs)
    return None if condition is None else not condition


def _long_enough(since: datetime, at: datetime, held: timedelta) -> bool:
    return at - since >= held


def _evidence(rule: Rule, inputs: TermInputs) -> dict[str, float]:
    names = readings(rule.when) | {DAYS}
    return {name: inputs.values[name] for name in sorted(names) if name in inputs.values}
