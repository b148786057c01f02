"""``/v1/accounts/{account_id}/route``: whom a case would go to, and why."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from radar_alerts.domain.announcing.route_preview import PreviewedReceiver, RoutePreview
from radar_alerts.domain.announcing.tiers import TIER_REASONS
from radar_alerts.domain.shared_texts import translator_in
from radar_alerts.service.route_questions import RouteQuestions
from radar_chassis.access.guard import Access
from radar_chassis.http.answer import answers_with, json_answer
from radar_chassis.http.request_language import RequestedLanguage, language_headers
from radar_vocabulary.answers.routes import RouteAnswer, RouteReceiver
from radar_vocabulary.contracts.alerts import Severity
from radar_vocabulary.language.tags import Language
from radar_vocabulary.language.translator import Translator


def router(questions: RouteQuestions, access: Access) -> APIRouter:
    """Return the route."""
    routes = APIRouter(tags=["alerts"])

    @routes.get(
        "/v1/accounts/{account_id}/route",
        dependencies=[Depends(access.require("read"))],
        responses=answers_with(RouteAnswer),
        summary="Whom a case of an account would go to now",
    )
    def account_route(
        account_id: str,
        language: RequestedLanguage,
        rule: Annotated[str | None, Query(max_length=64, description="the rule that opens it")] = None,
        severity: Annotated[
            Severity | None, Query(description="default: the rule's, or the renewal's where that is worse")
        ] = None,
    ) -> Response:
        found = questions.route(account_id, rule or None, severity)
        return json_answer(route_view(found, language), language_headers(language))

    return routes


def route_view(found: RoutePreview, language: Language) -> RouteAnswer:
    """Return the answer in ``language``; it has no addresses."""
    translator = translator_in(language)
    return RouteAnswer(
        account_id=found.facts.account_id,
        at=found.at,
        rule=found.facts.rule,
        severity=found.facts.severity or "normal",
        receivers=tuple(_receiver(one, translator) for one in found.receivers),
        explanation=tuple(translator.tell(one) for one in found.explanation),
    )


def _receiver(one: PreviewedReceiver, translator: Translator) -> RouteReceiver:
    receiver = one.receiver
    return RouteReceiver(
        receiver_id=receiver.id,
        kind=receiver.kind,
        name=receiver.name,
        channels=tuple(dict.fromkeys(each.channel for each in receiver.destinations)),
        language=receiver.language,
        time_zone=receiver.time_zone,
        tier=one.decision.tier,
        tier_reasons=tuple(translator.say(TIER_REASONS[reason]) for reason in one.decision.reasons),
        told_at=one.told_at,
        waits_for=one.waits_for,
    )
