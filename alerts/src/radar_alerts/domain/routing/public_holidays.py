"""Public holidays of a country, or of a part of one."""

from datetime import date
from functools import cache
from typing import Final

import holidays

_PARTS: Final = "-"


def is_known(country: str) -> bool:
    """Return whether there are holidays for ``country``: an ISO 3166 code such as DE, or of a part such as DE-BY."""
    code, _, part = country.partition(_PARTS)
    parts = _countries().get(code)
    return parts is not None and (not part or part in parts)


def is_holiday(day: date, country: str) -> bool:
    """Return whether ``day`` is a public holiday there. Raises NotImplementedError for an unknown country."""
    return day in _of_year(country, day.year)


@cache
def _countries() -> dict[str, list[str]]:
    return holidays.list_supported_countries()


@cache
def _of_year(country: str, year: int) -> frozenset[date]:
    code, _, part = country.partition(_PARTS)
    return frozenset(holidays.country_holidays(code, subdiv=part or None, years=year))
