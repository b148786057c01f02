"""The languages that the product speaks, and which of them somebody means by a tag or an Accept-Language header."""

from functools import lru_cache
from typing import Final, Literal, get_args

Language = Literal["en", "ja", "zh-Hans"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)
NAMES: Final[dict[Language, str]] = {"en": "English", "ja": "日本語", "zh-Hans": "简体中文"}
_TRADITIONAL: Final = frozenset({"hant", "tw", "hk", "mo"})
_SIMPLIFIED: Final = "hans"


@lru_cache(maxsize=512)
def supported(tag: str | None) -> Language | None:
    """Return the language that serves a reader of ``tag`` (BCP 47, in any case, also with _), if there is one.

    Readers of Traditional Chinese are not served by Simplified Chinese.
    """
    primary, *rest = (tag or "").strip().replace("_", "-").casefold().split("-")
    match primary:
        case "en":
            return "en"
        case "ja":
            return "ja"
        case "zh":
            return None if _TRADITIONAL & set(rest) and _SIMPLIFIED not in rest else "zh-Hans"
    return None


@lru_cache(maxsize=512)
def accepted(header: str | None) -> Language | None:
    """Return the first language of an Accept-Language header (RFC 9110) that is spoken here; None: any will do."""
    wanted = sorted((_weighed(part) for part in (header or "").split(",")), key=lambda one: -one[1])
    for tag, weight in wanted:
        language = supported(tag)
        if language is not None and weight > 0:
            return language
    return None


def _weighed(part: str) -> tuple[str, float]:
    tag, _, parameter = part.partition(";")
    name, _, value = parameter.partition("=")
    if name.strip().casefold() != "q":
        return tag, 1.0
    try:
        return tag, float(value)
    except ValueError:
        return tag, 0.0
