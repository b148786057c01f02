"""``POST /v1/slack/interactions``: what people do about a case by a button in Slack."""

import asyncio
import hashlib
from datetime import UTC, datetime, time, timedelta
from typing import Final
from urllib.parse import urlsplit

import structlog
from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from radar_alerts.domain.cases.case import Actor
from radar_alerts.domain.notice import NoticeAction
from radar_alerts.domain.shared_texts import translator_in
from radar_alerts.notifiers import http_post
from radar_alerts.notifiers.package import Surroundings
from radar_alerts.notifiers.slack.clicks import Click, click_in
from radar_alerts.notifiers.slack.signature import SIGNATURE, STALE_AFTER, is_from_slack
from radar_chassis.errors import RadarError, Unauthorized
from radar_vocabulary.language.messages import Message, message

log = structlog.get_logger()
PATH: Final = "/v1/slack/interactions"
ANSWER_WITHIN: Final = 2.0
SLACK_REPLIES: Final = "https://hooks.slack.com"
SNOOZE: Final = timedelta(days=7)
_DONE: Final[dict[NoticeAction, Message]] = {
    "acknowledge": message("You have acknowledged it."),
    "snooze_a_week": message("You have snoozed it for 7 days."),
}
_STRANGER: Final = message(
    "Your Slack user isn't known here, so nothing was changed. Ask your operators to add it under alerts.slack.people."
)
_BROKE: Final = message("This didn't work. Please try again on the account's page.")


class Clicks:
    """Carries out clicks. ``people`` are Slack users by id who own no account; ``api`` may be answered too."""

    def __init__(self, given: Surroundings, *, secret: str, people: dict[str, str], api: str) -> None:
        self._given = given
        self._secret = secret
        self._people = people
        self._origins = {SLACK_REPLIES, _origin(api)}

    def is_new(self, headers: dict[str, str], body: bytes) -> bool:
        """Return whether it is from Slack and not seen yet. Raises Unauthorized when it is forged or stale."""
        now = self._given.clock.now()
        if not is_from_slack(self._secret, self._given.clock, headers, body):
            raise Unauthorized("This request isn't signed by Slack, or it is older than five minutes.")
        signature = hashlib.sha256(headers[SIGNATURE].encode()).hexdigest()
        return self._given.first_time(signature, now, now - 2 * STALE_AFTER)

    def take(self, click: Click) -> str:
        """Do what the click asks for, and return what to tell the user; raises nothing."""
        translator = translator_in(self._given.language)
        try:
            return translator.say(self._act(click))
        except RadarError as error:
            return error.detail
        except Exception:
            log.exception("click_broke", action=click.action)
            return translator.say(_BROKE)

    def _act(self, click: Click) -> Message:
        name = self._people.get(click.user) or self._given.person(click.user)
        if name is None:
            return _STRANGER
        actor = Actor(name=name)
        if click.action == "acknowledge":
            self._given.acts.acknowledge(click.case_id, actor, None)
        else:
            self._given.acts.snooze(click.case_id, actor, _a_week_from(self._given.clock.now()), None)
        return _DONE[click.action]

    def reply(self, click: Click, text: str) -> None:
        """Tell the user, and nobody else."""
        if click.reply_to and _origin(click.reply_to) in self._origins:
            body = {"response_type": "ephemeral", "replace_original": False, "text": text}
            http_post.post(self._given.client, click.reply_to, json=body, to="Slack")


def router(clicks: Clicks) -> APIRouter:
    """Return the route. It has no API key: Slack's signature is what lets a request in."""
    routes = APIRouter(tags=["alerts"])
    running: set[asyncio.Task[None]] = set()

    @routes.post(PATH, summary="A button in Slack")
    async def interactions(request: Request) -> Response:
        headers, body = _headers(request), await request.body()
        if not await run_in_threadpool(clicks.is_new, headers, body):
            return Response()
        click = click_in(body)
        if click is None:
            return Response(status_code=400)
        # Slack waits for three seconds: what takes longer goes on after the answer.
        taking = asyncio.create_task(run_in_threadpool(clicks.take, click))
        telling = asyncio.create_task(tell(click, taking))
        running.add(telling)
        telling.add_done_callback(running.discard)
        await asyncio.wait({taking}, timeout=ANSWER_WITHIN)
        return Response()

    async def tell(click: Click, taking: asyncio.Task[str]) -> None:
        await run_in_threadpool(clicks.reply, click, await taking)

    return routes


def _headers(request: Request) -> dict[str, str]:
    return {name.title(): value for name, value in request.headers.items()}


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def _a_week_from(now: datetime) -> datetime:
    """Return the end of the day a week ahead: a second click of the same day changes nothing."""
    day = (now.astimezone(UTC) + SNOOZE).date() + timedelta(days=1)
    return datetime.combine(day, time(), tzinfo=UTC)
