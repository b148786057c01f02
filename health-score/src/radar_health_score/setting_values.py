"""Kinds of values that health-score's settings have, and how they are read."""

import json
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_settings import NoDecode

Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
PositiveNumber = Annotated[float, Field(gt=0, allow_inf_nan=False)]
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
