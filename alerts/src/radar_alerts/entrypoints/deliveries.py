"""``/v1/deliveries``: what was told to whom; ``/v1/notifications/test``: does a channel work?"""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, ConfigDict, Field

from radar_alerts.entrypoints.page_cursors import Cursor, Limit, cursor_after, position_of
from radar_alerts.entrypoints.views import delivery_view
from radar_alerts.service.delivery_queries import DeliveryFilter, DeliveryQueries
from radar_alerts.service.try_channel import TryChannel
from radar_chassis.access.guard import Access
from radar_chassis.http.answer import answers_with, json_answer
from radar_vocabulary.answers.deliveries import DeliveryLine
from radar_vocabulary.answers.page import Page
from radar_vocabulary.contracts.alerts import DeliveryState


class TestNoticeBody(BaseModel):
    """Which channel to try, and on whom; ``target`` defaults to the operators."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    channel: Annotated[str, Field(max_length=20)]
    target: Annotated[str, Field(max_length=320, pattern=r"^[^\x00]*$")] | None = None


def router(
    queries: DeliveryQueries, try_channel: TryChannel, access: Access, known_channel: Callable[[str], str]
) -> APIRouter:
    """Return the routes; ``known_channel`` returns a channel's name, or raises InvalidRequest."""
    routes = APIRouter(tags=["alerts"])

    @routes.get(
        "/v1/deliveries",
        dependencies=[Depends(access.require("read"))],
        responses=answers_with(Page[DeliveryLine]),
        summary="Messages",
    )
    def deliveries(
        state: Annotated[list[DeliveryState] | None, Query()] = None,
        channel: Annotated[str | None, Query(max_length=20)] = None,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Response:
        wanted = DeliveryFilter(states=state or (), channel=known_channel(channel) if channel else None)
        found = queries.deliveries(wanted, position_of(cursor), limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        following = cursor_after(last.created_at, last.id) if last else None
        items = [delivery_view(one) for one in found[:limit]]
        return json_answer(Page(items=items, next_cursor=following))

    @routes.post(
        "/v1/notifications/test",
        dependencies=[Depends(access.require("act"))],
        responses=answers_with(DeliveryLine),
        summary="Try a channel",
    )
    def test(body: TestNoticeBody) -> Response:
        return json_answer(delivery_view(try_channel(known_channel(body.channel), body.target)))

    return routes
