"""Finds the store for commands that read it directly, also while the product runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from radar.settings import Settings, load_settings
from radar_chassis.clock import SystemClock
from radar_chassis.errors import ConfigurationError
from radar_chassis.logging import configure_logging

if TYPE_CHECKING:
    from radar_chassis.access.store import KeyStore


def quiet_settings(*, data: Path | None) -> Settings:
    """Return the settings of a command that prints an answer: logs would only be in its way."""
    configure_logging(style="console", level="error")
    return load_settings(data=data)


def store_settings(*, data: Path | None) -> Settings:
    """Return the settings of a command that reads a store; raises ConfigurationError where there is none."""
    settings = quiet_settings(data=data)
    if settings.database_url is None and not settings.data.is_dir():
        raise ConfigurationError(
            f"There is no product in {settings.data}; name its folder with --data, or set RADAR_DATABASE_URL."
        )
    return settings


@contextmanager
def open_keys(data: Path | None, *, new: bool = False) -> Iterator["KeyStore"]:
    """Yield the key store; ``new``: it may be made here.

    Raises ConfigurationError where there is no product in the folder, DatabaseUnavailable.
    """
    from radar.runtime import key_store  # noqa: PLC0415 - what a store needs is slow to import

    settings = quiet_settings(data=data)
    if settings.database_url is None and not new and not settings.data.is_dir():
        raise ConfigurationError(
            f"There is no product in {settings.data}; name its folder with --data, or set RADAR_DATABASE_URL."
        )
    keys = key_store(settings, SystemClock())
    try:
        keys.migrate()
        yield keys
    finally:
        keys.close()
