"""Which language an answer is in: ``?language=``, else Accept-Language, else the workspace's own."""

from typing import Annotated

from fastapi import Depends, Query, Request

from radar_chassis.errors import InvalidRequest
from radar_vocabulary.language.tags import LANGUAGES, Language, accepted, supported


async def requested_language(
    request: Request,
    language: Annotated[
        str | None,
        Query(max_length=40, description="en, ja or zh-Hans; default: Accept-Language, then the workspace's"),
    ] = None,
) -> Language:
    """Return the language asked for; raises InvalidRequest where it is asked for by name and isn't spoken here."""
    if language:
        named = supported(language)
        if named is None:
            raise InvalidRequest(f"`language` must be one of {', '.join(LANGUAGES)}.")
        return named
    own: Language = request.app.state.language
    return accepted(request.headers.get("Accept-Language")) or own


RequestedLanguage = Annotated[Language, Depends(requested_language)]


def language_headers(language: Language) -> dict[str, str]:
    """Return the headers of an answer in ``language``."""
    return {"Content-Language": language, "Vary": "Accept-Language"}
