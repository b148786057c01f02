"""Opens the event log that an address names."""

from dataclasses import fields
from pathlib import Path
from typing import TypeVar
from urllib.parse import parse_qsl, urlsplit

from radar_chassis.bus.embedded import EmbeddedBus, EmbeddedSettings
from radar_chassis.bus.kafka.settings import KafkaSettings
from radar_chassis.bus.port import Bus
from radar_chassis.errors import ConfigurationError

S = TypeVar("S", EmbeddedSettings, KafkaSettings)


def open_bus(url: str) -> Bus:
    """Return the bus at ``url``; connects on first use.

    ``sqlite:///relative/log.db``, ``sqlite:////absolute/log.db`` or ``kafka://host:port,host:port``. A query sets
    any numeric field of the driver's settings, as in ``kafka://broker:9092?session_timeout=10``.

    Raises:
        ConfigurationError: the address can't be read, or its driver isn't installed.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and not parts.netloc and parts.path not in {"", "/"}:
        return EmbeddedBus(Path(parts.path[1:]), _settings(EmbeddedSettings(), parts.query))
    if parts.scheme == "kafka" and parts.netloc:
        from radar_chassis.bus.kafka.bus import KafkaBus  # noqa: PLC0415 - an extra that may not be installed

        return KafkaBus(parts.netloc.split(","), _settings(KafkaSettings(), parts.query))
    raise ConfigurationError(
        "The event log's address must look like sqlite:///folder/log.db or kafka://host:9092,host:9092."
    )


def _settings(defaults: S, query: str) -> S:
    kinds = {field.name: type(getattr(defaults, field.name)) for field in fields(defaults)}
    given = {}
    for name, value in parse_qsl(query, keep_blank_values=True):
        if kinds.get(name) not in {int, float}:
            raise ConfigurationError(
                f"The event log's address sets {name!r}, which isn't one of its settings."
            )
        try:
            given[name] = kinds[name](value)
        except ValueError as error:
            raise ConfigurationError(f"The event log's setting {name!r} must be a number.") from error
    return type(defaults)(**given)
