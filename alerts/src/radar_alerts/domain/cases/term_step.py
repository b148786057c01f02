"""Steps every rule over one renewal and keeps what they remember and which signals hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from msgspec import structs

from radar_alerts.domain.cases.case import Signal
from radar_alerts.domain.cases.memory import TermMemory
from radar_alerts.domain.rules.evaluation import Finding, step
from radar_alerts.domain.rules.inputs import DailyValues, TermInputs
from radar_alerts.domain.rules.memory import RuleMemory
from radar_alerts.domain.rules.rule import Rule, RuleSet
from radar_vocabulary.contracts.scalars import Cause

HISTORY_DAYS: Final = 35


@dataclass(frozen=True, kw_only=True)
class TermStep:
    """The renewal's memory after a step, and the signals that were raised or cleared in it."""

    memory: TermMemory
    raised: tuple[Signal, ...] = ()
    cleared: tuple[Signal, ...] = ()


def step_term(
    memory: TermMemory, rules: Iterable[Rule], values: Mapping[str, float], at: datetime, cause: Cause | None
) -> TermStep:
    """Return what the moment's values do to the renewal's signals. ``rules`` are those that may speak now."""
    inputs = TermInputs(at=at, values=values, history=memory.days)
    states, signals = dict(memory.rules), dict(memory.signals)
    raised: list[Signal] = []
    cleared: list[Signal] = []
    for rule in rules:
        states[rule.name], finding = step(rule, states.get(rule.name, RuleMemory()), inputs)
        if finding is None:
            continue
        if finding.kind == "raised":
            signals[rule.name] = _signal(rule, finding, at, cause)
            raised.append(signals[rule.name])
        elif rule.name in signals:
            cleared.append(structs.replace(signals.pop(rule.name), cleared_at=at))
    after = TermMemory(rules=states, signals=signals, days=memory.days)
    return TermStep(memory=after, raised=tuple(raised), cleared=tuple(cleared))


def with_day(memory: TermMemory, rule_set: RuleSet, values: Mapping[str, float], at: datetime) -> TermMemory:
    """Return the memory with the day's values of what rules compare over time; a later moment replaces its day."""
    day = at.date()
    kept = tuple(one for one in memory.days if one.day != day and (day - one.day).days <= HISTORY_DAYS)
    compared = {name: values[name] for name in rule_set.compared if name in values}
    return structs.replace(memory, days=(*kept, DailyValues(day=day, values=compared)))


def _signal(rule: Rule, finding: Finding, at: datetime, cause: Cause | None) -> Signal:
    return Signal(
        rule=rule.name,
        version=rule.version,
        opens=rule.opens != "evidence",
        severity=rule.severity,
        playbook=rule.playbook,
        rests_on=tuple(sorted(rule.rests_on)),
        raised_at=at,
        cause=cause,
        evidence=dict(finding.evidence),
        says=dict(rule.says),
    )
