"""A password goes out over TLS, or to this machine, and nowhere else."""

import smtplib
from typing import ClassVar

import pytest

from radar_alerts.notifiers.email.allowed import AllowedAddresses
from radar_alerts.notifiers.email.smtp import Smtp, smtp_server


class PlainServer(smtplib.SMTP):
    """A mail server that offers no TLS and notes who tries to log in."""

    logins: ClassVar[list[str]] = []

    def __init__(self, *args: object, **kwargs: object) -> None:
        self.esmtp_features = {"auth": "PLAIN"}

    def ehlo_or_helo_if_needed(self) -> None: ...

    def login(self, user: str, password: str, **_: object) -> tuple[int, bytes]:  # type: ignore[override]
        self.logins.append(user)
        return 235, b"ok"

    def close(self) -> None: ...


@pytest.mark.parametrize(("host", "logins"), [("mail.example.com", []), ("127.0.0.1", ["anna"])])
def test_without_tls_a_password_stays_on_this_machine(
    monkeypatch: pytest.MonkeyPatch, host: str, logins: list[str]
) -> None:
    monkeypatch.setattr(PlainServer, "logins", [])
    monkeypatch.setattr(smtplib, "SMTP", PlainServer)
    server = smtp_server(f"smtp://anna:secret@{host}:2525")
    notifier = Smtp(server, sender="Radar <radar@example.com>", allowed=AllowedAddresses())
    if logins:
        notifier._connect()
    else:
        with pytest.raises(smtplib.SMTPNotSupportedError):
            notifier._connect()
    assert PlainServer.logins == logins
