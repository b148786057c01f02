"""``/v1/alerts``: see what is at risk, and say what you do about it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from radar_alerts.domain.manual_changes import Outcome
from radar_alerts.entrypoints.page_cursors import Cursor, Limit, cursor_after, position_of
from radar_alerts.entrypoints.views import alert_view, whole_view
from radar_alerts.service.alert_commands import AlertCommands
from radar_alerts.service.queries import AlertFilter, Queries
from radar_chassis.access.guard import Access
from radar_chassis.access.keys import Principal
from radar_chassis.http.answer import answers_with, json_answer
from radar_chassis.http.request_language import RequestedLanguage, language_headers
from radar_vocabulary.answers.alerts import AlertDetail, AlertLine
from radar_vocabulary.answers.page import Page
from radar_vocabulary.contracts.alerts import AlertState

Name = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Note = Annotated[str, Field(max_length=2000)]


class ActorBody(BaseModel):
    """What every order carries. ``by`` defaults to the name of the API key."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    by: Name | None = None


class AcknowledgeBody(ActorBody):
    """Somebody has it."""

    note: Note | None = None


class SnoozeBody(ActorBody):
    """Leave it until then."""

    until: AwareDatetime
    reason: Note | None = None


class ResolveBody(ActorBody):
    """How it came out."""

    outcome: Outcome
    note: Note | None = None


def router(queries: Queries, act: AlertCommands, access: Access, wake: Callable[[], None]) -> APIRouter:
    """Return the routes; ``wake`` is called when something waits to be published."""
    routes = APIRouter(tags=["alerts"])
    reading, acting = Depends(access.require("read")), Depends(access.require("act"))
    one, many = answers_with(AlertDetail), answers_with(Page[AlertLine])

    @routes.get("/v1/alerts", dependencies=[reading], responses=many, summary="Alerts")
    def alerts(
        language: RequestedLanguage,
        state: Annotated[list[AlertState] | None, Query()] = None,
        account_id: str | None = None,
        owner: str | None = None,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Response:
        wanted = AlertFilter(states=state or (), account_id=account_id or None, owner=owner or None)
        found = queries.alerts(wanted, position_of(cursor), limit + 1)
        last = found[limit - 1] if len(found) > limit else None
        following = cursor_after(last.changed_at, last.alert_id) if last else None
        items = [alert_view(each, language) for each in found[:limit]]
        return json_answer(Page(items=items, next_cursor=following), language_headers(language))

    @routes.get("/v1/alerts/{alert_id}", dependencies=[reading], responses=one, summary="An alert")
    def alert(alert_id: str, language: RequestedLanguage) -> Response:
        return json_answer(whole_view(queries.alert(alert_id), language), language_headers(language))

    def acted(alert_id: str, language: RequestedLanguage) -> Response:
        wake()
        return json_answer(whole_view(queries.alert(alert_id), language))

    @routes.post("/v1/alerts/{alert_id}/acknowledge", responses=one, summary="Somebody has it")
    def acknowledge(
        alert_id: str,
        body: AcknowledgeBody,
        principal: Annotated[Principal, acting],
        language: RequestedLanguage,
    ) -> Response:
        act.acknowledge(alert_id, body.by or principal.name, body.note or None)
        return acted(alert_id, language)

    @routes.post("/v1/alerts/{alert_id}/snooze", responses=one, summary="Leave it until then")
    def snooze(
        alert_id: str, body: SnoozeBody, principal: Annotated[Principal, acting], language: RequestedLanguage
    ) -> Response:
        act.snooze(alert_id, body.by or principal.name, body.until, body.reason or None)
        return acted(alert_id, language)

    @routes.post("/v1/alerts/{alert_id}/resolve", responses=one, summary="Say how it came out")
    def resolve(
        alert_id: str, body: ResolveBody, principal: Annotated[Principal, acting], language: RequestedLanguage
    ) -> Response:
        act.resolve(alert_id, body.by or principal.name, body.outcome, body.note or None)
        return acted(alert_id, language)

    return routes
