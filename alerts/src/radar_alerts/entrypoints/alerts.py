"""``/v1/alerts``: the cases in the words of 0.1.0, for clients that know these paths."""

from collections.abc import Callable, Sequence
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from radar_alerts.domain.cases.case import Actor
from radar_alerts.entrypoints.cases import case_after
from radar_alerts.entrypoints.page_cursors import Cursor, Limit
from radar_alerts.entrypoints.views import alert_view, whole_view
from radar_alerts.service.case_commands import CaseCommands
from radar_alerts.service.case_queries import CaseFilter, CaseQueries
from radar_chassis.access.guard import Access
from radar_chassis.access.keys import Principal
from radar_chassis.http.answer import answers_with, json_answer
from radar_chassis.http.paging import encode_cursor
from radar_chassis.http.request_language import RequestedLanguage, language_headers
from radar_vocabulary.answers.alerts import AlertDetail, AlertLine
from radar_vocabulary.answers.page import Page
from radar_vocabulary.contracts.alerts import AlertState, CaseKind, CaseState

Outcome = Literal["renewed", "recovered", "churned", "false_alarm", "other"]
# 0.1.0 knew no chance to grow, only risk.
AT_RISK: Final[tuple[CaseKind, ...]] = ("renewal", "passed")
_ENDED: Final[tuple[CaseState, ...]] = ("renewed", "lost", "recovered", "dismissed")
_ENDS: Final[dict[Outcome, CaseState]] = {
    "renewed": "renewed",
    "churned": "lost",
    "recovered": "recovered",
    "false_alarm": "dismissed",
    "other": "dismissed",
}
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


def router(queries: CaseQueries, act: CaseCommands, access: Access, wake: Callable[[], None]) -> APIRouter:
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
        wanted = CaseFilter(
            kinds=AT_RISK, states=_states(state or ()), account_id=account_id or None, owner=owner or None
        )
        found = queries.cases(wanted, "changed", case_after(cursor), limit + 1)
        following = encode_cursor([found[limit - 1].case.case_id]) if len(found) > limit else None
        items = [alert_view(each, language) for each in found[:limit]]
        return json_answer(Page(items=items, next_cursor=following), language_headers(language))

    @routes.get("/v1/alerts/{alert_id}", dependencies=[reading], responses=one, summary="An alert")
    def alert(alert_id: str, language: RequestedLanguage) -> Response:
        return json_answer(whole_view(queries.case(alert_id), language), language_headers(language))

    def acted(alert_id: str, language: RequestedLanguage) -> Response:
        wake()
        return json_answer(whole_view(queries.case(alert_id), language))

    @routes.post("/v1/alerts/{alert_id}/acknowledge", responses=one, summary="Somebody has it")
    def acknowledge(
        alert_id: str,
        body: AcknowledgeBody,
        principal: Annotated[Principal, acting],
        language: RequestedLanguage,
    ) -> Response:
        act.acknowledge(alert_id, _actor(principal, body), body.note or None)
        return acted(alert_id, language)

    @routes.post("/v1/alerts/{alert_id}/snooze", responses=one, summary="Leave it until then")
    def snooze(
        alert_id: str, body: SnoozeBody, principal: Annotated[Principal, acting], language: RequestedLanguage
    ) -> Response:
        act.snooze(alert_id, _actor(principal, body), body.until, body.reason or None)
        return acted(alert_id, language)

    @routes.post("/v1/alerts/{alert_id}/resolve", responses=one, summary="Say how it came out")
    def resolve(
        alert_id: str, body: ResolveBody, principal: Annotated[Principal, acting], language: RequestedLanguage
    ) -> Response:
        act.conclude(alert_id, _actor(principal, body), _ENDS[body.outcome], body.outcome, body.note or None)
        return acted(alert_id, language)

    return routes


def _actor(principal: Principal, body: ActorBody) -> Actor:
    return Actor(name=principal.name, claim=body.by or None)


def _states(wanted: Sequence[AlertState]) -> tuple[CaseState, ...]:
    """Return the cases' states that 0.1.0 called so."""
    return tuple(state for one in wanted for state in (_ENDED if one == "resolved" else (one,)))
