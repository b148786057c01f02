"""``/v1/holds``: announcements kept back until operators have looked; ``/v1/alert-rules``: the rules in force."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from radar_alerts.domain.announcing.hold import HoldState
from radar_alerts.domain.rules.rule import RuleSet
from radar_alerts.domain.shared_texts import translator_in
from radar_alerts.entrypoints.case_views import hold_view, rule_view
from radar_alerts.service.case_queries import CaseQueries
from radar_alerts.service.holds import Holds
from radar_chassis.access.guard import Access
from radar_chassis.access.keys import Principal
from radar_chassis.http.answer import answers_with, json_answer
from radar_chassis.http.request_language import RequestedLanguage, language_headers
from radar_vocabulary.answers.cases import HoldLine, RuleLine
from radar_vocabulary.answers.page import Page


def router(queries: CaseQueries, holds: Holds, rules: RuleSet, access: Access) -> APIRouter:
    """Return the routes."""
    routes = APIRouter(tags=["cases"])
    reading, acting = Depends(access.require("read")), Depends(access.require("act"))
    many = answers_with(Page[HoldLine])

    def shown(state: HoldState | None, language: RequestedLanguage) -> Response:
        translator = translator_in(language)
        items = [hold_view(one, cases, translator) for one, cases in queries.holds(state)]
        return json_answer(Page(items=items, next_cursor=None), language_headers(language))

    @routes.get("/v1/holds", dependencies=[reading], responses=many, summary="Holds, the newest first")
    def some(language: RequestedLanguage, state: Annotated[HoldState | None, Query()] = None) -> Response:
        return shown(state, language)

    @routes.post("/v1/holds/{hold_id}/release", responses=many, summary="Announce what is held")
    def release(
        hold_id: str, principal: Annotated[Principal, acting], language: RequestedLanguage
    ) -> Response:
        holds.release(hold_id, principal.name)
        return shown(None, language)

    @routes.post("/v1/holds/{hold_id}/drop", responses=many, summary="Announce none of it")
    def drop(hold_id: str, principal: Annotated[Principal, acting], language: RequestedLanguage) -> Response:
        holds.drop(hold_id, principal.name)
        return shown(None, language)

    @routes.get(
        "/v1/alert-rules", dependencies=[reading], responses=answers_with(Page[RuleLine]), summary="Rules"
    )
    def in_force() -> Response:
        return json_answer(Page(items=[rule_view(one) for one in rules.rules], next_cursor=None))

    return routes
