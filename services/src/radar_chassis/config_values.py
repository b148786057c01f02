"""Kinds of values that settings have, and how they are read."""

import json
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_settings import NoDecode

from radar_vocabulary.language.tags import Language, supported


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("not a time zone of the IANA database, such as Europe/Berlin") from error
    return name


def _language(tag: object) -> object:
    return (supported(tag) if isinstance(tag, str) else None) or tag


Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
LanguageTag = Annotated[Language, BeforeValidator(_language)]
PositiveNumber = Annotated[float, Field(gt=0, allow_inf_nan=False)]
Zone = Annotated[str, AfterValidator(_zone)]
T = TypeVar("T")


def _by_product(told: object) -> object:
    """Return what was told of each product; what was told without a product is of any of them."""
    if isinstance(told, str) and told.startswith(("{", "[")):
        told = json.loads(told)
    if told is None:
        return {}
    return told if isinstance(told, dict) else {"default": told}


def _features_by_product(told: object) -> object:
    by_product = _by_product(told)
    if not isinstance(by_product, dict):
        return by_product
    return {product: [names] if isinstance(names, str) else names for product, names in by_product.items()}


FeatureName = Annotated[str, StringConstraints(min_length=1)]
# A word or a number in the environment isn't JSON, so these do their own reading.
ByProduct = Annotated[dict[str, T], NoDecode, BeforeValidator(_by_product)]
NorthStars = Annotated[
    dict[str, Annotated[list[FeatureName], Field(min_length=1)]],
    NoDecode,
    BeforeValidator(_features_by_product),
]
