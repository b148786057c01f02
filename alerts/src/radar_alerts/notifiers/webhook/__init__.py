"""A webhook: signed JSON to an address of the workspace's own."""

from collections.abc import Iterator
from typing import Final

from pydantic import Field, SecretStr

from radar_alerts.notifiers.guarded_post import AllowedHosts, hosts_in
from radar_alerts.notifiers.package import Look, NotifierPackage, Surroundings
from radar_alerts.notifiers.webhook.webhook import Webhook
from radar_alerts.service.ports import Notifier
from radar_chassis.config import Section
from radar_chassis.errors import ConfigurationError
from radar_vocabulary.language.messages import message


class WebhookSettings(Section):
    """Which addresses there are, and what they are signed with."""

    urls: dict[str, SecretStr] = Field(default_factory=dict, description="by the name that queues use")
    secret: SecretStr | None = Field(None, description="what the receiver checks the signature with")
    hosts: str = Field("", description="hosts that may be called, with commas")
    private_hosts: str = Field("", description="those of them that may have an address that isn't public")


def _build(settings: WebhookSettings, given: Surroundings) -> Notifier:
    if settings.secret is None:
        raise ConfigurationError("Give alerts.webhook.secret; the receiver checks the signature with it.")
    return Webhook(
        {name: url.get_secret_value() for name, url in settings.urls.items()},
        given.client,
        secret=settings.secret.get_secret_value(),
        allowed=AllowedHosts(hosts=hosts_in(settings.hosts), private=hosts_in(settings.private_hosts)),
        clock=given.clock,
    )


def _looks(settings: WebhookSettings) -> Iterator[Look]:
    if settings.urls:
        yield "webhook", lambda: _check(settings)


def _check(settings: WebhookSettings) -> str:
    if settings.secret is None or not (settings.hosts or settings.private_hosts):
        raise ConfigurationError("give alerts.webhook.secret, and the hosts in alerts.webhook.hosts")
    return "looks right; nothing was sent"


PACKAGE: Final = NotifierPackage(
    name="webhook",
    title=message("webhook"),
    rank=60,
    settings=WebhookSettings,
    is_set_up=lambda settings: bool(settings.urls),
    build=_build,
    looks=_looks,
)
