"""A page of a list."""

from typing import Generic, TypeVar

from msgspec import Struct

T = TypeVar("T")


class Page(Struct, Generic[T], frozen=True, kw_only=True):
    """A part of a list, and where the next part begins."""

    items: list[T]
    next_cursor: str | None = None
