"""A scorecard as a person would write its file: a line for each metric, whole numbers without a point."""

from typing import Any, Final

import yaml

from radar_health_score.domain.scoring.scorecard import Scorecard

_HEAD: Final = ("name", "applies_to", "bands", "min_coverage", "stale_after_days", "when_stale", "renewal")
_WIDE: Final = 10_000


class _Line(dict[str, Any]):
    """A mapping on one line."""


class _Row(list[Any]):
    """A list on one line."""


class _Dumper(yaml.SafeDumper):
    """Keeps lines and rows on one line."""


_Dumper.add_representer(
    _Line, lambda dumper, line: dumper.represent_mapping("tag:yaml.org,2002:map", line, flow_style=True)
)
_Dumper.add_representer(
    _Row, lambda dumper, row: dumper.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True)
)


def scorecard_file(scorecard: Scorecard) -> str:
    """Return the YAML that ``parse_scorecard`` reads back as the same scorecard."""
    content = scorecard.content()
    head: dict[str, Any] = {name: _plain(content[name]) for name in _HEAD if name in content}
    dimensions = {
        name: {
            "weight": _plain(part["weight"]),
            "metrics": {metric: _plain(row) for metric, row in part["metrics"].items()},
        }
        for name, part in content["dimensions"].items()
    }
    told = {**head, "dimensions": dimensions}
    return yaml.dump(told, Dumper=_Dumper, sort_keys=False, width=_WIDE, allow_unicode=True)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return _Line({name: _plain(one) for name, one in value.items()})
    if isinstance(value, list):
        return _Row(_plain(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
