"""The mail server's address."""

import pytest

from radar_alerts.notifiers.email.smtp import smtp_server
from radar_chassis.errors import ConfigurationError


@pytest.mark.parametrize(
    ("url", "port", "tls", "user"),
    [
        ("smtp://mail.example", 25, False, None),
        ("smtp://a%40b:p%2Fw@mail.example", 587, False, "a@b"),
        ("smtps://mail.example", 465, True, None),
        ("smtp://mail.example:2525", 2525, False, None),
    ],
)
def test_ports_and_users_follow_from_the_address(url: str, port: int, tls: object, user: str | None) -> None:
    server = smtp_server(url)
    assert (server.port, server.tls, server.user) == (port, tls, user)


@pytest.mark.parametrize(
    "url", ["mail.example", "http://mail.example", "smtp://", "smtp://h:99999", "smtp://h:x"]
)
def test_an_address_that_cannot_be_one_is_named_without_showing_it(url: str) -> None:
    with pytest.raises(ConfigurationError, match="smtp_url") as caught:
        smtp_server(url)
    assert "99999" not in str(caught.value)
