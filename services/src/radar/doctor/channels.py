"""Looks at how people are told: Slack and mail, without sending anything."""

import smtplib
from collections.abc import Iterator
from urllib.parse import urlsplit

from radar.doctor.finding import Finding, finding
from radar_alerts.settings import AlertsSettings
from radar_chassis.errors import ConfigurationError, Unavailable

TIMEOUT = 5.0


def check_channels(wanted: AlertsSettings) -> Iterator[Finding]:
    """Yield a finding on each channel that is set up."""
    if not (wanted.slack_webhook_url or wanted.slack_bot_token or wanted.smtp_url):
        detail = "neither Slack nor mail is set up: notices are shown in the console"
        yield Finding(check="channels", state="note", detail=detail)
    if wanted.slack_webhook_url:
        url = wanted.slack_webhook_url.get_secret_value()
        yield finding("slack webhook", lambda: _webhook(url))
    if wanted.slack_bot_token:
        token = wanted.slack_bot_token.get_secret_value()
        yield finding("slack bot", lambda: _token(token))
    if wanted.smtp_url:
        address = wanted.smtp_url.get_secret_value()
        yield finding("mail", lambda: _mail(address))
    if wanted.open_below is not None and wanted.open_below >= wanted.resolve_above:
        detail = "alerts.open_below must lie below alerts.resolve_above, or alerts open and resolve in turn"
        yield Finding(check="alerts", state="failed", detail=detail)


def _webhook(url: str) -> str:
    if urlsplit(url).scheme != "https":
        raise ConfigurationError(
            "alerts.slack_webhook_url must begin with https://; copy it from Slack again"
        )
    return "looks right; nothing was sent"


def _token(token: str) -> str:
    if not token.startswith("xoxb-"):
        raise ConfigurationError("alerts.slack_bot_token must be a bot token: it begins with xoxb-")
    return "looks right; nothing was sent"


def _mail(url: str) -> str:
    from radar_alerts.adapters.smtp import smtp_server  # noqa: PLC0415 - only where mail is set up

    server = smtp_server(url)
    connect = smtplib.SMTP_SSL if urlsplit(url).scheme == "smtps" else smtplib.SMTP
    try:
        with connect(server.host, server.port, timeout=TIMEOUT) as connection:
            connection.noop()
    except (OSError, smtplib.SMTPException) as error:
        raise Unavailable(
            f"the mail server at {server.host}:{server.port} doesn't answer ({type(error).__name__})"
        ) from error
    return f"{server.host}:{server.port} answers; nothing was sent"
