"""Reading YAML that people write: a key given twice is a mistake, of which YAML would silently keep the last."""

from typing import Any

import yaml


class UnreadableYaml(Exception):  # noqa: N818 - named for what the caller sees
    """The text is not YAML that can be read; the message says where."""


def read_yaml(text: str) -> Any:
    """Return what ``text`` says; raises UnreadableYaml."""
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, RecursionError, ValueError, _RepeatedKey) as error:
        raise UnreadableYaml(f"it is not YAML that can be read ({_first_line(error)})") from None


class _RepeatedKey(Exception):  # noqa: N818
    pass


class _StrictLoader(yaml.SafeLoader):
    """Refuses a key given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        texts = [str(key) for key in keys]
        if len(set(texts)) < len(texts):
            raise _RepeatedKey(f"a key is given twice on or after line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep=deep)


def _first_line(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"line {mark.line + 1}" if mark is not None else str(error)
