"""Slack: by bot token anybody can be reached; an incoming webhook is one channel."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from fastapi import APIRouter
from pydantic import Field, SecretStr

from radar_alerts.notifiers.package import Look, NotifierPackage, Surroundings
from radar_alerts.notifiers.slack.bot import SlackBot
from radar_alerts.notifiers.slack.interactions import Clicks, router
from radar_alerts.notifiers.slack.webhook import SlackWebhook
from radar_alerts.service.ports import Notifier
from radar_chassis.config import Section
from radar_chassis.errors import ConfigurationError
from radar_vocabulary.contracts.scalars import Owner
from radar_vocabulary.language.messages import Message

NAME: Final = "slack"
WEBHOOK: Final = "webhook"


class SlackSettings(Section):
    """How to reach Slack; the bot token comes before the webhook."""

    webhook_url: SecretStr | None = None
    bot_token: SecretStr | None = None
    signing_secret: SecretStr | None = Field(
        None, description="of the app: shows buttons, and lets Slack's clicks in"
    )
    people: dict[str, str] = Field(
        default_factory=dict, description="names of Slack users who own no account and may act, by user id"
    )
    api_url: str = Field("https://slack.com/api/", description="Slack's Web API")


def _build(settings: SlackSettings, given: Surroundings) -> Notifier:
    buttons = settings.signing_secret is not None
    if settings.bot_token:
        return SlackBot(
            settings.bot_token.get_secret_value(), given.client, api=settings.api_url, buttons=buttons
        )
    if settings.webhook_url:
        return SlackWebhook(settings.webhook_url.get_secret_value(), given.client, buttons=buttons)
    raise ConfigurationError("Give alerts.slack.bot_token or alerts.slack.webhook_url.")


def _routers(settings: SlackSettings, given: Surroundings) -> Sequence[APIRouter]:
    if settings.signing_secret is None:
        return ()
    secret = settings.signing_secret.get_secret_value()
    return (router(Clicks(given, secret=secret, people=settings.people, api=settings.api_url)),)


def _looks(settings: SlackSettings) -> Iterator[Look]:
    if settings.webhook_url:
        url = settings.webhook_url.get_secret_value()
        yield "slack webhook", lambda: _check_webhook(url)
    if settings.bot_token:
        token = settings.bot_token.get_secret_value()
        yield "slack bot", lambda: _check_token(token)


def _check_webhook(url: str) -> str:
    if urlsplit(url).scheme != "https":
        raise ConfigurationError(
            "alerts.slack.webhook_url must begin with https://; copy it from Slack again"
        )
    return "looks right; nothing was sent"


def _check_token(token: str) -> str:
    if not token.startswith("xoxb-"):
        raise ConfigurationError("alerts.slack.bot_token must be a bot token: it begins with xoxb-")
    return "looks right; nothing was sent"


def _owner(owner: Owner) -> str | None:
    return owner.slack_id


PACKAGE: Final = NotifierPackage(
    name=NAME,
    title=Message("Slack"),
    rank=10,
    settings=SlackSettings,
    is_set_up=lambda settings: bool(settings.bot_token or settings.webhook_url),
    build=_build,
    routers=_routers,
    looks=_looks,
    owner_target=_owner,
    only_target=lambda settings: None if settings.bot_token else WEBHOOK,
    queue_settings=("slack_channel",),
    pause=timedelta(seconds=1),  # docs.slack.dev: one message per second and channel
)
