"""``/v1/cases``: which renewals call for somebody, and what people do about them."""

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from radar_alerts.domain.cases.acts import DismissReason
from radar_alerts.domain.cases.case import Actor
from radar_alerts.domain.cases.policy import CasePolicy
from radar_alerts.entrypoints.case_views import case_view, whole_case
from radar_alerts.entrypoints.page_cursors import Cursor, Limit
from radar_alerts.service.case_commands import CaseCommands
from radar_alerts.service.case_queries import CaseFilter, CaseQueries
from radar_chassis.access.guard import Access
from radar_chassis.access.keys import Principal
from radar_chassis.clock import Clock
from radar_chassis.errors import InvalidRequest
from radar_chassis.http.answer import answers_with, json_answer
from radar_chassis.http.paging import decode_cursor, encode_cursor
from radar_chassis.http.request_language import RequestedLanguage, language_headers
from radar_vocabulary.answers.cases import CaseCounts, CaseDetail, CasePage
from radar_vocabulary.contracts.alerts import CaseKind, CaseState, Severity
from radar_vocabulary.contracts.scalars import Owner, Segment

Name = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Note = Annotated[str, Field(max_length=2000)]


class ActBody(BaseModel):
    """What every order carries. ``by`` is who they say that they are; the key's name stands beside it."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    by: Name | None = None
    note: Note | None = None


class SnoozeBody(ActBody):
    """Leave it until then."""

    until: AwareDatetime


class AssignBody(ActBody):
    """Give it to somebody; without a name, an address and a Slack id it goes back to the account's owner."""

    name: Name | None = None
    email: Annotated[str, Field(max_length=320, pattern=r"^[^\x00\s]+@[^\x00\s]+$")] | None = None
    slack_id: Annotated[str, Field(max_length=64)] | None = None

    def owner(self) -> Owner | None:
        """Return the person; None for nobody."""
        if not (self.name or self.email or self.slack_id):
            return None
        return Owner(name=self.name, email=self.email, slack_id=self.slack_id)


class DismissBody(ActBody):
    """Close it; ``reason`` says why it called for nobody."""

    reason: DismissReason


def router(
    queries: CaseQueries,
    act: CaseCommands,
    policy: CasePolicy,
    access: Access,
    clock: Clock,
    wake: Callable[[], None],
) -> APIRouter:
    """Return the routes; ``wake`` is called when something waits to be published."""
    routes = APIRouter(tags=["cases"])
    reading, acting = Depends(access.require("read")), Depends(access.require("act"))
    one, many = answers_with(CaseDetail), answers_with(CasePage)

    @routes.get("/v1/cases", dependencies=[reading], responses=many, summary="Cases, the most urgent first")
    def cases(
        language: RequestedLanguage,
        wanted: Annotated[CaseFilter, Depends(_filter)],
        order: Literal["urgency", "changed"] = "urgency",
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Response:
        found = queries.cases(wanted, order, case_after(cursor), limit + 1)
        page = CasePage(
            items=tuple(case_view(each, clock.now(), language) for each in found[:limit]),
            next_cursor=encode_cursor([found[limit - 1].case.case_id]) if len(found) > limit else None,
            counts=CaseCounts(**queries.counts(wanted)),
        )
        return json_answer(page, language_headers(language))

    @routes.get("/v1/cases/{case_id}", dependencies=[reading], responses=one, summary="A case")
    def case(case_id: str, language: RequestedLanguage) -> Response:
        return shown(case_id, language)

    def shown(case_id: str, language: RequestedLanguage) -> Response:
        whole = whole_case(queries.case(case_id), policy, clock.now(), language)
        return json_answer(whole, language_headers(language))

    def acted(case_id: str, language: RequestedLanguage) -> Response:
        wake()
        return shown(case_id, language)

    @routes.post("/v1/cases/{case_id}/acknowledge", responses=one, summary="Somebody has it")
    def acknowledge(
        case_id: str, body: ActBody, principal: Annotated[Principal, acting], language: RequestedLanguage
    ) -> Response:
        act.acknowledge(case_id, _actor(principal, body), body.note or None)
        return acted(case_id, language)

    @routes.post("/v1/cases/{case_id}/snooze", responses=one, summary="Leave it until then")
    def snooze(
        case_id: str, body: SnoozeBody, principal: Annotated[Principal, acting], language: RequestedLanguage
    ) -> Response:
        act.snooze(case_id, _actor(principal, body), body.until, body.note or None)
        return acted(case_id, language)

    @routes.post("/v1/cases/{case_id}/assign", responses=one, summary="Give it to somebody")
    def assign(
        case_id: str, body: AssignBody, principal: Annotated[Principal, acting], language: RequestedLanguage
    ) -> Response:
        act.assign(case_id, _actor(principal, body), body.owner(), body.note or None)
        return acted(case_id, language)

    @routes.post("/v1/cases/{case_id}/dismiss", responses=one, summary="Close it: it calls for nobody")
    def dismiss(
        case_id: str, body: DismissBody, principal: Annotated[Principal, acting], language: RequestedLanguage
    ) -> Response:
        act.dismiss(case_id, _actor(principal, body), body.reason, body.note or None)
        return acted(case_id, language)

    @routes.post("/v1/cases/{case_id}/reopen", responses=one, summary="Open it again, or undo")
    def reopen(
        case_id: str, body: ActBody, principal: Annotated[Principal, acting], language: RequestedLanguage
    ) -> Response:
        act.reopen(case_id, _actor(principal, body), body.note or None)
        return acted(case_id, language)

    return routes


def _filter(
    state: Annotated[list[CaseState] | None, Query()] = None,
    account_id: str | None = None,
    owner: str | None = None,
    segment: Segment | None = None,
    severity: Severity | None = None,
    rule: Annotated[str | None, Query(max_length=100)] = None,
    kind: Annotated[list[CaseKind] | None, Query()] = None,
) -> CaseFilter:
    return CaseFilter(
        states=state or (),
        account_id=account_id or None,
        owner=owner or None,
        segment=segment,
        severity=severity,
        rule=rule or None,
        kinds=kind or (),
    )


def _actor(principal: Principal, body: ActBody) -> Actor:
    return Actor(name=principal.name, claim=body.by or None)


def case_after(cursor: str | None) -> str | None:
    """Return the case that a page comes after; None for the first page. Raises InvalidRequest."""
    if not cursor:
        return None
    (case_id,) = decode_cursor(cursor, length=1)
    if not isinstance(case_id, str):
        raise InvalidRequest("This cursor isn't one of ours; take `next_cursor` from the page before.")
    return case_id
