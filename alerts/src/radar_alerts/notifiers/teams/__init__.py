"""Microsoft Teams through the webhook of a workflow ("When a Teams webhook request is received")."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from pydantic import Field, SecretStr

from radar_alerts.notifiers.guarded_post import AllowedHosts, hosts_in
from radar_alerts.notifiers.package import Look, NotifierPackage, Surroundings
from radar_alerts.notifiers.teams.teams import Teams
from radar_alerts.service.ports import Notifier
from radar_chassis.config import Section
from radar_chassis.errors import ConfigurationError
from radar_vocabulary.language.messages import Message


class TeamsSettings(Section):
    """The workflows' addresses, which are secrets."""

    urls: dict[str, SecretStr] = Field(default_factory=dict, description="by the name that queues use")
    hosts: str = Field(
        "logic.azure.com,powerplatform.com", description="hosts, with those below them, that workflows are on"
    )
    private_hosts: str = Field("", description="hosts that may have an address that isn't public")


def _build(settings: TeamsSettings, given: Surroundings) -> Notifier:
    return Teams(
        {name: url.get_secret_value() for name, url in settings.urls.items()},
        given.client,
        allowed=AllowedHosts(hosts=hosts_in(settings.hosts), private=hosts_in(settings.private_hosts)),
    )


def _looks(settings: TeamsSettings) -> Iterator[Look]:
    if settings.urls:
        yield "teams", lambda: _check(settings)


def _check(settings: TeamsSettings) -> str:
    if not all(one.get_secret_value().startswith("https://") for one in settings.urls.values()):
        raise ConfigurationError(
            "each of alerts.teams.urls must begin with https://; copy it from the workflow again"
        )
    return "looks right; nothing was sent"


PACKAGE: Final = NotifierPackage(
    name="teams",
    title=Message("Microsoft Teams"),
    rank=20,
    settings=TeamsSettings,
    is_set_up=lambda settings: bool(settings.urls),
    build=_build,
    looks=_looks,
    pause=timedelta(seconds=1),
)
