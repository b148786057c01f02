"""Kinds of values that settings have, and how they are read."""

from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator

from radar_vocabulary.language.tags import Language, supported


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("not a time zone of the IANA database, such as Europe/Berlin") from error
    return name


def _language(tag: object) -> object:
    return (supported(tag) if isinstance(tag, str) else None) or tag


LanguageTag = Annotated[Language, BeforeValidator(_language)]
Zone = Annotated[str, AfterValidator(_zone)]
