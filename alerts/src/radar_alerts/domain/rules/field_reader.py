"""Reads the fields of a mapping that a person wrote: notes what is wrong, says what to write instead, and goes on."""

import difflib
from collections.abc import Collection, Mapping
from typing import Any, Literal, overload


class FieldReader:
    """``problems`` has every mistake so far, each beginning with the place of its field."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def wrong(self, place: str, says: str) -> None:
        """Note a mistake."""
        self.problems.append(f"{place} {says}")

    @overload
    def number(self, data: object, place: str, least: float, most: float) -> float: ...
    @overload
    def number(self, data: object, place: str, least: float, most: float, *, whole: Literal[True]) -> int: ...
    def number(
        self, data: object, place: str, least: float, most: float, *, whole: bool = False
    ) -> float | int:
        """Return a number within bounds; infinity and NaN lie within none."""
        kind = "a whole number" if whole else "a number"
        if isinstance(data, bool) or not isinstance(data, int | float) or not least <= data <= most:
            self.wrong(place, f"must be {kind} from {least:.12g} to {most:.12g}")
            return int(least) if whole else least
        if whole and data != int(data):
            self.wrong(place, f"must be {kind} from {least:.12g} to {most:.12g}")
        return int(data) if whole else float(data)

    def text(self, data: object, place: str) -> str:
        """Return a text, stripped."""
        if not isinstance(data, str) or not data.strip():
            self.wrong(place, "must be a text")
            return ""
        return data.strip()

    def flag(self, data: object, place: str) -> bool:
        """Return true or false."""
        if not isinstance(data, bool):
            self.wrong(place, "must be true or false")
        return data is True

    def choice(self, data: object, place: str, known: tuple[Any, ...]) -> Any:
        """Return one of the ``known``."""
        if isinstance(data, str) and data in known:
            return data
        self.wrong(place, f"must be one of {', '.join(known)}{nearest(data, known)}")
        return known[0]

    def choices(self, data: object, place: str, known: tuple[Any, ...]) -> frozenset[Any]:
        """Return several of the ``known``."""
        if not isinstance(data, list):
            self.wrong(place, f"must be a list of {', '.join(known)}")
            return frozenset()
        return frozenset(self.choice(one, f"{place}[{at}]", known) for at, one in enumerate(data, start=1))

    def unknown(self, data: Mapping[Any, Any], known: tuple[str, ...], place: str) -> None:
        """Note each field that is not one of the ``known``."""
        for name in data:
            if name not in known:
                self.wrong(
                    f"{place}{name}",
                    f"is not a field{nearest(name, known)}; the fields are {', '.join(known)}",
                )


def nearest(name: object, known: Collection[str]) -> str:
    """Return a hint at the known name that is most like ``name``; nothing where none is."""
    found = difflib.get_close_matches(str(name), sorted(known), n=1)
    return f" (did you mean {found[0]}?)" if found else ""
