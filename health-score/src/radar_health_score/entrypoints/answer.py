"""Answers in the reader's language."""

from typing import Any

from fastapi import Response

from radar_chassis.http.answer import json_answer
from radar_chassis.http.request_language import language_headers
from radar_health_score.service.queries.rewording import in_language
from radar_vocabulary.language.tags import Language


def answer(value: Any, language: Language | None = None) -> Response:
    """Return ``value`` as a JSON answer, worded in ``language``; None: there is nothing to word."""
    if language is None:
        return json_answer(value)
    return json_answer(in_language(value, language), language_headers(language))
