"""Finds the notifier packages: each folder beside this module that has a ``PACKAGE``."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from radar_alerts import notifiers
from radar_alerts.notifiers.package import NotifierPackage
from radar_chassis.errors import InvalidRequest


@cache
def notifier_packages() -> Mapping[str, NotifierPackage[Any]]:
    """Return every package by its name, the one that people are reached by first at the front."""
    names = [one.name for one in iter_modules(notifiers.__path__) if one.ispkg]
    found = [import_module(f"{notifiers.__name__}.{name}").PACKAGE for name in names]
    return {one.name: one for one in sorted(found, key=lambda one: (one.rank, one.name))}


def known_channel(name: str) -> str:
    """Return ``name`` if there is such a channel. Raises InvalidRequest, which names those there are."""
    if name not in notifier_packages():
        raise InvalidRequest(f"There is no such channel; there are {', '.join(notifier_packages())}.")
    return name
