"""A rule stepped through a history, as the case machine does it."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from radar_alerts.domain.rules.evaluation import Finding, step
from radar_alerts.domain.rules.inputs import DailyValues, TermInputs
from radar_alerts.domain.rules.memory import RuleMemory
from radar_alerts.domain.rules.rule import Rule
from radar_alerts.domain.rules.rule_file import RuleReader


def read(text: str) -> Rule:
    """Return the rule in ``text``, which has no mistake."""
    reader = RuleReader(known=())
    found = reader.rule(text)
    assert reader.problems == []
    assert found is not None
    return found[0]


class RuleLife:
    """Steps a rule over the days that it is told of, and keeps what it found by the number of the step."""

    def __init__(self, rule: Rule | str, start: datetime) -> None:
        self.rule = read(rule) if isinstance(rule, str) else rule
        self.at = start
        self.memory = RuleMemory()
        self.days: dict[str, DailyValues] = {}
        self.found: list[tuple[int, Finding]] = []
        self.steps = 0

    def hears(self, at: datetime | None = None, **values: float) -> Finding | None:
        """Step the rule at a moment (the present one) with these values."""
        at = at or self.at
        inputs = TermInputs(at=at, values=values, history=tuple(self.days.values()))
        self.memory, found = step(self.rule, self.memory, inputs)
        if found is not None:
            self.found.append((self.steps, found))
        self.steps += 1
        self.days[at.date().isoformat()] = DailyValues(day=at.date(), values=dict(values))
        return found

    def hears_daily(self, days: Iterable[Mapping[str, float]]) -> None:
        """Step the rule once a day."""
        for values in days:
            self.hears(**values)
            self.at += timedelta(days=1)

    @property
    def said(self) -> list[tuple[int, str]]:
        """Return (number of the step, kind) of each finding."""
        return [(at, found.kind) for at, found in self.found]
