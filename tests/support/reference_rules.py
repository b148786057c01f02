"""What a rule finds in a history, told slowly and without the product's code: every day looks at all days before it.

A rule is the mapping that its YAML says; a history a list of days, each a mapping of readings. Truth is 0, 1/2
(unknown) or 1, so that `all` is the least and `any` the most.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias

Day: TypeAlias = tuple[datetime, Mapping[str, float]]
UNKNOWN = 0.5
EPSILON = 1e-9


def findings(rule: Mapping[str, Any], history: Sequence[Day]) -> list[tuple[int, str]]:
    """Return (number of the day, "raised" or "cleared") for each thing the rule has to say."""
    said: list[tuple[int, str]] = []
    for now in range(len(history)):
        raised = [at for at, what in said if what == "raised"]
        cleared = [at for at, what in said if what == "cleared"]
        if len(raised) > len(cleared):
            if _held(_over(rule), history, raised[-1] + 1, now, rule.get("clear", {}).get("held_days", 0)):
                said.append((now, "cleared"))
        elif len(raised) < rule.get("cap", 1) and _speaks(rule.get("window"), history[now][1]):
            begin = cleared[-1] + 1 if cleared else 0
            if _held(rule["when"], history, begin, now, rule.get("held_days", 0)):
                said.append((now, "raised"))
    return said


def truth(condition: Mapping[str, Any], history: Sequence[Day], now: int) -> float:
    """Return 1, 0 or 1/2 for a condition on a day."""
    if "all" in condition:
        return min(truth(one, history, now) for one in condition["all"])
    if "any" in condition:
        return max(truth(one, history, now) for one in condition["any"])
    if "not" in condition:
        return 1 - truth(condition["not"], history, now)
    found = _leaf(condition, history, now)
    return float(condition["if_missing"]) if found == UNKNOWN and "if_missing" in condition else found


def _leaf(leaf: Mapping[str, Any], history: Sequence[Day], now: int) -> float:
    today = history[now][0].date()
    days = {at.date(): values for at, values in history[:now]}
    days.pop(today, None)
    if "within_days" in leaf:
        near = [one[leaf["reading"]] for day, one in days.items()
                if 0 < (today - day).days <= leaf["within_days"] and leaf["reading"] in one]  # fmt: skip
        value = history[now][1].get(leaf["reading"])
        if value is None or not near:
            return UNKNOWN
        if "fell_by" in leaf:
            return float(any(one - value >= leaf["fell_by"] - EPSILON for one in near))
        return float(any(value - one >= leaf["rose_by"] - EPSILON for one in near))
    if "for_days" not in leaf:
        return _compare(leaf, history[now][1])
    each = {(today - day).days: _compare(leaf, one) for day, one in days.items()}
    here = _compare(leaf, history[now][1])
    if here == 0 or 0 in [one for ago, one in each.items() if ago <= leaf["for_days"]]:
        return 0
    far = [one for ago, one in each.items() if ago >= leaf["for_days"] and one != UNKNOWN]
    return 1 if here == 1 and far else UNKNOWN


def _compare(leaf: Mapping[str, Any], values: Mapping[str, float]) -> float:
    operator = next(name for name in ("above", "at_least", "below", "at_most", "is") if name in leaf)
    left, right = values.get(leaf["reading"]), _number(leaf[operator], values)
    if left is None or right is None:
        return UNKNOWN
    apart = 0 if abs(left - right) <= EPSILON else (1 if left > right else -1)
    return float(
        apart in {"above": {1}, "at_least": {0, 1}, "below": {-1}, "at_most": {0, -1}, "is": {0}}[operator]
    )


def _number(value: Any, values: Mapping[str, float]) -> float | None:
    if isinstance(value, str):
        return values.get(value)
    if not isinstance(value, Mapping):
        return float(value)
    if "least_of" in value:
        several = [_number(one, values) for one in value["least_of"]]
        return min((one for one in several if one is not None), default=None) if None not in several else None
    if value["of"] not in values:
        return None
    found = value.get("times", 1) * values[value["of"]] + value.get("plus", 0)
    if found < value.get("at_least", float("-inf")):
        return float(value["at_least"])
    return float(value["at_most"]) if found > value.get("at_most", float("inf")) else float(found)


def _over(rule: Mapping[str, Any]) -> Mapping[str, Any]:
    return rule.get("clear", {}).get("when") or {"not": rule["when"]}


def _speaks(window: Mapping[str, int] | None, values: Mapping[str, float]) -> bool:
    if window is None:
        return True
    days = values.get("days_to_renewal")
    return days is not None and window.get("latest", -9999) <= days <= window.get("earliest", 9999)


def _held(condition: Mapping[str, Any], history: Sequence[Day], begin: int, now: int, days: float) -> bool:
    """Return whether the condition holds now, and since long enough without a day on which it failed."""
    if truth(condition, history, now) != 1:
        return False
    since = history[now][0]
    for at in range(now, begin - 1, -1):
        here = truth(condition, history, at)
        if here == 0:
            break
        if here == 1:
            since = history[at][0]
    return history[now][0] - since >= timedelta(days=days)
