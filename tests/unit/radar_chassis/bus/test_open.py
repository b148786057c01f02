"""An address names a log and its settings, and a wrong one says what is wrong."""

import sys
from pathlib import Path

import pytest

from radar_chassis.bus.embedded import EmbeddedBus
from radar_chassis.bus.open import open_bus
from radar_chassis.errors import ConfigurationError


def test_a_file_is_opened_where_the_address_says(tmp_path: Path) -> None:
    bus = open_bus(f"sqlite:///{tmp_path}/log.db?lease=5")
    assert isinstance(bus, EmbeddedBus)
    bus.ping()
    assert (tmp_path / "log.db").exists()


@pytest.mark.parametrize("url", ["", "log.db", "sqlite://", "sqlite:///", "kafka://", "http://host:9092"])
def test_an_address_of_another_shape_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ConfigurationError, match="kafka://host:9092"):
        open_bus(url)


def test_an_unknown_setting_is_named() -> None:
    with pytest.raises(ConfigurationError, match="leese"):
        open_bus("sqlite:///log.db?leese=5")


def test_a_setting_that_is_no_number_is_named() -> None:
    with pytest.raises(ConfigurationError, match="lease"):
        open_bus("sqlite:///log.db?lease=long")


def test_a_missing_client_is_named_with_the_extra_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("radar_chassis.bus.kafka.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "kafka", None)
    with pytest.raises(ConfigurationError, match=r"renewal-radar\[kafka\]"):
        open_bus("kafka://host:9092")
