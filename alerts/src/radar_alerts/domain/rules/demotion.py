"""A rule that is seldom right opens no more cases: it becomes evidence on those that others open."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from radar_alerts.domain.rules.load import rule_set
from radar_alerts.domain.rules.rule import Rule, RuleSet
from radar_vocabulary.language.messages import Sentence, message

FEWEST_CASES: Final = 10
BETTER_THAN_BASE: Final = 1.5
# 1.5 × 0.2 is a little more than 0.3.
_NEAR: Final = 1e-9
_SELDOM_RIGHT: Final = message(
    "{right} of the {all} cases that this rule opened ended in churn. A rule must reach {needed}%, as {base}% of all"
    " terms churn. It now adds evidence to the cases of other rules."
)


@dataclass(frozen=True, kw_only=True)
class RuleRecord:
    """What came of the cases that one version of a rule opened, of those whose term has ended.

    Attributes:
        opened: cases that it opened.
        churned: those of them whose term churned.
    """

    rule: str
    version: str
    opened: int
    churned: int


def demote(rules: RuleSet, records: Iterable[RuleRecord], base_rate: float) -> RuleSet:
    """Return the rules, those that were seldom right as evidence with ``demoted`` saying why.

    Seldom right: of at least 10 cases, a share below 1.5 × ``base_rate`` churned (the share of all ended terms that
    churned, 0 to 1). Where more than half of all terms churn: below halfway from the base rate to 1, as nothing can be
    right more often than always. Only rules about renewals that open cases are judged. A rule whose text changes has
    another version, and is judged anew.
    """
    known = {(one.rule, one.version): one for one in records}
    return rule_set([_judged(rule, known.get((rule.name, rule.version)), base_rate) for rule in rules.rules])


def needed_precision(base_rate: float) -> float:
    """Return the share of its cases that must churn for a rule to go on opening them."""
    return min(BETTER_THAN_BASE * base_rate, (1 + base_rate) / 2)


def _judged(rule: Rule, record: RuleRecord | None, base_rate: float) -> Rule:
    if record is None or rule.opens != "case" or rule.kind != "renewal" or record.opened < FEWEST_CASES:
        return rule
    needed = needed_precision(base_rate)
    if record.churned >= needed * record.opened - _NEAR:
        return rule
    reason = Sentence(
        _SELDOM_RIGHT,
        right=record.churned,
        all=record.opened,
        needed=f"{100 * needed:.0f}",
        base=f"{100 * base_rate:.0f}",
    )
    return replace(rule, opens="evidence", demoted=reason)
