"""The channel of last resort: the message stays in the deliveries, where the console shows it."""

from typing import Final

from radar_alerts.notifiers.console.console import Console
from radar_alerts.notifiers.package import NotifierPackage
from radar_chassis.config import Section
from radar_vocabulary.language.messages import message

NAME: Final = "console"


class ConsoleSettings(Section):
    """There is nothing to set."""


PACKAGE: Final = NotifierPackage(
    name=NAME,
    title=message("the console"),
    rank=1000,
    settings=ConsoleSettings,
    is_set_up=lambda _: True,
    senders=1,
    build=lambda _settings, _client: Console(),
)
