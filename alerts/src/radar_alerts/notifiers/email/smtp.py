"""E-mail over SMTP, step by step, so that we know whether the server may have taken the message."""

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from radar_alerts.domain.delivery import Delivery
from radar_alerts.domain.outcome import Failed, Outcome, Retry, Sent, Unknown
from radar_alerts.domain.threads import Thread
from radar_alerts.notifiers.email.allowed import AllowedAddresses
from radar_alerts.notifiers.email.message import as_bytes, compose
from radar_chassis.errors import ConfigurationError

TIMEOUT: Final = 20.0
GO_AHEAD: Final = 354
# What customers' data calls an address; anything cleverer is refused rather than quoted.
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """Where to hand mail in. ``tls`` from the first byte (smtps://); otherwise STARTTLS where it is offered."""

    host: str
    port: int
    user: str | None = None
    password: str | None = None
    tls: bool = False


def smtp_server(url: str) -> SmtpServer:
    """Return the server of ``smtp://user:password@host:port`` or ``smtps://…``; raises ConfigurationError."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ConfigurationError(
            "alerts.email.smtp_url must look like smtp://user:password@host:port, or smtps://…"
        )
    tls = parts.scheme == "smtps"
    return SmtpServer(
        host=parts.hostname,
        port=port or (465 if tls else 587 if parts.username else 25),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        tls=tls,
    )


class Smtp:
    """Sends e-mail ``sender`` → the delivery's address."""

    def __init__(
        self, server: SmtpServer, *, sender: str, allowed: AllowedAddresses, timeout: float = TIMEOUT
    ) -> None:
        self._server = server
        self._sender = sender
        self._allowed = allowed
        self._timeout = timeout

    def send(self, delivery: Delivery, thread: Thread | None) -> Outcome:
        """Hand the message in once; its Message-ID is the same each time."""
        target = delivery.destination.target
        if not _ADDRESS.fullmatch(target):
            return Failed(reason="the e-mail address isn't usable")
        if target not in self._allowed:
            return Failed(
                reason="an owner's e-mail address is in no domain of alerts.email_domains", operators=True
            )
        message = compose(delivery, self._sender, thread)
        content = as_bytes(message)
        return self._hand_in(message["From"].addresses[0].addr_spec, target, content, message["Message-ID"])

    def _hand_in(self, sender: str, target: str, content: bytes, message_id: str) -> Outcome:
        try:
            connection = self._connect()
        except smtplib.SMTPAuthenticationError as error:
            return Failed(reason=f"the mail server refused our login ({error.smtp_code})", operators=True)
        except smtplib.SMTPResponseException as error:
            return _answered(error.smtp_code)
        except smtplib.SMTPNotSupportedError:
            return Failed(
                reason="the mail server offers no TLS, and our password isn't sent without it", operators=True
            )
        except (OSError, smtplib.SMTPException) as error:
            return Retry(reason=f"the mail server can't be reached ({type(error).__name__})")
        try:
            steps = (
                lambda: connection.mail(sender),
                lambda: connection.rcpt(target),
                lambda: connection.docmd("DATA"),
            )
            return _envelope(steps) or _content(connection, content, message_id)
        finally:
            connection.close()

    def find(self, delivery: Delivery, thread: Thread | None) -> None:
        """SMTP can't tell."""

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        context = ssl.create_default_context()
        if server.tls:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout, context=context
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        try:
            connection.ehlo_or_helo_if_needed()
            encrypted = server.tls
            if not server.tls and connection.has_extn("starttls"):
                connection.starttls(context=context)
                connection.ehlo()
                encrypted = True
            self._log_in(connection, encrypted=encrypted)
        except BaseException:
            connection.close()
            raise
        return connection

    def _log_in(self, connection: smtplib.SMTP, *, encrypted: bool) -> None:
        server = self._server
        if server.user is None:
            return
        if not (encrypted or _loopback(server.host)):
            raise smtplib.SMTPNotSupportedError("a password isn't sent without TLS")
        connection.login(server.user, server.password or "")


def _loopback(host: str) -> bool:
    return host in {"localhost", "127.0.0.1", "::1"}


def _envelope(steps: tuple[Callable[[], tuple[int, bytes]], ...]) -> Outcome | None:
    """Return why the message can't be handed in, or None: the server waits for the content."""
    code = 0
    try:
        for step in steps:
            code, _ = step()
            if code >= 400:
                return _answered(code)
    except (OSError, smtplib.SMTPException) as error:
        return Retry(reason=f"the mail server went away before the message ({type(error).__name__})")
    return None if code == GO_AHEAD else _answered(code)


def _content(connection: smtplib.SMTP, content: bytes, message_id: str) -> Outcome:
    try:
        connection.send(content)
        code, _ = connection.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return Unknown(reason=f"the mail server's answer to the message was lost ({type(error).__name__})")
    if code >= 300:
        return _answered(code)
    with suppress(OSError, smtplib.SMTPException):  # it has the message: how it says goodbye doesn't matter
        connection.docmd("QUIT")
    return Sent(reference=message_id)


def _answered(code: int) -> Outcome:
    """4xx means later, 5xx means never (RFC 5321 section 4.2.1)."""
    if 500 <= code < 600:
        return Failed(
            reason=f"the mail server refused the message ({code})", operators=code in {530, 535, 538}
        )
    return Retry(reason=f"the mail server asked to try later ({code})")
