"""E-mail over SMTP."""

import smtplib
from collections.abc import Iterator
from typing import Final

import httpx2
from pydantic import Field, SecretStr

from radar_alerts.notifiers.email.smtp import Smtp, smtp_server
from radar_alerts.notifiers.package import Look, NotifierPackage
from radar_alerts.service.ports import Notifier
from radar_chassis.config import Section
from radar_chassis.errors import ConfigurationError, Unavailable
from radar_vocabulary.contracts.scalars import Owner
from radar_vocabulary.language.messages import message

NAME: Final = "email"
CHECK_TIMEOUT: Final = 5.0


class EmailSettings(Section):
    """Which mail server to hand mail to, and from whom it is."""

    smtp_url: SecretStr | None = Field(None, description="smtp://user:password@host:port, or smtps://")
    sender: str = Field("Renewal Radar <radar@localhost>", description="the address that mail comes from")


def _build(settings: EmailSettings, _client: httpx2.Client) -> Notifier:
    if settings.smtp_url is None:
        raise ConfigurationError("Give alerts.email.smtp_url.")
    return Smtp(smtp_server(settings.smtp_url.get_secret_value()), sender=settings.sender)


def _looks(settings: EmailSettings) -> Iterator[Look]:
    if settings.smtp_url:
        url = settings.smtp_url.get_secret_value()
        yield "mail", lambda: _check_server(url)


def _check_server(url: str) -> str:
    server = smtp_server(url)
    connect = smtplib.SMTP_SSL if server.tls else smtplib.SMTP
    try:
        with connect(server.host, server.port, timeout=CHECK_TIMEOUT) as connection:
            connection.noop()
    except (OSError, smtplib.SMTPException) as error:
        raise Unavailable(
            f"the mail server at {server.host}:{server.port} doesn't answer ({type(error).__name__})"
        ) from error
    return f"{server.host}:{server.port} answers; nothing was sent"


def _owner(owner: Owner) -> str | None:
    return owner.email


PACKAGE: Final = NotifierPackage(
    name=NAME,
    title=message("e-mail"),
    rank=50,
    settings=EmailSettings,
    is_set_up=lambda settings: settings.smtp_url is not None,
    build=_build,
    looks=_looks,
    owner_target=_owner,
    other_settings={"smtp_url": "smtp_url", "email_from": "sender"},
)
