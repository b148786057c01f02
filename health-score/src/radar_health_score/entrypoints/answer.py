"""Puts msgspec values on the wire, as fast as they were read."""

from typing import Any, Final

import msgspec
from fastapi import Response

from radar_chassis.http.spoken import told_in
from radar_health_score.service.queries.rewording import in_language
from radar_vocabulary.language.tags import Language

_encoder: Final = msgspec.json.Encoder()


def answer(value: Any, language: Language | None = None) -> Response:
    """Return ``value`` as a JSON answer, worded in ``language``; None: there is nothing to word."""
    if language is None:
        return Response(_encoder.encode(value), media_type="application/json")
    told = in_language(value, language)
    return Response(_encoder.encode(told), media_type="application/json", headers=told_in(language))
