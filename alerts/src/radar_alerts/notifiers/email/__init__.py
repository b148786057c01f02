"""E-mail over SMTP."""

import smtplib
from collections.abc import Collection, Iterator
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field, SecretStr

from radar_alerts.notifiers.email.allowed import AllowedAddresses, domains_in
from radar_alerts.notifiers.email.smtp import Smtp, smtp_server
from radar_alerts.notifiers.package import Look, NotifierPackage, Surroundings
from radar_alerts.service.ports import Notifier
from radar_chassis.config import Section
from radar_chassis.errors import ConfigurationError, Unavailable
from radar_vocabulary.contracts.scalars import Owner
from radar_vocabulary.language.messages import message

NAME: Final = "email"
CHECK_TIMEOUT: Final = 5.0
MOST_DOMAINS: Final = 20


def _one_text(given: Any) -> Any:
    """Take a list in YAML as well as a text with commas, which is all that the environment has."""
    return ",".join(str(one) for one in given) if isinstance(given, (list, tuple)) else given


DomainList = Annotated[str, BeforeValidator(_one_text)]


class EmailSettings(Section):
    """Which mail server to hand mail to, and from whom it is."""

    smtp_url: SecretStr | None = Field(None, description="smtp://user:password@host:port, or smtps://")
    domains: DomainList | None = Field(
        None, description="of your own people: owners elsewhere get no mail; needed with smtp_url"
    )
    sender: str = Field("Renewal Radar <radar@localhost>", description="the address that mail comes from")


def _build(settings: EmailSettings, given: Surroundings) -> Notifier:
    if settings.smtp_url is None:
        raise ConfigurationError("Give alerts.email.smtp_url.")
    return Smtp(
        smtp_server(settings.smtp_url.get_secret_value()),
        sender=settings.sender,
        allowed=AllowedAddresses(domains=domains_in(settings.domains or ""), addresses=given.trusted),
    )


def _refuses(settings: EmailSettings, owners: Collection[str]) -> str | None:
    if settings.smtp_url is None or settings.domains:
        return None
    found = sorted({address.rpartition("@")[2].lower() for address in owners if "@" in address})
    known = f" Owners' addresses are in: {', '.join(found[:MOST_DOMAINS])}." if found else ""
    return (
        "Set alerts.email_domains to the mail domains of your own people: owners' addresses come with events, and "
        f"notices about customers go to no other domain.{known}"
    )


def _looks(settings: EmailSettings) -> Iterator[Look]:
    if settings.smtp_url:
        url = settings.smtp_url.get_secret_value()
        yield "mail", lambda: _check_server(url)
        yield "mail domains", lambda: _check_domains(settings)


def _check_domains(settings: EmailSettings) -> str:
    missing = _refuses(settings, ())
    if missing:
        raise ConfigurationError(missing)
    return f"owners are told at {', '.join(sorted(domains_in(settings.domains or '')))}"


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
    refuses=_refuses,
    looks=_looks,
    owner_target=_owner,
    other_settings={"smtp_url": "smtp_url", "email_from": "sender"},
)
