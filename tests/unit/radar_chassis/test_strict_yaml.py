"""YAML that people write."""

import pytest

from radar_chassis.strict_yaml import UnreadableYaml, read_yaml


def test_what_is_written_is_read() -> None:
    assert read_yaml("a: [1, {b: 2026-01-01}]")["a"][0] == 1


@pytest.mark.parametrize("text", ["a: 1\na: 2", "a: {b: 1, b: 2}", "a:\n  1: x\n  '1': y"])
def test_a_key_given_twice_is_a_mistake(text: str) -> None:
    with pytest.raises(UnreadableYaml, match="a key is given twice on or after line"):
        read_yaml(text)


@pytest.mark.parametrize("text", ["a: [", "[" * 5000, "a: !!python/object:os.system {}"])
def test_what_cannot_be_read_is_said_with_its_place(text: str) -> None:
    with pytest.raises(UnreadableYaml, match="it is not YAML that can be read"):
        read_yaml(text)
