"""Reads ``alerts.slack_bot_token`` as ``alerts.slack.bot_token``, and a queue's target by any of its names."""

from collections.abc import Iterator, Mapping
from typing import Any

from radar_alerts.notifiers.package import NotifierPackage
from radar_alerts.notifiers.registry import notifier_packages


def nested(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of alerts with each channel's in its section; raises ValueError for one given twice."""
    settings = {name: dict(value) if isinstance(value, dict) else value for name, value in given.items()}
    for package in notifier_packages().values():
        for flat, name in _flat_names(package):
            if flat in settings:
                _move(settings, flat, package.name, name)
    return settings


def queue_targets(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return a queue's settings with its targets by channel in ``targets``."""
    settings = dict(given)
    targets = dict(settings.pop("targets", None) or {})
    for package in notifier_packages().values():
        for name in (package.name, *package.queue_settings):
            target = settings.pop(name, None)
            if target is not None:
                targets[package.name] = target
    return {**settings, "targets": targets}


def _flat_names(package: NotifierPackage[Any]) -> Iterator[tuple[str, str]]:
    for name in package.settings.model_fields:
        yield f"{package.name}_{name}", name
    yield from package.other_settings.items()


def _move(settings: dict[str, Any], flat: str, channel: str, name: str) -> None:
    value = settings.pop(flat)
    section = settings.setdefault(channel, {})
    if isinstance(section, dict):
        if name in section:
            raise ValueError(f"alerts.{flat} and alerts.{channel}.{name} are one setting; give it once")
        section[name] = value
